"""The check-answers page as data: groups of rows, each with its words and its link."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import url_for

from web.filters import dinero, fecha
from web.publico.asistente import campos
from web.publico.pregunta import Campo, Respuestas
from web.publico.preguntas import GRUPOS
from workflow.rules.identificadores import ENTIDADES

CADA = {
    "semana": " por semana",
    "quincena": " por quincena",
    "mes": " por mes",
    "dia": " por día",
}
PAGO = {"efectivo": ", en efectivo", "deposito": ", con depósito", "mixto": ", una parte en efectivo"}
# Shown inside another row, or not worth one of its own.
UNIDOS = frozenset(
    (
        *("salario_periodo", "forma_pago", "datos_patron", "primer_apellido", "segundo_apellido"),
        *("fecha_aproximada", "domicilio", "colonia", "cp", "entidad", "referencias"),
    )
)


@dataclass(frozen=True)
class Fila:
    """One row: valor is a text, several texts, or empty when she did not answer."""

    rotulo: str
    valor: str | list[str]
    url: str


def _pago(r: Respuestas) -> str:
    """«$3,200.00 por semana, en efectivo»."""
    cada = CADA.get(r.get("salario_periodo", ""), "")
    return dinero(Decimal(r["salario_monto"])) + cada + PAGO.get(r.get("forma_pago", ""), "")


def _inicio(r: Respuestas) -> str:
    """«12 de febrero de 2024 (aproximada); sigo trabajando ahí»."""
    dudosa = " (aproximada)" if r.get("fecha_aproximada") else ""
    sigue = "; sigo trabajando ahí" if r.get("sigue_trabajando") == "si" else ""
    return fecha(dt.date.fromisoformat(r["fecha_inicio"])) + dudosa + sigue


def _lugar(r: Respuestas) -> list[str]:
    """«Blvd. Aldama 2210, Ciudad Industrial» / «37490 León, Guanajuato» / the directions."""
    calle = ", ".join(v for v in (r.get("domicilio"), r.get("colonia")) if v)
    estado = ENTIDADES.get(r.get("entidad", ""), "")
    ciudad = " ".join(v for v in (r.get("cp"), r.get("municipio")) if v)
    return [linea for linea in (calle, f"{ciudad}, {estado}", r.get("referencias", "")) if linea]


def _nombre(r: Respuestas) -> str:
    return " ".join(r[c] for c in ("nombre", "primer_apellido", "segundo_apellido") if r.get(c))


def _telefono(r: Respuestas) -> str:
    """«477 ••• •• 18»: enough for her to recognise it, useless over her shoulder."""
    numero = str(r["telefono"]).removeprefix("+52")
    return f"{numero[:3]} ••• •• {numero[-2:]}"


PROPIAS: dict[str, Callable[[Respuestas], str | list[str]]] = {
    "salario_monto": _pago,
    "salario_registrado": lambda r: dinero(Decimal(r["salario_registrado"])) + " diarios",
    "fecha_inicio": _inicio,
    "municipio": _lugar,
    "nombre": _nombre,
    "telefono": _telefono,
}


def palabras(campo: Campo, respuestas: Respuestas) -> str | list[str]:
    """One answer in the words of the form."""
    valor: Any = respuestas.get(campo.nombre)
    if not valor:
        return ""
    if campo.nombre in PROPIAS:
        return PROPIAS[campo.nombre](respuestas)
    if campo.tipo == "multi":
        return [campo.texto(v) for v in valor]
    return fecha(dt.date.fromisoformat(valor)) if campo.tipo == "fecha" else campo.texto(str(valor))


def grupos(respuestas: Respuestas) -> list[tuple[str, list[Fila]]]:
    """The cards of the page where she checks her answers."""
    tarjetas: list[tuple[str, list[Fila]]] = []
    for n, rotulo in enumerate(GRUPOS[:5]):
        filas = [
            Fila(
                c.rotulo,
                palabras(c, respuestas),
                url_for("publico.paso", clave=p.clave, desde="revisar"),
            )
            for p, c in campos(respuestas)
            if p.grupo == n and c.nombre not in UNIDOS
        ]
        if n == 4:
            nombres = [a["nombre"] for a in respuestas.get("archivos", ())]
            pruebas = url_for("publico.paso", clave="pruebas", desde="revisar")
            filas.insert(0, Fila("Archivos", nombres, pruebas))
        tarjetas.append((rotulo, filas))
    return tarjetas


def sugerencia(respuestas: Respuestas) -> tuple[str, str, str] | None:
    """The one missing datum that would help most: strong words, explanation, page. None: nothing lacks."""
    if respuestas.get("identificarse") == "no":
        return (
            "Sin tu identidad no podemos iniciar una auditoría.",
            "Puedes darla ahora o en los 15 días hábiles que siguen, desde tu buzón.",
            "identidad",
        )
    if not respuestas.get("nss"):
        return (
            "Tu número de seguridad social ayuda mucho.",
            "Con él encontramos más rápido tus movimientos.",
            "tu-curp-nss",
        )
    if not respuestas.get("archivos"):
        return (
            "Con un recibo de nómina avanza más rápido.",
            "Basta una foto.",
            "pruebas",
        )
    return None
