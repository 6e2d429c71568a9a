"""Scan of a text for the denouncer's identity, before anybody signs it (procesos 0.3; LSS 22).

A finding says which datum and where, never the datum: whoever reads the warning may not know the person.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import permutations

from stdnum import luhn
from stdnum.mx import curp as stdnum_curp

from workflow.rules.calendario import MESES

# Words of a name that point at nobody.
_PARTICULAS = frozenset(
    {"de", "del", "la", "las", "los", "el", "y", "da", "das", "dos", "san", "santa", "van", "von"}
)
_CAMPOS_NOMBRE = ("nombre", "apellido", "representante")
_CAMPOS_FECHA = ("nacimiento",)
_CAMPOS_CLAVE = ("curp", "nss", "rfc", "telefono", "celular", "clabe")
_CAMPOS_LITERALES = ("correo", "email", "domicilio", "calle", "puesto", "numero_empleado")
_GRUPO_CHICO = re.compile(
    r"\b(?:el|la) unic[oa]\b|\bunic[oa] (?:trabajador|empleada|persona|mujer|hombre)"
    r"|\bsolo (?:un|una|hay un|hay una)\b"
    r"|\bel resto (?:de )?(?:los|las) \w+ es\b"
)
_ETIQUETAS = {
    "nombre": "el nombre completo",
    "parte_del_nombre": "una parte del nombre",
    "curp": "la CURP",
    "nss": "el número de seguridad social",
    "rfc": "el RFC",
    "nacimiento": "la fecha de nacimiento",
}


class Grado(StrEnum):
    """`exacto`: the datum itself; `parcial`: part of it, may be chance; `riesgo`: points at few people."""

    EXACTO = "exacto"
    PARCIAL = "parcial"
    RIESGO = "riesgo"


@dataclass(frozen=True)
class Hallazgo:
    """Something found: which datum, how surely, on which line (from 1) and a sentence for the person."""

    dato: str
    grado: Grado
    renglon: int
    mensaje: str


def plano(texto: str) -> str:
    """Lower case, without accents or invisible characters; runs of blanks (lines excepted) become one."""
    partes = unicodedata.normalize("NFKD", texto)
    visibles = (
        c
        for c in partes
        if (not unicodedata.combining(c) and unicodedata.category(c) not in ("Cf", "Cc")) or c == "\n"
    )
    return re.sub(r"[^\S\n]+", " ", "".join(visibles).casefold())


def revisar_identidad(
    texto: str, datos_identidad: Mapping[str, object], *, personas: int | None = None, grupo_minimo: int = 0
) -> list[Hallazgo]:
    """Findings in `texto`, most certain first; empty when nothing was found.

    `datos_identidad` is what the vault holds: keys with «nombre» or «apellido», `curp`, `nss`, `rfc`,
    `fecha_nacimiento` (date or ISO text), phones, mail, address, post. `personas` is how many people share
    the facts told; below `grupo_minimo` (configuration) it is a risk by itself.
    """
    liso = plano(texto)
    hallados: list[Hallazgo] = [*_nombres(liso, _piezas(datos_identidad))]
    for campo, valor in datos_identidad.items():
        if valor in (None, "") or isinstance(valor, bool):
            continue
        hallados += _campo(liso, campo.casefold(), valor)
    hallados += _identificadores(liso, hallados)
    hallados += _riesgos(liso, personas, grupo_minimo)
    orden = list(Grado)
    unicos = {(h.dato, h.renglon): h for h in sorted(hallados, key=lambda h: -orden.index(h.grado))}
    return sorted(unicos.values(), key=lambda h: (orden.index(h.grado), h.renglon, h.dato))


def _hallazgo(liso: str, posicion: int, dato: str, grado: Grado) -> Hallazgo:
    renglon = liso.count("\n", 0, posicion) + 1
    que = _ETIQUETAS.get(dato, f"un dato ({dato.replace('_', ' ')})")
    return Hallazgo(
        dato,
        grado,
        renglon,
        f"El renglón {renglon} trae {que} de la persona denunciante. Quítalo antes de firmar.",
    )


def _piezas(datos: Mapping[str, object]) -> list[str]:
    piezas: list[str] = []
    for campo, valor in datos.items():
        if isinstance(valor, str) and any(c in campo.casefold() for c in _CAMPOS_NOMBRE):
            piezas += [p for p in re.findall(r"[a-z]+", plano(valor)) if p not in piezas]
    return [p for p in piezas if p not in _PARTICULAS and len(p) >= 3]


def _nombres(liso: str, piezas: list[str]) -> Iterator[Hallazgo]:
    """The whole name or two of its words together are exact; one word of it alone is partial."""
    if not piezas:
        return
    alternativas = "|".join(re.escape(p) for p in piezas)
    enlace = r"[\s,.\-_]+(?:(?:de|del|la|las|los|y)[\s]+)*"
    for m in re.finditer(rf"\b(?:{alternativas})(?:{enlace}(?:{alternativas}))+\b", liso):
        yield _hallazgo(liso, m.start(), "nombre", Grado.EXACTO)
    for m in re.finditer(rf"\b(?:{alternativas})\b", liso):
        yield _hallazgo(liso, m.start(), "parte_del_nombre", Grado.PARCIAL)
    yield from _pegados(liso, piezas)


def _pegados(liso: str, piezas: list[str]) -> Iterator[Hallazgo]:
    """Two words of the name glued («marialopez@…») or spelled letter by letter («M a r í a»)."""
    juntos = [a + b for a, b in permutations(piezas, 2) if len(a + b) >= 8]
    separado = [p for p in piezas if len(p) >= 4]
    for pegado in juntos:
        if (donde := liso.find(pegado)) >= 0:
            yield _hallazgo(liso, donde, "nombre", Grado.EXACTO)
    for p in separado:
        if m := re.search(r"\b" + r"[ .\-_*]".join(p) + r"\b", liso):
            yield _hallazgo(liso, m.start(), "parte_del_nombre", Grado.PARCIAL)


def _campo(liso: str, campo: str, valor: object) -> Iterator[Hallazgo]:
    if any(c in campo for c in _CAMPOS_FECHA):
        for forma in _formas_de_fecha(valor):
            for m in re.finditer(forma, liso):
                yield _hallazgo(liso, m.start(), "nacimiento", Grado.EXACTO)
    elif any(c in campo for c in _CAMPOS_CLAVE):
        clave = re.sub(r"[^a-z0-9]", "", plano(str(valor)))
        if len(clave) >= 6:
            patron = r"[\s.\-_/]*".join(clave)
            for m in re.finditer(rf"(?<![a-z0-9]){patron}(?![a-z0-9])", liso):
                yield _hallazgo(liso, m.start(), campo, Grado.EXACTO)
    elif any(c in campo for c in _CAMPOS_LITERALES):
        literal = plano(str(valor)).strip()
        grado = Grado.RIESGO if "puesto" in campo else Grado.EXACTO
        if len(literal) >= 4:
            for m in re.finditer(rf"(?<![a-z0-9]){re.escape(literal)}(?![a-z0-9])", liso):
                yield _hallazgo(liso, m.start(), campo, grado)


def _formas_de_fecha(valor: object) -> Iterable[str]:
    if isinstance(valor, datetime):
        valor = valor.date()
    try:
        dia = valor if isinstance(valor, date) else date.fromisoformat(str(valor).strip()[:10])
    except ValueError:
        return ()
    d, m, a, corto = f"0?{dia.day}", f"0?{dia.month}", str(dia.year), f"(?:{dia.year}|{dia.year % 100:02d})"
    mes = rf"(?:{MESES[dia.month - 1]}|{MESES[dia.month - 1][:3]}\.?)"
    s = r"[\s./\-]+"
    return (
        rf"(?<!\d){d}{s}{m}{s}{corto}(?!\d)",
        rf"(?<!\d){m}{s}{d}{s}{corto}(?!\d)",
        rf"(?<!\d){a}{s}{m}{s}{d}(?!\d)",
        rf"(?<!\d){d}(?:ro|o)?{s}(?:de )?{mes}{s}(?:de |del )?{corto}(?!\d)",
    )


def _identificadores(liso: str, hallados: list[Hallazgo]) -> Iterator[Hallazgo]:
    """A valid CURP or NSS of anybody: no document needs one. Folios (letters, a dash) pass."""
    vistos = {(h.dato, h.renglon) for h in hallados}
    for m in re.finditer(r"\b[a-z]{4}\d{6}[a-z]{6}[a-z0-9]\d\b", liso):
        h = _hallazgo(liso, m.start(), "curp", Grado.EXACTO)
        if (h.dato, h.renglon) not in vistos and stdnum_curp.is_valid(m.group().upper()):
            yield _de_alguien(h, "una CURP")
    for m in re.finditer(r"(?<![a-z\d])(?<![a-z]-)(?:\d[ \-]?){10}\d(?![a-z\d])", liso):
        h = _hallazgo(liso, m.start(), "nss", Grado.EXACTO)
        if (h.dato, h.renglon) not in vistos and luhn.is_valid(re.sub(r"\D", "", m.group())):
            yield _de_alguien(h, "un número que parece de seguridad social")


def _de_alguien(h: Hallazgo, que: str) -> Hallazgo:
    return Hallazgo(
        h.dato, Grado.PARCIAL, h.renglon, f"El renglón {h.renglon} trae {que}. Revisa si debe estar."
    )


def _riesgos(liso: str, personas: int | None, grupo_minimo: int) -> Iterator[Hallazgo]:
    if personas is not None and personas < grupo_minimo:
        yield Hallazgo(
            "grupo_chico",
            Grado.RIESGO,
            1,
            f"Lo que se cuenta sólo le pasó a {personas} de los trabajadores: se puede adivinar "
            "quién denuncia. Amplía el universo o quita detalles.",
        )
    for m in _GRUPO_CHICO.finditer(liso):
        renglon = liso.count("\n", 0, m.start()) + 1
        yield Hallazgo(
            "grupo_chico",
            Grado.RIESGO,
            renglon,
            f"El renglón {renglon} señala a una sola persona. Escríbelo en general.",
        )
