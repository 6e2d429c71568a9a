"""A life in the browser: from the form on a phone to the adjudication of what was attached, and the restitution.

What `test_pago` already showed of the act and its credit is done by the same actions, without the pages.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pytest

from models.credito import ClaseCredito
from tests.e2e.cobro_forzoso import AVALUO, depositar, embargar, mandar, rematar, requerir, valuar
from tests.e2e.gestion import Gestion
from tests.e2e.paginas import TELEFONO, Casa, Denunciante, Persona
from tests.e2e.primera_mitad import presentar
from tests.e2e.segunda_mitad import NSS, PERIODO, SALARIO, mirar_expediente, restituir
from tests.process.pasos import PASOS

pytestmark = [pytest.mark.e2e, pytest.mark.lento, pytest.mark.una_base("postgresql")]

RESTITUIDA = ("Tus datos ya están corregidos.", "Descarga tu oficio y revisa tus semanas.", "Desde hoy")
HASTA_LA_PROPUESTA = (
    "asignar_denuncia",
    "calificar_denuncia",
    "analizar_denuncia",
    "revisar_propuesta",
    "completar_ficha",
    "validar_propuesta",
)


@pytest.mark.usefixtures("en_enero")
def test_no_paga_y_se_adjudica(casa: Casa) -> None:
    # Her pages are judged by the first half of the journey.
    mira, casa.mira = casa.mira, False
    trabajadora = Denunciante(casa)
    presentar(trabajadora, NSS)
    casa.mira = mira
    g = Gestion(casa)
    g.denuncia(trabajadora.folio)
    credito = determinado(g)
    g._vencer("pago_credito", "cop")
    pae = g.pae()

    cobranza, titular = Persona(casa, "hector.rios"), Persona(casa, "rosa.medina")
    ejecutor = Persona(casa, "ernesto.lira", TELEFONO)
    mandar(g, cobranza, titular, pae)
    requerir(g, ejecutor, pae)
    embargar(g, ejecutor, pae)
    mirar_expediente(ejecutor, pae, "pae")
    depositar(g, cobranza, Persona(casa, "delia.ponce", TELEFONO), pae)
    notificadora = Persona(casa, "nadia.rosas", TELEFONO)
    valuar(g, cobranza, Persona(casa, "tomas.aguila"), notificadora, pae)
    rematar(g, titular, pae)
    adjudicado(g, cobranza, credito, pae)

    restituir(g, Persona(casa, "julia.nieto"), Persona(casa, "jose.cazares"), trabajadora.folio)
    trabajadora.lee(*RESTITUIDA)


def determinado(g: Gestion) -> str:
    """From the inbox to a credit served on its debtor, by the actions; returns its folio."""
    for nodo in HASTA_LA_PROPUESTA:
        g._tarea(nodo, "d1")
    g._sesionar("s1", ["d1"])
    g._tarea("designar_auditor", "d1")
    g.acto()
    for nodo in ("elaborar_orden", "firmar_orden"):
        g._tarea(nodo, "a1")
    PASOS["empezar_visita"](g, "a1", dia="2026-01-26")
    PASOS["cerrar_actas"](g, "a1", dia="2026-01-28")
    PASOS["comprobar_trabajadores"](g, "a1", filas=[[NSS, PERIODO["desde"], PERIODO["hasta"]]], sbc=SALARIO)
    g._tarea("preparar_determinacion", "a1", {"infracciones": []})
    credito = g.creditos()[ClaseCredito.COP]
    PASOS["notificar_credito"](g, "cop", cuando=f"{g.casa.hoy() + dt.timedelta(days=3)}T10:00")
    return credito


def adjudicado(g: Gestion, cobranza: Persona, credito: str, pae: str) -> None:
    """The Institute keeps it at 60 % of its value: the credit is covered, what is left is the debtor's."""
    cobranza.ir("/cobro/pagos")
    cobranza.mirar("pagos")
    cobranza.pagina.locator("table a[href^='/cobro/pagos/']").first.click()
    cobranza.pagina.wait_for_load_state()
    dicho = cobranza.pagina.locator("main").inner_text()
    cobranza.mirar("pago de la adjudicación")
    valor = Decimal(AVALUO) * 60 / 100
    assert f"${valor:,.2f}" in dicho
    sobra = re.search(r"Sobran \$([\d,]+\.\d\d)", dicho)
    assert sobra is not None, dicho
    assert Decimal(0) < Decimal(sobra[1].replace(",", "")) < valor
    assert "Hoy no debe nada" in dicho
    assert g.credito().estado == "pagado"
    mirar_expediente(cobranza, credito, "crédito", ("", "/cuenta"))
    mirar_expediente(cobranza, pae, "pae")
    visto = cobranza.pagina.locator("main").inner_text()
    for palabra in ("Adjudicado al Instituto", "Foto 1", "Entrega de excedentes de la adjudicación"):
        assert palabra in visto, palabra
