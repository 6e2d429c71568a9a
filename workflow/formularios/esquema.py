"""The house schema of a task form: what its JSON may say. Also asked when a diagram is published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from workflow.formularios.campos import PREFIJO_TAREA

TIPO_JSON: Final[Mapping[str, str]] = {
    **dict.fromkeys(("texto", "parrafo", "fecha", "fecha_hora", "dinero", "opcion"), "string"),
    **dict.fromkeys(("rfc", "curp", "nss", "rp", "correo", "telefono"), "string"),
    **dict.fromkeys(("entero", "ref", "usuario", "asiento"), "integer"),
    **dict.fromkeys(("multi", "archivos", "lista"), "array"),
    **dict.fromkeys(("periodo", "domicilio", "firma"), "object"),
    "si_no": "boolean",
}
"""JSON type that goes with each `x-tipo`."""

_CLAVES_FORMA = {
    "$id",
    "$schema",
    "title",
    "type",
    "x-boton",
    "x-ya-hecha",
    "x-secciones",
    "x-alternativas",
    "properties",
    "required",
}
_COMUNES = {
    "title",
    "type",
    "x-tipo",
    "x-ayuda",
    "x-falta",
    "x-si",
    "x-obligatorio-si",
    "x-lectura",
    "default",
}
_PROPIAS: Final[Mapping[str, set[str]]] = {
    "texto": {"maxLength", "format"},
    "parrafo": {"maxLength"},
    "fecha": {"format"},
    "fecha_hora": {"format"},
    "entero": {"minimum", "maximum"},
    "opcion": {"enum", "x-etiquetas"},
    "multi": {"items", "uniqueItems", "x-etiquetas", "x-exclusivas"},
    "archivos": {"items", "maxItems"},
    "lista": {"items", "minItems", "maxItems", "x-agregar"},
    "ref": {"x-ref"},
    "usuario": {"x-rol"},
    "periodo": {"x-abierto"},
}
_FORMATOS: Final[Mapping[str, set[str | None]]] = {
    "texto": {None, "time"},
    "fecha": {"date"},
    "fecha_hora": {"date-time"},
}
_NOMBRE = re.compile(r"[a-z][a-z0-9_]*")


def problemas(datos: object, nombre: str) -> list[str]:
    """Every way in which `datos` breaks the schema, as sentences; empty if it is a good form `nombre`."""
    if not isinstance(datos, Mapping):
        return ["Debe ser un objeto JSON."]
    try:
        return list(_de_forma(datos, nombre))
    except (AttributeError, KeyError, TypeError) as falla:
        return [f"No tiene la forma esperada ({type(falla).__name__}: {falla})."]


def _de_forma(datos: Mapping[str, Any], nombre: str) -> Iterator[str]:
    if datos.get("$id") != nombre:
        yield f"«$id» debe ser «{nombre}», como el archivo."
    if datos.get("type") != "object":
        yield "«type» debe ser «object»."
    for clave in ("title", "x-boton"):
        if not _texto(datos.get(clave)):
            yield f"Falta «{clave}»."
    yield from (f"Sobra «{clave}»." for clave in sorted(set(datos) - _CLAVES_FORMA))
    propiedades = datos.get("properties") or {}
    if not propiedades:
        yield "Falta al menos un campo en «properties»."
    yield from _de_grupo(propiedades, datos.get("required", []), "")
    yield from _de_secciones(datos.get("x-secciones") or [], propiedades)
    for grupo in datos.get("x-alternativas", []):
        if len(grupo) < 2 or not set(grupo) <= set(propiedades):
            yield f"«x-alternativas» nombra campos que no existen: {grupo}."


def _de_secciones(secciones: list[Mapping[str, Any]], propiedades: Mapping[str, Any]) -> Iterator[str]:
    puestos = [campo for seccion in secciones for campo in seccion["campos"]]
    if sorted(puestos) != sorted(propiedades):
        yield "«x-secciones» debe poner cada campo exactamente una vez."
    if not all(_texto(seccion.get("titulo")) for seccion in secciones):
        yield "Cada sección lleva su «titulo»."


def _de_grupo(propiedades: Mapping[str, Any], obligatorios: list[str], dentro: str) -> Iterator[str]:
    for ajeno in sorted(set(obligatorios) - set(propiedades)):
        yield f"«required» nombra «{dentro}{ajeno}», que no existe."
    anteriores: dict[str, Mapping[str, Any]] = {}
    for nombre, campo in propiedades.items():
        ruta = f"{dentro}{nombre}"
        if not _NOMBRE.fullmatch(nombre):
            yield f"«{ruta}» no es un nombre: minúsculas sin acento, cifras y guion bajo."
        yield from _de_campo(campo, ruta, bool(dentro))
        for clave in ("x-si", "x-obligatorio-si"):
            yield from _de_condiciones(campo.get(clave, {}), anteriores, f"{ruta}: «{clave}»")
        if nombre in obligatorios and ("x-obligatorio-si" in campo or campo.get("x-lectura")):
            yield f"«{ruta}» no puede ser obligatorio siempre y también condicional o de lectura."
        anteriores[nombre] = campo


def _de_campo(campo: Mapping[str, Any], ruta: str, en_lista: bool) -> Iterator[str]:
    tipo = campo.get("x-tipo")
    if not isinstance(tipo, str) or tipo not in TIPO_JSON:
        yield f"«{ruta}» tiene un «x-tipo» que no existe: {tipo!r}."
        return
    if campo.get("type") != TIPO_JSON[tipo]:
        yield f"«{ruta}»: «type» debe ser «{TIPO_JSON[tipo]}»."
    if not _texto(campo.get("title")):
        yield f"«{ruta}»: falta «title»."
    for clave in sorted(set(campo) - _COMUNES - _PROPIAS.get(tipo, set())):
        yield f"«{ruta}»: sobra «{clave}»."
    yield from _de_detalles(campo, tipo, ruta)
    if tipo in ("opcion", "multi"):
        yield from _de_opciones(campo, ruta)
    if tipo == "lista":
        yield from _de_lista(campo, ruta, en_lista)


def _de_detalles(campo: Mapping[str, Any], tipo: str, ruta: str) -> Iterator[str]:
    if campo.get("format") not in _FORMATOS.get(tipo, {None}):
        yield f"«{ruta}»: «format» no es el de su tipo."
    if tipo in ("texto", "parrafo") and not _positivo(campo.get("maxLength")):
        yield f"«{ruta}»: falta «maxLength»."
    if tipo == "ref" and not _texto(campo.get("x-ref")):
        yield f"«{ruta}»: falta «x-ref»."
    if "default" in campo and tipo not in ("si_no", "opcion"):
        yield f"«{ruta}»: sólo «si_no» y «opcion» llevan «default»."


def _de_opciones(campo: Mapping[str, Any], ruta: str) -> Iterator[str]:
    valores = campo["items"]["enum"] if campo["x-tipo"] == "multi" else campo.get("enum")
    etiquetas = campo.get("x-etiquetas") or {}
    if not valores or len(set(valores)) != len(valores):
        yield f"«{ruta}»: «enum» debe tener opciones distintas."
    elif set(valores) != set(etiquetas) or not all(_texto(etiqueta) for etiqueta in etiquetas.values()):
        yield f"«{ruta}»: «x-etiquetas» debe dar el texto de cada opción y nada más."
    if not set(campo.get("x-exclusivas", [])) <= set(valores or []):
        yield f"«{ruta}»: «x-exclusivas» nombra opciones que no existen."


def _de_lista(campo: Mapping[str, Any], ruta: str, en_lista: bool) -> Iterator[str]:
    if en_lista:
        yield f"«{ruta}»: una lista no va dentro de otra."
        return
    columnas = campo["items"].get("properties") or {}
    if not columnas:
        yield f"«{ruta}»: falta al menos una columna."
    if not _positivo(campo.get("maxItems")):
        yield f"«{ruta}»: falta «maxItems»."
    yield from _de_grupo(columnas, campo["items"].get("required", []), f"{ruta}.")


def _de_condiciones(
    condiciones: Mapping[str, Any], anteriores: Mapping[str, Any], donde: str
) -> Iterator[str]:
    for campo, valores in condiciones.items():
        if not isinstance(valores, list) or not valores:
            yield f"{donde} debe dar una lista de valores para «{campo}»."
        elif campo.startswith(PREFIJO_TAREA):
            continue
        elif campo not in anteriores:
            yield f"{donde} depende de «{campo}», que no es un campo anterior."
        elif not _caben(valores, anteriores[campo]):
            yield f"{donde} usa valores que «{campo}» no puede tener."


def _caben(valores: list[Any], campo: Mapping[str, Any]) -> bool:
    if campo.get("x-tipo") == "si_no":
        return all(isinstance(valor, bool) for valor in valores)
    opciones = campo["items"]["enum"] if campo.get("x-tipo") == "multi" else campo.get("enum", [])
    return set(valores) <= set(opciones)


def _texto(valor: object) -> bool:
    return isinstance(valor, str) and bool(valor.strip())


def _positivo(valor: object) -> bool:
    return isinstance(valor, int) and not isinstance(valor, bool) and valor > 0
