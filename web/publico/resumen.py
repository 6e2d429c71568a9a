"""The check-answers page as data: groups of rows, each with its words and its link."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import url_for

from web.filters import dinero, fecha
from web.publico.asistente import campos
from web.publico.pregunta import Campo, Respuestas
from web.publico.preguntas import GRUPOS

CADA = {
    "semana": " por semana",
    "quincena": " por quincena",
    "mes": " por mes",
    "dia": " por día",
}
# Shown inside another row, or not worth one of its own.
UNIDOS = {
    "salario_periodo",
    "datos_patron",
    "primer_apellido",
    "segundo_apellido",
    "fecha_aproximada",
}


@dataclass(frozen=True)
class Fila:
    """One row: valor is a text, several texts, or empty when she did not answer."""

    rotulo: str
    valor: str | list[str]
    url: str


def _tapado(telefono: str) -> str:
    """«477 ••• •• 18»: enough for her to recognise it, useless over her shoulder."""
    numero = telefono.removeprefix("+52")
    return f"{numero[:3]} ••• •• {numero[-2:]}"


def palabras(campo: Campo, respuestas: Respuestas) -> str | list[str]:
    """One answer in the words of the form."""
    valor: Any = respuestas.get(campo.nombre)
    if not valor:
        return ""
    if campo.nombre == "salario_monto":
        return dinero(Decimal(valor)) + CADA.get(respuestas.get("salario_periodo", ""), "")
    if campo.nombre == "salario_registrado":
        return dinero(Decimal(valor)) + " diarios"
    if campo.nombre == "fecha_inicio":
        dudosa = " (aproximada)" if respuestas.get("fecha_aproximada") else ""
        sigue = "; sigo trabajando ahí" if respuestas.get("sigue_trabajando") == "si" else ""
        return fecha(dt.date.fromisoformat(valor)) + dudosa + sigue
    if campo.nombre == "nombre":
        apellidos = (
            respuestas.get("primer_apellido"),
            respuestas.get("segundo_apellido"),
        )
        return " ".join(p for p in (valor, *apellidos) if p)
    if campo.tipo == "multi":
        return [campo.texto(v) for v in valor]
    if campo.tipo == "fecha":
        return fecha(dt.date.fromisoformat(valor))
    return _tapado(valor) if campo.tipo == "telefono" else campo.texto(str(valor))


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
