"""An answer as people read it: one line per field, with the words of the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from web.filters import fecha as en_fecha
from web.forms.vista import Opciones
from workflow.formularios import Campo, Formulario
from workflow.formularios.compuestos import ETIQUETAS_DOMICILIO, MEDIOS_FIRMA
from workflow.formularios.validacion import vacio
from workflow.rules.fecha import leer as leer_fecha


def renglones(
    formulario: Formulario, datos: Mapping[str, Any], opciones: Opciones
) -> list[tuple[str, list[str]]]:
    """(label, lines) of every field that was answered, in the order of the sections."""
    orden = [formulario.campo(n) for seccion in formulario.secciones for n in seccion.campos]
    return [
        (campo.titulo, valor(campo, datos[campo.nombre], opciones))
        for campo in orden
        if not campo.lectura and not vacio(datos.get(campo.nombre))
    ]


def valor(campo: Campo, dato: Any, opciones: Opciones, dentro: str = "") -> list[str]:
    """Lines of one field."""
    if campo.tipo == "lista" and isinstance(dato, Sequence) and not isinstance(dato, str):
        return [_renglon(campo, fila, opciones) for fila in dato if isinstance(fila, Mapping)]
    if isinstance(dato, Sequence) and not isinstance(dato, str):
        return [_uno(campo, d, opciones, dentro) for d in dato]
    if isinstance(dato, Mapping):
        return [_compuesto(campo, dato)]
    if campo.tipo == "parrafo":
        return str(dato).splitlines()
    return [_uno(campo, dato, opciones, dentro)]


def _renglon(campo: Campo, fila: Mapping[str, Any], opciones: Opciones) -> str:
    partes = [
        f"{columna.titulo}: {', '.join(valor(columna, fila[columna.nombre], opciones, campo.nombre))}"
        for columna in campo.columnas
        if not vacio(fila.get(columna.nombre))
    ]
    return " · ".join(partes)


def _uno(campo: Campo, dato: Any, opciones: Opciones, dentro: str) -> str:
    if campo.tipo == "si_no":
        return "Sí" if str(dato).lower() in ("si", "sí", "true", "1", "on") else "No"
    if campo.opciones:
        return campo.etiqueta_de(dato)
    if campo.tipo in ("ref", "usuario", "asiento", "archivos"):
        return _elegido(campo, dato, opciones, dentro)
    if campo.tipo == "fecha":
        return _dia(dato)
    if campo.tipo == "fecha_hora":
        return str(dato).replace("T", " a las ")[:22]
    return f"${dato}" if campo.tipo == "dinero" else str(dato)


def _elegido(campo: Campo, dato: Any, opciones: Opciones, dentro: str) -> str:
    ruta = f"{dentro}.{campo.nombre}" if dentro else campo.nombre
    for clave in (ruta, campo.nombre, campo.tipo, "documento"):
        for opcion, etiqueta in opciones.get(clave, ()):
            if str(opcion) == str(dato):
                return etiqueta.split(" · ")[0] if campo.tipo == "usuario" else etiqueta
    return str(dato)


def _dia(dato: Any) -> str:
    try:
        return en_fecha(leer_fecha(str(dato)))
    except ValueError:
        return str(dato)


def _compuesto(campo: Campo, dato: Mapping[str, Any]) -> str:
    if campo.tipo == "periodo":
        hasta = _dia(dato["hasta"]) if dato.get("hasta") else "la fecha"
        return f"{_dia(dato.get('desde') or 'sin inicio')} a {hasta}"
    if campo.tipo == "firma":
        medio = dict(MEDIOS_FIRMA).get(str(dato.get("medio")), "")
        return f"Firmado, {medio.lower()}" if dato.get("firmo") else "Sin firmar"
    return ", ".join(f"{e}: {dato[p]}" for p, e in ETIQUETAS_DOMICILIO.items() if dato.get(p))
