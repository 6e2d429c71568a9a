"""The order to collect: does it proceed, who executes it, who signs it (CFF 145, 151, 152; procesos §14.2)."""

from __future__ import annotations

from collections.abc import Mapping

from models.bien import EstadoBien
from models.credito import Credito
from models.organizacion import Rol, Usuario
from models.pae import EstadoPae, Pae
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import DatoInvalido, NoPermitido
from workflow.operations import papel_pae, plazo, reserva
from workflow.operations._guardas import g_territorio
from workflow.operations._guardas_cobro import prescrito
from workflow.operations._registry import Decision, operation
from workflow.operations.bitacora import anotar
from workflow.operations.documento import emitir
from workflow.operations.espera_pae import saldar
from workflow.operations.oidos_pae import EN_DEPOSITO, EN_VENTA, bienes
from workflow.operations.pae import exigir_cobro, mover, pae_de, sumar
from workflow.operations.sujeto import de_pae

P = EstadoPae


@operation("comprobar_procedencia")
def comprobar_procedencia(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Is there anything to collect? A credit that is only suspended counts: its tasks wait (rule 7)."""
    pae = pae_de(ctx, call)
    credito = ctx.session.get(Credito, call.data["credito_id"]) if call.data.get("credito_id") else None
    if credito is not None:
        sumar(ctx, pae, credito)
    quedan = [uno for uno in saldar(ctx, pae) if prescrito(ctx, uno) is None]
    decision: dict[str, Decision] = {"credito_id": credito.id} if credito is not None else {}
    if not quedan:
        return {**decision, "procede": "ninguno", "desenlace": "cancelado"}
    if bienes(ctx, pae, EN_DEPOSITO | EN_VENTA | {EstadoBien.FINCADO}):
        return {**decision, "procede": "ya_embargado"}
    plazo.abrir(ctx, de_pae(pae), "mandamiento")
    anotar(ctx, "comprobar_procedencia", de_pae(pae), creditos=len(quedan))
    return {**decision, "procede": "si"}


@operation("elaborar_mandamiento")
def elaborar_mandamiento(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Name who executes it: any of them may act, alone or together. Raises DatoInvalido for who is no ejecutor."""
    pae, form = pae_de(ctx, call), call.form
    reserva.cuidar_expediente(ctx, pae.expediente_id, {"texto": form.get("texto")})
    nombrados = list(dict.fromkeys(int(fila["usuario"]) for fila in form["ejecutores"]))
    for lugar, usuario_id in enumerate(nombrados):
        _es_ejecutor(ctx, pae, usuario_id, lugar)
    exigir_cobro(ctx, pae)
    pae.ejecutores = nombrados
    anotar(ctx, "elaborar_mandamiento", de_pae(pae), ejecutores=len(nombrados))
    return {}


def _es_ejecutor(ctx: Ctx, pae: Pae, usuario_id: int, lugar: int) -> None:
    persona = ctx.session.get(Usuario, usuario_id)
    roles = {fila.rol for fila in persona.roles} if persona is not None else set()
    if (
        persona is None
        or not persona.activo
        or persona.subdelegacion_id != pae.subdelegacion_id
        or Rol.EJECUTOR not in roles
    ):
        raise DatoInvalido(
            "Una de las personas no es ejecutora de esta subdelegación.",
            {f"ejecutores.{lugar}.usuario": "Elige a un ejecutor de tu oficina."},
        )


@operation("firmar_mandamiento")
def firmar_mandamiento(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The head of the unit orders to require and attach, inside her territory (CFF 38, 151, 152)."""
    pae, form, firma = pae_de(ctx, call), call.form, str(call.form["firma"])
    g_territorio(ctx, pae.subdelegacion_id)
    reserva.cuidar_expediente(ctx, pae.expediente_id, {"motivo": form.get("motivo")})
    if firma == "firmada":
        papel = papel_pae.mandamiento(ctx, pae, exigir_cobro(ctx, pae), form["rubrica"])
        emitir(ctx, de_pae(pae), papel, firmas=[form["rubrica"]])
        mover(pae, P.CON_MANDAMIENTO)
        plazo.cerrar(ctx, de_pae(pae), "mandamiento")
    anotar(ctx, "firmar_mandamiento", de_pae(pae), firma=firma)
    return {"firma": firma}


def es_del_mandamiento(ctx: Ctx, pae: Pae) -> None:
    """Only whom the written order names may require or attach (CFF 152; LSS 315). Raises NoPermitido."""
    g_territorio(ctx, pae.subdelegacion_id)
    if ctx.actor.usuario_id not in pae.ejecutores:
        raise NoPermitido(
            "El mandamiento no te nombra: sin orden escrita no puedes requerir ni embargar (LSS 315)."
        )
