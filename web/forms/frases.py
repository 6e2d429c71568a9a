"""Words that a form shows around its fields: when a group applies, how a read-only figure reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from workflow.formularios import Campo, Condicion, Formulario


def solo_si(formulario: Formulario, condiciones: Sequence[Condicion]) -> str:
    """«Sólo si…» of a group of fields, said with the labels of the page; empty if only the task decides."""
    partes = [
        _una(formulario.campo(condicion.campo), condicion)
        for condicion in condiciones
        if condicion.dato_de_tarea is None
    ]
    return f"Sólo si {' y '.join(partes)}" if partes else ""


def _una(campo: Campo, condicion: Condicion) -> str:
    if campo.tipo == "si_no":
        afirma = True in condicion.valores
        if es_casilla(campo):
            return f"{'marcas' if afirma else 'no marcas'} «{campo.titulo}»"
        return f"contestas «{'Sí' if afirma else 'No'}» en «{campo.titulo}»"
    restantes = [etiqueta for valor, etiqueta in campo.opciones if valor not in condicion.valores]
    if len(restantes) == 1 and len(condicion.valores) > 2:
        return f"en «{campo.titulo}» no eliges «{restantes[0]}»"
    elegidas = " o ".join(f"«{campo.etiqueta_de(valor)}»" for valor in condicion.valores)
    return f"en «{campo.titulo}» eliges {elegidas}"


def es_casilla(campo: Campo) -> bool:
    """A yes-or-no that is «no» unless marked is one box, not two radios."""
    return campo.tipo == "si_no" and campo.por_omision is False


def solo_lectura(campo: Campo, valor: object) -> str:
    """How a figure that the system computes is shown; `valor` is the figure, or it with why (`porque`)."""
    if isinstance(valor, Mapping):
        valor = valor.get("cifra")
    if valor is None or valor == "":
        return "Sin cálculo todavía"
    try:
        cifra = Decimal(str(valor))
        return f"${cifra:,.2f}" if campo.tipo == "dinero" else f"{cifra:,}"
    except InvalidOperation:
        return str(valor)


def por_que(valor: object) -> str:
    """How a figure that the system computes came to be; empty where nobody says."""
    return str(valor.get("porque", "")) if isinstance(valor, Mapping) else ""
