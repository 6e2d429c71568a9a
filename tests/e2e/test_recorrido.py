"""The whole journey in a browser: a denuncia filed on a phone is analysed, proposed, voted and signed."""

from __future__ import annotations

import pytest

from tests.e2e.paginas import Casa, Denunciante, Persona
from tests.e2e.primera_mitad import (
    abrir_asunto,
    acordar,
    admitir,
    analizar,
    asignar,
    completar_ficha,
    convocar,
    firmar_acta,
    mirar_caso,
    pasar_lista,
    presentar,
    prevenir,
    proponer,
    responder,
    validar,
    votar,
)

pytestmark = [pytest.mark.e2e, pytest.mark.lento]

RECIBIDA = ("Recibimos tu denuncia. Ya tiene folio.", "Una persona del IMSS va a leerla.")
FALTA_ALGO = ("Necesitamos algo de ti para seguir.", "Entra a tu buzón y responde lo que te pedimos.")
EN_REVISION = ("Estamos revisando lo que nos contaste.", "Te diremos si con eso podemos actuar.")
EN_DECISION = (
    "Lo que nos diste sirve. El IMSS va a decidir qué hacer.",
    "Te avisaremos cuando haya una decisión.",
)
EN_ACCION = (
    "El IMSS está haciendo lo que la ley permite en tu caso.",
    "No tienes que hacer nada. Puede tardar meses.",
)


def test_de_la_denuncia_al_acta(casa: Casa) -> None:
    trabajadora = Denunciante(casa)
    presentar(trabajadora)
    folio = trabajadora.folio
    trabajadora.lee(*RECIBIDA)

    jefe, analista = Persona(casa, "jose.cazares"), Persona(casa, "ana.trejo")
    asignar(jefe, folio)
    trabajadora.lee(*RECIBIDA)
    prevenir(analista, folio)
    trabajadora.lee(*FALTA_ALGO)
    responder(trabajadora)
    trabajadora.lee(*RECIBIDA)
    admitir(analista, folio)
    trabajadora.lee(*EN_REVISION)
    analizar(analista, folio)
    trabajadora.lee(*EN_REVISION)

    propuesta = proponer(jefe, folio)
    trabajadora.lee(*EN_DECISION)
    completar_ficha(jefe, propuesta)
    titular = Persona(casa, "rosa.medina")
    validar(titular, propuesta)
    trabajadora.lee(*EN_DECISION)

    secretario = Persona(casa, "sergio.luna")
    vocales = [Persona(casa, quien) for quien in ("julia.nieto", "hector.rios", "irma.solano")]
    sesion = convocar(secretario)
    pasar_lista(secretario, sesion)
    abrir_asunto(secretario, sesion)
    votar(secretario, [titular, *vocales], sesion)
    acordar(secretario, titular, sesion)
    trabajadora.lee(*EN_DECISION)
    firmar_acta(secretario, [titular, *vocales], sesion)
    trabajadora.lee(*EN_ACCION)

    mirar_caso(jefe, folio)
    jefe.abrir("Designar auditor", propuesta)
