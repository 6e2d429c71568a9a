"""The two questions that come before the form: is this the right door, and is it in time."""

from __future__ import annotations

from web.publico.pregunta import Campo, Pregunta

FILTRO = Pregunta(
    "filtro",
    0,
    "Antes de empezar",
    (
        Campo(
            "asunto",
            "opcion",
            "¿De qué se trata?",
            opciones=(
                ("imss", "De mi registro, mi salario o mis semanas en el IMSS"),
                ("pago", "No me pagan sueldo, vacaciones o aguinaldo"),
                ("infonavit", "De mi crédito o mis aportaciones al Infonavit"),
                ("otro", "De otra cosa"),
            ),
            falta="Elige de qué se trata.",
        ),
        Campo(
            "sigue_trabajando",
            "opcion",
            "¿Sigues trabajando ahí?",
            opciones=(
                ("si", "Sí"),
                ("no", "No, salí hace menos de cinco años"),
                ("mas5", "No, salí hace más de cinco años"),
            ),
            falta="Elige si sigues trabajando ahí.",
        ),
    ),
    entrada="Dos preguntas para saber si éste es el lugar correcto.",
)
