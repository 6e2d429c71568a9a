"""The rights of every worker that an act determined, who denounced and who did not (procesos §2.3; LSS 18, 251-X).

Only what was determined and recognised is said of a worker here: what was asked would tell who denounced (LSS 22).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from models.acto import Acto, EstadoActo
from models.credito import TrabajadorDeterminado
from models.denuncia import Denuncia, EstadoDenuncia
from models.documento import Documento
from models.identidad import Identidad
from models.organizacion import Rol, Usuario
from models.restitucion import EtapaRestitucion, Restitucion
from workflow import formularios
from workflow.context import Ctx
from workflow.errors import DatoInvalido, NoEncontrado
from workflow.operations import buzon, mensaje, papel_restitucion, restitucion
from workflow.operations._guardas import en_territorio
from workflow.operations.bitacora import anotar
from workflow.operations.documento import emitir
from workflow.operations.restitucion import Libro, Partida
from workflow.operations.sujeto import de_acto, de_denuncia
from workflow.rules.restitucion import contar

AVANCE = "Registramos datos tuyos en el Seguro Social. Descarga tu constancia y revísalos."
RESOLUCION = "resolucion"
FORMULARIO = ("denuncia", "restituir_derechos")
# Kind of the papers that show a movement outside of a task.
EVIDENCIA = "evidencia_restitucion"
SIN_PAPEL = "Adjunta al menos un archivo de evidencia."
NO_FIRME = "Todavía se puede combatir lo que se determinó: elige el aviso del patrón o el registro de oficio."
Filas = Mapping[str, Sequence[TrabajadorDeterminado]]


def para_restituir(ctx: Ctx, acto_id: int) -> Acto:
    """An act determined, for who restores rights in its unit. Raises NoEncontrado."""
    acto = ctx.session.get(Acto, acto_id)
    if acto is None or acto.estado is not EstadoActo.DETERMINADO or not ctx.actor.es(Rol.VIGENCIA_DERECHOS):
        raise NoEncontrado()
    persona = ctx.session.get(Usuario, ctx.actor.usuario_id) if ctx.actor.usuario_id else None
    if persona is None or not en_territorio(ctx, persona, acto.subdelegacion_id):
        raise NoEncontrado()
    return acto


def filas_de(ctx: Ctx, acto_id: int, nss: Sequence[str]) -> Filas:
    """What the act proved of those workers, by NSS."""
    consulta = select(TrabajadorDeterminado).where(
        TrabajadorDeterminado.acto_id == acto_id, TrabajadorDeterminado.nss.in_(nss)
    )
    filas: dict[str, list[TrabajadorDeterminado]] = {uno: [] for uno in nss}
    for fila in ctx.session.scalars(consulta.order_by(TrabajadorDeterminado.desde)):
        filas[fila.nss].append(fila)
    return filas


def libros(ctx: Ctx, acto_id: int, filas: Filas) -> dict[str, Libro]:
    """The ledger of each worker of `filas`, with what her own denuncia recognised."""
    quien = {
        denuncia_id: nss for nss, ids in denuncias(ctx, acto_id, list(filas)).items() for denuncia_id in ids
    }
    reconocidas: dict[str, list[Restitucion]] = {nss: [] for nss in filas}
    consulta = select(Restitucion).where(
        Restitucion.acto_id == acto_id, Restitucion.etapa == EtapaRestitucion.RECONOCIDA
    )
    for fila in ctx.session.scalars(consulta.order_by(Restitucion.id)):
        nss = fila.nss or quien.get(fila.denuncia_id or 0)
        if nss in reconocidas:
            reconocidas[nss].append(fila)
    hechos = {}
    for nss, suyas in filas.items():
        tramos = restitucion.de_filas(suyas)
        probado = Partida(tramos, contar(tramos, ctx.hoy).semanas)
        hechos[nss] = restitucion.cuadrar(ctx, None, probado, reconocidas[nss])
    return hechos


def denuncias(ctx: Ctx, acto_id: int, nss: Sequence[str]) -> dict[str, list[int]]:
    """Denuncias of the act by the NSS of who filed them, for the NSS asked: by their blind index, never kept."""
    consulta = (
        select(Identidad.indice_nss, Denuncia.id)
        .join(Denuncia, Denuncia.id == Identidad.denuncia_id)
        .where(Denuncia.acto_id == acto_id, Identidad.indice_nss.is_not(None))
        .order_by(Denuncia.id)
    )
    suyas: dict[str, list[int]] = {}
    for indice, denuncia_id in ctx.session.execute(consulta):
        suyas.setdefault(str(indice), []).append(denuncia_id)
    if not suyas:
        return {}
    ciego = ctx.servicios.boveda.indice_ciego
    return {uno: suyas[indice] for uno in nss if (indice := ciego("nss", uno)) in suyas}


def acreditar(ctx: Ctx, acto: Acto, nss: str, datos: Mapping[str, Any]) -> None:
    """Register movements of a worker of the act: an aviso of the employer, or by Afiliación.

    `datos`: as the form sends them. Who denounced gets it in her own ledger, with its paper and a plain notice,
    and her case hears it. Raises DatoInvalido by field.
    """
    # Two people on the same record would count its weeks twice.
    ctx.session.execute(select(Acto.id).where(Acto.id == acto.id).with_for_update())
    form = formularios.cargar(*FORMULARIO).exigir(datos, {})
    evidencia = _evidencia(ctx, acto, form)
    firme = restitucion.situacion(ctx, acto.id) == "procede"
    for n, movimiento in enumerate(form["movimientos"]):
        if not firme and movimiento["fundamento"] == RESOLUCION:
            raise DatoInvalido(NO_FIRME, {f"movimientos.{n}.fundamento": NO_FIRME})
    restitucion.revisar(ctx, libros(ctx, acto.id, filas_de(ctx, acto.id, [nss]))[nss], form)
    suyas = denuncias(ctx, acto.id, [nss]).get(nss, [])
    for denuncia_id in suyas:
        _a_su_denuncia(ctx, ctx.session.get_one(Denuncia, denuncia_id), form)
    if not suyas:
        restitucion.reconocer(ctx, form, evidencia, acto_id=acto.id, nss=nss)
    anotar(ctx, "acreditar_restitucion", de_acto(acto), documento_id=evidencia)


def _evidencia(ctx: Ctx, acto: Acto, form: Mapping[str, Any]) -> int:
    """The paper that shows the movements: one that was kept in this act. Raises DatoInvalido."""
    suyos = ctx.session.scalars(
        select(Documento.id).where(
            Documento.tipo == EVIDENCIA, Documento.sujeto_tipo == "acto", Documento.sujeto_id == acto.id
        )
    )
    dados: set[int] = set(form["evidencia"]).intersection(suyos)
    if not dados:
        raise DatoInvalido(SIN_PAPEL, {"evidencia": SIN_PAPEL})
    return min(dados)


def _a_su_denuncia(ctx: Ctx, denuncia: Denuncia, form: Mapping[str, Any]) -> None:
    sujeto = de_denuncia(denuncia)
    queda = restitucion.agregar(ctx, restitucion.libro(ctx, denuncia), form)
    papel = emitir(
        ctx, sujeto, papel_restitucion.constancia(ctx, denuncia, form, queda), para_denunciante=True
    )
    fila = restitucion.reconocer(ctx, form, papel.id, denuncia_id=denuncia.id, acto_id=denuncia.acto_id)
    buzon.escribir(ctx, denuncia, "estatus", AVANCE)
    if denuncia.estado is EstadoDenuncia.POR_RESTITUIR:
        mensaje.enviar(ctx, "derecho_restituido", denuncia.id, {"restitucion_id": fila.id})
    anotar(ctx, "acreditar_restitucion", sujeto, completa=bool(form["completa"]))
