"""What the ficha of a proposal says: numbers and reasons, never a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from models.proceso import EstadoTarea, Tarea
from models.propuesta import Propuesta, TipoActo
from workflow import documents, formularios
from workflow.context import Ctx
from workflow.operations import presuntivo
from workflow.operations.firma import CUENTA, firma
from workflow.operations.papel_denuncia import patron_de, periodo, unidad_de
from workflow.operations.propuesta import contar_denuncias
from workflow.rules import riesgo

# Where a proposal is withdrawn: the task that says why, and how the step is called.
_ETAPAS = {
    "ficha": ("completar_ficha", "elaboración de la ficha"),
    "validacion": ("validar_propuesta", "validación"),
}


def constancia_retiro(ctx: Ctx, propuesta: Propuesta, etapa: str) -> documents.ConstanciaRetiro:
    """Who withdrew it, when, and why: the reason is the one that she wrote in the task of that step."""
    nodo, nombre = _ETAPAS[etapa]
    respuesta = ctx.session.scalar(
        select(Tarea.respuesta)
        .where(
            Tarea.sujeto_tipo == "propuesta",
            Tarea.sujeto_id == propuesta.id,
            Tarea.nodo == nodo,
            Tarea.estado == EstadoTarea.HECHA,
        )
        .order_by(Tarea.hecha_en.desc(), Tarea.id.desc())
        .limit(1)
    )
    return documents.ConstanciaRetiro(
        propuesta=propuesta.folio,
        unidad=unidad_de(propuesta.subdelegacion),
        patron=propuesta.patron.nombre,
        acto=(propuesta.acto.etiqueta if propuesta.acto else "acto por definir").lower(),
        etapa=nombre,
        motivo=str((respuesta or {}).get("motivo") or "Sin motivo escrito."),
        denuncias=contar_denuncias(ctx, propuesta.id),
        integrada_en=propuesta.integrada_en,
        retirada_en=ctx.now,
        firmas=(firma(ctx, CUENTA),),
    )


def ficha(ctx: Ctx, propuesta: Propuesta, numero: int, datos: Mapping[str, Any]) -> documents.FichaPropuesta:
    """Version `numero` of the ficha, from the cleaned form `datos`."""
    etiquetas = formularios.cargar("programacion", "completar_ficha").etiquetas()
    puntaje = riesgo.calcular({str(r["factor"]): int(r["cuenta"]) for r in propuesta.razones or []})
    patron = patron_de(propuesta.patron)
    return documents.FichaPropuesta(
        propuesta=propuesta.folio,
        version=numero,
        unidad=unidad_de(propuesta.subdelegacion),
        lugar=propuesta.subdelegacion.nombre,
        origen=propuesta.origen.etiqueta,
        denuncias=contar_denuncias(ctx, propuesta.id),
        urgente=propuesta.urgente,
        patron=patron,
        acto=(propuesta.acto or TipoActo.VISITA).etiqueta,
        contribuciones=", ".join(
            etiquetas.get("contribuciones", {}).get(str(c), str(c)) for c in datos.get("contribuciones") or []
        ),
        periodos=tuple(periodo(fila["periodo"]) for fila in datos.get("ejercicios") or []),
        universo=etiquetas.get("universo", {}).get(str(datos.get("universo")), ""),
        puntaje=puntaje.puntos,
        version_modelo=puntaje.version,
        razones_puntaje=tuple(
            documents.Razon(texto=f"{aporte.texto}: {aporte.cuenta}", puntos=aporte.puntos)
            for aporte in puntaje.aportes
        ),
        contrafactual=puntaje.contrafactual,
        monto_presuntivo=propuesta.monto_presuntivo,
        base_monto=presuntivo.de_propuesta(ctx, propuesta).explicacion,
        trabajadores=propuesta.trabajadores or 0,
        capacidad="",
        razones=" ".join(str(datos[clave]) for clave in ("razones", "informacion") if datos.get(clave)),
        firmas=(firma(ctx, CUENTA),),
    )
