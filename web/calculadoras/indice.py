"""What can be calculated, what each page does and for whom."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, render_template

from web.calculadoras import bp


@dataclass(frozen=True)
class Calculadora:
    """One entry of the index: it appears once its page exists."""

    endpoint: str
    icono: str
    nombre: str
    que_hace: str
    para_quien: str


GRUPOS: tuple[tuple[str, tuple[Calculadora, ...]], ...] = (
    (
        "Fechas",
        (
            Calculadora(
                "calculadoras.plazo",
                "calendar",
                "Un plazo",
                "Dice qué día vence un plazo y qué días cuentan.",
                "Para quien recibió una notificación o tiene que cumplir a tiempo.",
            ),
            Calculadora(
                "calculadoras.caducidad",
                "clock",
                "Caducidad y prescripción",
                "Dice hasta qué día el Instituto puede fijar o cobrar una deuda.",
                "Para patrones con deudas antiguas y para quien las cobra.",
            ),
            Calculadora(
                "calculadoras.repse",
                "refresh-cw",
                "Ciclo REPSE",
                "Da las fechas de un ciclo de revisión de contratistas, del padrón a la cancelación.",
                "Para contratistas registrados y para quien los vigila.",
            ),
        ),
    ),
    (
        "Importes",
        (
            Calculadora(
                "calculadoras.cuotas",
                "banknote",
                "Cuotas",
                "Dice cuánto se paga al IMSS por una persona, mes por mes y ramo por ramo.",
                "Para trabajadores que quieren saber qué debió pagar su patrón, y para patrones.",
            ),
            Calculadora(
                "calculadoras.accesorios",
                "scale",
                "Actualización y recargos",
                "Dice cuánto crece una deuda que se paga tarde.",
                "Para patrones que deben cuotas o multas.",
            ),
            Calculadora(
                "calculadoras.multa",
                "gavel",
                "Multa",
                "Dice entre qué importes puede estar la multa de una infracción y cuánto se paga.",
                "Para patrones multados y para quien impone la multa.",
            ),
            Calculadora(
                "calculadoras.gastos",
                "landmark",
                "Gastos de ejecución",
                "Dice cuánto se cobra por requerir, embargar o rematar.",
                "Para patrones con un cobro en marcha y para quien lo lleva.",
            ),
            Calculadora(
                "calculadoras.cedula",
                "file-text",
                "Cédula de liquidación",
                "Suma lo omitido por varias personas y meses, con accesorios y multa.",
                "Para quien revisa a un patrón.",
            ),
        ),
    ),
    (
        "Consultas",
        (
            Calculadora(
                "calculadoras.identificador",
                "fingerprint",
                "NSS, CURP, RFC y registro patronal",
                "Revisa si un número está bien escrito. No dice de quién es.",
                "Para cualquier persona que copia un número de un papel.",
            ),
            Calculadora(
                "calculadoras.vigencias",
                "search",
                "Valores vigentes",
                "Enseña la UMA, el salario mínimo, las tasas y los demás valores de una fecha.",
                "Para quien quiere comprobar con qué valores se calculó.",
            ),
            Calculadora(
                "calculadoras.plazos",
                "bookmark",
                "Catálogo de plazos",
                "Enlista los plazos de la ley con su duración, su fundamento y qué pasa al vencer.",
                "Para quien busca qué plazo le toca.",
            ),
        ),
    ),
)


@bp.get("")
def indice() -> str:
    """Every calculator that there is."""
    hay = current_app.view_functions
    grupos = [(titulo, [c for c in entradas if c.endpoint in hay]) for titulo, entradas in GRUPOS]
    return render_template("calculadoras/indice.html", grupos=[(t, e) for t, e in grupos if e])
