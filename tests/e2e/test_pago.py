"""A life in the browser: from the form on a phone to the payment on the fifteenth day, and back to the worker."""

from __future__ import annotations

import pytest

from tests.e2e.gestion import Gestion
from tests.e2e.paginas import TELEFONO, Casa, Denunciante, Persona
from tests.e2e.primera_mitad import aprobar, presentar
from tests.e2e.segunda_mitad import (
    NSS,
    determinar,
    elaborar,
    firmar,
    mirar_expediente,
    notificar,
    observar,
    ordenar,
    pagar,
    restituir,
    visitar,
)
from tests.process.pasos.credito import MULTA

pytestmark = [pytest.mark.e2e, pytest.mark.lento, pytest.mark.una_base("postgresql")]

EN_ACCION = (
    "El IMSS está haciendo lo que la ley permite en tu caso.",
    "No tienes que hacer nada. Puede tardar meses.",
)
POR_RESTITUIR = (
    "Ya hay un resultado. Vamos a corregir tus datos.",
    "Revisa tu reporte de semanas cuando te avisemos.",
)
RESTITUIDA = ("Tus datos ya están corregidos.", "Descarga tu oficio y revisa tus semanas.", "Desde hoy")


@pytest.mark.usefixtures("en_enero")
def test_paga_el_dia_quince(casa: Casa) -> None:
    # The pages of the first half are judged by their own journey.
    mira, casa.mira = casa.mira, False
    trabajadora = Denunciante(casa)
    presentar(trabajadora, NSS)
    g = Gestion(casa)
    g.denuncia(trabajadora.folio)
    jefe, titular = Persona(casa, "jose.cazares"), Persona(casa, "rosa.medina")
    cobranza, vigencia = Persona(casa, "hector.rios"), Persona(casa, "julia.nieto")
    propuesta = aprobar(trabajadora.folio, jefe, titular, [titular, vigencia, cobranza])
    casa.mira = mira

    auditora, juridica = Persona(casa, "daniela.solis", TELEFONO), Persona(casa, "pablo.cortes")
    acto = ordenar(g, jefe, auditora, titular, propuesta)
    visitar(g, auditora, acto)
    observar(g, auditora, acto)
    trabajadora.lee(*EN_ACCION)
    creditos = determinar(g, auditora, acto)
    elaborar(g, auditora, creditos["cop"])
    elaborar(g, auditora, creditos["multa"], plantilla="multa", individualizacion=MULTA)
    firmar(g, juridica, titular, creditos["cop"])
    for nodo in ("revisar_cedula", "firmar_cedula"):  # the pages of the fine are those of the cédula
        g._tarea(nodo, "multa")
    notificar(g, Persona(casa, "nadia.rosas", TELEFONO), creditos["cop"])
    g._tarea("practicar_diligencia", "multa", {"fecha_hora": g.hoy("10:00")})
    mirar_expediente(jefe, acto, "acto")

    g._vencer("surte_efectos", "multa")
    assert g.vence("pago_credito", "cop") == g.vence("multa_20", "multa")
    casa.reloj(f"{g.vence('multa_20', 'multa')}T12:00")
    trabajadora.lee(*POR_RESTITUIR)
    pagar(cobranza, list(creditos.values()), "LC-2026-0001")
    assert "20 % menos, porque se paga completa en su plazo" in cobranza.pagina.locator("main").inner_text()
    mirar_expediente(cobranza, creditos["cop"], "crédito", ("", "/cedula", "/cuenta"))
    assert {g.credito(clase).estado for clase in creditos} == {"pagado"}

    restituir(g, vigencia, jefe, trabajadora.folio)
    trabajadora.lee(*RESTITUIDA)
