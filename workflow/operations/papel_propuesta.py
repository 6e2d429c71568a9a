"""What the ficha of a proposal says: numbers and reasons, never a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.propuesta import Propuesta, TipoActo
from workflow import documents, formularios
from workflow.context import Ctx
from workflow.operations.papel_denuncia import firma, patron_de, periodo, unidad_de
from workflow.operations.propuesta import contar_denuncias
from workflow.rules import riesgo


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
        base_monto="",
        trabajadores=propuesta.trabajadores or 0,
        capacidad="",
        razones=" ".join(str(datos[clave]) for clave in ("razones", "informacion") if datos.get(clave)),
        firmas=(firma(ctx, {"medio": "efirma"}),),
    )
