"""What the documents of an act say, built from its rows (CFF 38, 42, 43, 46-A, 48-V, 50; LFDC 13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from models.acto import Acto, EstadoActo
from models.expediente import Expediente
from models.orden import Orden
from models.organizacion import Rol, Subdelegacion, Usuario, UsuarioRol
from workflow import documents
from workflow.context import Ctx
from workflow.operations.firma import firma
from workflow.operations.papel_denuncia import patron_de, periodo, unidad_de
from workflow.params.fundamentos import fundamento

CONTRIBUCIONES = {
    "cop": "Cuotas obrero patronales (COP)",
    "rcv": "Retiro, cesantía en edad avanzada y vejez (RCV)",
    "ambas": "Cuotas obrero patronales (COP) y retiro, cesantía en edad avanzada y vejez (RCV)",
}
MEDIOS = {"fotografia": "fotografía", "audio": "audio", "video": "video"}
# Why an act falls, in the words of its resolution. None says how it began.
SIN_ACTA_FINAL = (
    "Venció el plazo para concluir la visita o la revisión sin que se levantara el acta final.",
    "sin_efectos_visita",
)
CAUSAS = {
    "doce_meses": SIN_ACTA_FINAL,
    "dieciocho_meses": SIN_ACTA_FINAL,
    "seis_meses": ("Venció el plazo para notificar la resolución que determina.", "sin_efectos_resolucion"),
    "no_localizado": (
        "No fue posible localizar a la persona a quien se dirigió la orden.",
        "sin_efectos_visita",
    ),
    "sin_efectos": ("El procedimiento no puede continuar.", "sin_efectos_visita"),
    "orden_no_procede": ("La orden no procede.", "sin_efectos_visita"),
}


def _oficio(
    ctx: Ctx, acto: Acto, clave: str, motivo: str, objeto: str, rubrica: documents.Firma
) -> dict[str, Any]:
    """The block of CFF 38 that every document of the act shares."""
    unidad = ctx.session.get_one(Subdelegacion, acto.subdelegacion_id)
    citas = tuple(fundamento(una).texto for una in clave.split())
    return {
        "expediente": ctx.session.get_one(Expediente, acto.expediente_id).folio,
        "autoridad": documents.Autoridad(
            dependencia=unidad_de(unidad),
            nombre=rubrica.nombre,
            cargo=rubrica.cargo,
            competencia=fundamento("competencia_subdelegacion").texto,
            lugar=unidad.nombre,
        ),
        "destinatario": documents.Destinatario(nombre=acto.patron.nombre, domicilio=acto.patron.domicilio),
        "fundamento": citas,
        "motivo": motivo,
        "objeto": objeto,
        "firma": rubrica,
        "acto": acto.folio,
        "patron": patron_de(acto.patron),
        "periodos": tuple(periodo(tramo) for tramo in acto.periodos),
    }


def _titular(ctx: Ctx, acto: Acto) -> documents.Firma:
    """The signature that is still missing: that of the head of the unit (CFF 38-V; RIIMSS 150)."""
    persona = ctx.session.scalars(
        select(Usuario)
        .join(UsuarioRol, UsuarioRol.usuario_id == Usuario.id)
        .where(
            UsuarioRol.rol == Rol.SUBDELEGADO,
            Usuario.activo,
            Usuario.subdelegacion_id == acto.subdelegacion_id,
        )
        .order_by(Usuario.id)
        .limit(1)
    ).first()
    return documents.Firma(
        nombre=persona.nombre if persona else "Titular de la Subdelegación",
        cargo=persona.cargo if persona and persona.cargo else Rol.SUBDELEGADO.etiqueta,
    )


def orden(ctx: Ctx, acto: Acto, fila: Orden, dada: Mapping[str, Any] | None) -> documents.OrdenVisita:
    """The order: what, whom, where, who visits and since when; `dada`: the signature, none in a project."""
    tipo = documents.OrdenVisita if fila_es_visita(acto) else documents.SolicitudGabinete
    nombres = [ctx.session.get_one(Usuario, uno) for uno in fila.visitadores]
    objeto = fila.objeto
    return tipo(
        **{
            **_oficio(
                ctx,
                acto,
                "orden_visita" if fila_es_visita(acto) else "solicitud_gabinete",
                "Comprobar que se cumplan las obligaciones de la Ley del Seguro Social en los meses que se indican.",
                objeto,
                firma(ctx, dada) if dada else _titular(ctx, acto),
            ),
            "destinatario": documents.Destinatario(
                nombre=fila.nombre_visitado, domicilio="; ".join(direccion(d) for d in fila.domicilios)
            ),
            "periodos": tuple(periodo(tramo) for tramo in fila.periodos),
        },
        nombre_visitado=fila.nombre_visitado,
        lugares=tuple(direccion(d) for d in fila.domicilios),
        visitadores=tuple(documents.Nombrado(nombre=p.nombre, cargo=p.cargo) for p in nombres),
        contribuciones=tuple(CONTRIBUCIONES[str(c)] for c in fila.contribuciones),
        medios=tuple(MEDIOS[str(m)] for m in acto.alcance.get("medios") or []),
        persona_moral=len(acto.patron.rfc or "") == RFC_MORAL,
        derecho_a_corregir=fundamento("derecho_a_corregir").texto,
    )


# An RFC of a company has twelve characters, that of a person thirteen.
RFC_MORAL = 12


def fila_es_visita(acto: Acto) -> bool:
    """Whether the act is carried out at the employer's domicile."""
    return acto.tipo.value == "visita"


