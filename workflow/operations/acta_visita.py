"""What every acta of a visit is asked before it is kept, and how it is kept (CFF 13, 43, 44, 46).

Append-only: an acta is written once, with its document. After the acta final none without a new order (46-IV).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from models.acta import Acta, HechoObservado, TipoActa
from models.acto import Acto
from models.documento import Documento
from models.orden import EstadoOrden, Orden
from models.plazo import Plazo
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import DatoInvalido, NoPermitido
from workflow.operations import fotografia, horario, reserva
from workflow.operations._fechado import inhabiles
from workflow.operations._guardas import g_territorio
from workflow.operations.bitacora import anotar
from workflow.operations.sujeto import de_acto, del_caso
from workflow.rules.calendario import fecha_larga
from workflow.rules.notificacion import dia_de_cita

T = TipoActa
TESTIGOS = 2


@dataclass(frozen=True, slots=True)
class Momento:
    """When an acta began and when it was closed: aware instants in the zone of the unit."""

    inicio: dt.datetime
    fin: dt.datetime

    @property
    def dia(self) -> dt.date:
        """Its legal day: the one on which it was closed."""
        return self.fin.date()


def abrir(ctx: Ctx, call: Call) -> tuple[Acto, Orden]:
    """The act of the case and its signed order, for a visitador who may act where she is, with texts that do
    not tell who denounced.

    Raises NoPermitido for whoever the order does not name (CFF 43-II) or is of another territory, DatoInvalido
    without a signed order or once the acta final was drawn.
    """
    acto = del_caso(ctx, call, Acto)
    orden = orden_de(ctx, acto)
    g_territorio(ctx, acto.subdelegacion_id)
    if ctx.actor.usuario_id not in visitadores_de(acto, orden):
        raise NoPermitido(
            "La orden no te nombra: sólo actúan los visitadores que nombra (artículo 43, fracción II, del CFF)."
        )
    sin_acta_final(acto)
    cuidar(ctx, acto, call.form)
    return acto, orden


def visitadores_de(acto: Acto, orden: Orden) -> list[int]:
    """Who may visit now: those of the order, or whoever took their place by oficio (CFF 43-II)."""
    return [int(quien) for quien in acto.auditores or orden.visitadores]


def sin_acta_final(acto: Acto) -> None:
    """After the acta final nothing more is recorded without a new order (CFF 46-IV)."""
    if acto.acta_final is not None:
        raise DatoInvalido(
            f"El acta final se levantó el {fecha_larga(acto.acta_final)}: después no hay más actas ni "
            "requerimientos sin una nueva orden (artículo 46, fracción IV, del CFF)."
        )


def orden_de(ctx: Ctx, acto: Acto) -> Orden:
    """The signed order in force, its last version. Raises DatoInvalido where there is none."""
    fila = ctx.session.scalars(
        select(Orden)
        .where(Orden.acto_id == acto.id, Orden.estado == EstadoOrden.FIRMADA)
        .order_by(Orden.version.desc())
        .limit(1)
    ).first()
    if fila is None:
        raise DatoInvalido("Este acto no tiene una orden firmada: sin ella no empieza la visita.")
    return fila


def cuidar(ctx: Ctx, acto: Acto, form: Mapping[str, Any]) -> None:
    """Refuse prose that lets others know who denounced (LSS 22). The avisos of a correction are of any worker."""
    textos = {campo: _texto(dato) for campo, dato in form.items() if campo != "avisos"}
    reserva.cuidar_expediente(ctx, acto.expediente_id, textos)


def _texto(dato: Any) -> str:
    if isinstance(dato, Mapping):
        return " ".join(_texto(dentro) for dentro in dato.values())
    if isinstance(dato, list):
        return " ".join(_texto(dentro) for dentro in dato)
    return dato if isinstance(dato, str) else ""


def momento(ctx: Ctx, acto: Acto, form: Mapping[str, Any], campo: str = "fecha_hora") -> Momento:
    """Beginning and end of the acta of a form: hábil or with its habilitación (CFF 13), past, in order.

    Raises DatoInvalido by field; also for an acta before the order was signed or before the visit began.
    """
    unidad = acto.subdelegacion_id
    inicio = horario.exigir(ctx, unidad, str(form[campo]), form.get("habilitacion"), campo=campo)
    horario.ya_ocurrido(ctx, inicio, campo=campo)
    fin = horario.momento(ctx, unidad, str(form["hora_fin"]))
    if fin < inicio:
        raise DatoInvalido(
            "El acta no puede cerrarse antes de empezar.",
            {"hora_fin": "Escribe una hora de cierre posterior a la de inicio."},
        )
    horario.ya_ocurrido(ctx, fin, campo="hora_fin")
    return Momento(inicio, fin)


def tras_la_orden(ctx: Ctx, acto: Acto, orden: Orden, cuando: dt.datetime, campo: str) -> None:
    """Nothing is done in the field before the order was signed."""
    if orden.firmada_en is not None and cuando < orden.firmada_en:
        firmada = horario.local(ctx, acto.subdelegacion_id, orden.firmada_en)
        raise DatoInvalido(
            "No se actúa antes de que se firme la orden.",
            {campo: f"La orden se firmó el {fecha_larga(firmada.date())} a las {firmada:%H:%M}."},
        )


def tras_el_inicio(ctx: Ctx, acto: Acto, cuando: dt.datetime, campo: str = "fecha_hora") -> None:
    """No acta before the one that notified the order (CFF 44, 46)."""
    inicio = ultima(ctx, acto, T.INICIO)
    if inicio is None or cuando < inicio.fecha_hora:
        raise DatoInvalido(
            "No se levanta un acta antes de que se notifique la orden con el acta de inicio.",
            {campo: "Escribe una fecha y hora posteriores al acta de inicio."},
        )


def tras_todas(ctx: Ctx, acto: Acto, cuando: dt.datetime) -> None:
    """The last acta parcial and the acta final come after every other."""
    anterior = max((acta.fecha_hora for acta in actas_de(ctx, acto)), default=None)
    if anterior is not None and cuando < anterior:
        local = horario.local(ctx, acto.subdelegacion_id, anterior)
        raise DatoInvalido(
            "Esta acta va después de las demás.",
            {"fecha_hora": f"Hay un acta del {fecha_larga(local.date())} a las {local:%H:%M}."},
        )


def dos_testigos(form: Mapping[str, Any], visitadores: Iterable[str]) -> list[Mapping[str, Any]]:
    """The witnesses of an acta: two different people, not who is visited nor who visits (CFF 44-III)."""
    filas = list(form.get("testigos") or [])
    nombres = [_plano(fila["nombre"]) for fila in filas]
    if len(set(nombres)) < TESTIGOS:
        raise DatoInvalido(
            "El acta lleva dos testigos (artículo 44, fracción III, del CFF).",
            {"testigos": "Anota a dos personas distintas."},
        )
    ajenos = {_plano(form.get("persona") or ""), *(_plano(quien) for quien in visitadores)}
    for lugar, nombre in enumerate(nombres):
        if nombre in ajenos:
            raise DatoInvalido(
                "Quien visita o atiende la visita no es testigo.",
                {f"testigos.{lugar}.nombre": "Designa a otra persona."},
            )
    return filas


def _plano(nombre: str) -> str:
    return " ".join(nombre.split()).casefold()


def nombrados(acto: Acto, orden: Orden, ids: Iterable[int], campo: str) -> list[int]:
    """People that the order names as visitadores, without repeats. Raises DatoInvalido on the row of `campo`."""
    permitidos, elegidos = visitadores_de(acto, orden), list(map(int, ids))
    for lugar, quien in enumerate(elegidos):
        if quien not in permitidos:
            raise DatoInvalido(
                "La orden no nombra a esa persona (artículo 43, fracción II, del CFF).",
                {campo.format(lugar): "Elige a una persona que la orden nombre."},
            )
        if quien in elegidos[:lugar]:
            raise DatoInvalido(
                "Una persona está dos veces.", {campo.format(lugar): "Quita a la persona repetida."}
            )
    return elegidos


def cita(ctx: Ctx, acto: Acto, dejado: dt.datetime, escrita: str, campo: str) -> dt.datetime:
    """The fixed hour of a citatorio of the visit: of the next day, hábil (CFF 44-II, 46-VI, 13)."""
    cuando = horario.exigir(ctx, acto.subdelegacion_id, escrita, campo=campo, habilitable=False)
    toca = dia_de_cita(
        horario.local(ctx, acto.subdelegacion_id, dejado).date(), inhabiles(ctx, acto.subdelegacion_id)
    )
    if cuando.date() != toca:
        raise DatoInvalido(
            f"La cita es para el día siguiente hábil: {fecha_larga(toca)} (artículos 44, fracción II, y 13 del "
            "CFF).",
            {campo: f"Escribe una hora del {fecha_larga(toca)}."},
        )
    return cuando


def actas_de(ctx: Ctx, acto: Acto) -> list[Acta]:
    """All of the act, in the order in which they were written."""
    return list(ctx.session.scalars(select(Acta).where(Acta.acto_id == acto.id).order_by(Acta.numero)))


def ultima(ctx: Ctx, acto: Acto, *tipos: TipoActa) -> Acta | None:
    """The last acta of one of those kinds."""
    return next((acta for acta in reversed(actas_de(ctx, acto)) if acta.tipo in tipos), None)


def siguiente(ctx: Ctx, acto: Acto) -> int:
    """The number of the next acta; the row of the act is kept until the end."""
    ctx.session.scalars(select(Acto.id).where(Acto.id == acto.id).with_for_update()).one()
    return len(actas_de(ctx, acto)) + 1


def ultimo_plazo(ctx: Ctx, acto: Acto, clave: str) -> Plazo | None:
    """The last term of that key that the act had, open or closed."""
    consulta = select(Plazo).where(
        Plazo.sujeto_tipo == "acto", Plazo.sujeto_id == acto.id, Plazo.clave == clave
    )
    return ctx.session.scalars(consulta.order_by(Plazo.id.desc()).limit(1)).first()


def hechos_de(ctx: Ctx, acto: Acto) -> list[HechoObservado]:
    """The facts made known, by number."""
    consulta = select(HechoObservado).where(HechoObservado.acto_id == acto.id)
    return list(ctx.session.scalars(consulta.order_by(HechoObservado.numero)))


def asentar(
    ctx: Ctx,
    acto: Acto,
    tipo: TipoActa,
    numero: int,
    cuando: Momento,
    documento: Documento,
    *,
    lugar: str,
    hechos: str,
    datos: Mapping[str, Any],
) -> Acta:
    """Write the acta. `datos`: what else the form said; photographs go by their digest."""
    fila = Acta(
        acto_id=acto.id,
        numero=numero,
        tipo=tipo,
        fecha_hora=cuando.inicio,
        lugar=lugar[:300],
        hechos=hechos,
        datos={
            "cierre": cuando.fin.isoformat(),
            **{c: v for c, v in datos.items() if v not in (None, [], "")},
        },
        auditor_id=ctx.actor.usuario_id,
        documento_id=documento.id,
        registrada_en=ctx.now,
    )
    ctx.session.add(fila)
    ctx.session.flush()
    anotar(ctx, f"acta_{tipo.value}", de_acto(acto), acta_id=fila.id, documento_id=documento.id)
    return fila


# What a form says and its row does not hold in columns of its own.
NO_SON_DATOS = frozenset({"fecha_hora", "fecha", "hora", "hora_fin", "lugar", "hechos", "resumen", "foto"})


def datos_de(ctx: Ctx, acto: Acto, form: Mapping[str, Any]) -> dict[str, Any]:
    """The rest of a form as the row keeps it: witnesses, signatures, credentials, photographs and annexes."""
    datos = {campo: dato for campo, dato in form.items() if campo not in NO_SON_DATOS}
    datos["fotos"] = fotografia.revisar(ctx, acto.expediente_id, form.get("foto"))
    datos["anexos"] = anexos(ctx, acto, form.get("anexos"))
    return datos


def anexos(ctx: Ctx, acto: Acto, ids: Iterable[int] | None) -> list[dict[str, Any]]:
    """`{documento_id, sha256}` of each annex. Raises DatoInvalido for one of another file."""
    hallados = []
    for documento_id in ids or ():
        fila = ctx.session.get(Documento, int(documento_id))
        if fila is None or fila.expediente_id != acto.expediente_id:
            raise DatoInvalido(
                "Un anexo no es de este expediente.", {"anexos": "Adjunta de nuevo los anexos."}
            )
        hallados.append({"documento_id": fila.id, "sha256": fila.sha256})
    return hallados