def direccion(domicilio: Mapping[str, Any]) -> str:
    """A domicile of a form in one line."""
    calle = " ".join(str(domicilio[p]) for p in ("calle", "numero") if domicilio.get(p))
    resto = [
        str(domicilio[p]) for p in ("colonia", "cp", "municipio", "estado", "referencias") if domicilio.get(p)
    ]
    return ", ".join([calle, *resto]) if calle else ", ".join(resto)


def conclusion(ctx: Ctx, acto: Acto, form: Mapping[str, Any]) -> documents.OficioConclusion:
    """The oficio that ends the act: no observations, or corrected (CFF 48-V; LFDC 16)."""
    corregido = acto.estado is EstadoActo.CORREGIDO
    motivo = (
        "El patrón corrigió su situación durante el procedimiento."
        if corregido
        else "De la revisión no se conocieron hechos u omisiones en los meses revisados."
    )
    return documents.OficioConclusion(
        **_oficio(
            ctx,
            acto,
            "conclusion_por_correccion" if corregido else "oficio_conclusion",
            motivo,
            f"Comunicar que concluye el acto de fiscalización {acto.folio}.",
            firma(ctx, form["firma"]),
        ),
        corregido=corregido,
        texto=str(form.get("texto") or ""),
    )


def sin_efectos(ctx: Ctx, acto: Acto, causa: str, con_excepcion: bool) -> documents.ResolucionSinEfectos:
    """The resolution by which the order and everything done fall; its signature is still to come."""
    motivo, base = CAUSAS[causa]
    return documents.ResolucionSinEfectos(
        **_oficio(
            ctx,
            acto,
            base,
            motivo,
            f"Dejar sin efectos la orden y lo actuado en el acto de fiscalización {acto.folio}.",
            _titular(ctx, acto),
        ),
        con_excepcion=con_excepcion,
    )


def sustitucion(
    ctx: Ctx, acto: Acto, unidad: Subdelegacion | None, visitadores: Sequence[int], form: Mapping[str, Any]
) -> documents.OficioSustitucion:
    """Who goes on with the act from now on; its terms do not change (CFF 43-II)."""
    personas = [ctx.session.get_one(Usuario, uno) for uno in visitadores]
    return documents.OficioSustitucion(
        **_oficio(
            ctx,
            acto,
            "oficio_sustitucion",
            str(form["motivo"]),
            f"Comunicar quién continúa el acto de fiscalización {acto.folio}.",
            firma(ctx, form["oficio"]),
        ),
        autoridad_nueva=unidad_de(unidad) if unidad is not None else "",
        visitadores=tuple(documents.Nombrado(nombre=p.nombre, cargo=p.cargo) for p in personas),
    )
