"""The second half of a life before the screen: the act, its credits, their service, payment and enforcement."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from playwright.sync_api import expect

from tests.e2e.gestion import Gestion
from tests.e2e.paginas import Persona
from tests.e2e.primera_mitad import foto
from tests.unit.adapters.test_nomina import TITULOS
from workflow.rules.calendario import Calendario

NADA = dict.fromkeys(("fecha", "hora_fin", "lugar", "hechos", "testigos", "firmas"))
PERIODO = {"desde": "2024-02-12", "hasta": "2025-12-31"}
HECHO = {
    "hecho": "Registró con salario menor al pagado según la nómina.",
    "norma": "LSS 15-I, 27",
    "periodo": PERIODO,
    "trabajadores": 1,
    "monto": "20000.00",
}
# Who denounced, as the visit found her in the payroll.
NSS, SALARIO = "12978644024", "457.14"
TRABAJADORA = f"{NSS},Guadalupe Hernández,2024-02-12,2025-12-31,{SALARIO},315.04,,1\n"
SEMANAS = 98  # 689 days
MOVIMIENTO = {
    "tipo": "modificacion",
    "fecha": "2024-02-12",
    "salario": SALARIO,
    "periodo": PERIODO,
    "fundamento": "resolucion",
}


def responder(
    persona: Persona, tarea: str, folio: str, datos: dict[str, Any], confirma: str | None = None
) -> None:
    """Open the task, answer it as the scenarios do, send it."""
    persona.abrir(tarea, folio)
    persona.contestar(datos)
    persona.enviar(confirma)


def al_dia_siguiente(g: Gestion, hora: str) -> dt.date:
    """The next día hábil; the clock goes to that hour of it."""
    dia = Calendario().siguiente_habil(g.casa.hoy())
    g.casa.reloj(f"{dia}T{hora}")
    return dia


# -- the act -----------------------------------------------------------------------------------------
def ordenar(g: Gestion, jefe: Persona, auditora: Persona, titular: Persona, propuesta: str) -> str:
    """The chief names who audits; the order is drawn up and signed. Returns the folio of the act."""
    responder(jefe, "Designar auditor", propuesta, g.datos("designar_auditor"), "Programar el acto")
    acto = g.acto()
    orden = g.datos("elaborar_orden", periodos=[{"periodo": PERIODO}])
    responder(auditora, "Elaborar orden", acto, orden)
    responder(titular, "Firmar orden", acto, g.datos("firmar_orden"))
    return acto


def visitar(g: Gestion, auditora: Persona, acto: str) -> None:
    """She goes to the place with her telephone: the visit begins, and she writes what she saw."""
    dia = Calendario().siguiente_habil(g.casa.hoy())
    responder(
        auditora, "Programar diligencia", acto, g.datos("programar_diligencia", fecha_hora=f"{dia}T10:00")
    )
    g.casa.reloj(f"{dia}T12:30")
    responder(auditora, "Acudir al domicilio", acto, g.datos("acudir_domicilio", hora=f"{dia}T10:00"))
    horas = {"fecha_hora": f"{dia}T10:15", "hora_fin": f"{dia}T12:00"}
    responder(auditora, "Levantar acta parcial de inicio", acto, g.datos("levantar_inicio", **horas))
    responder(auditora, "Desahogar visita", acto, g.datos("desahogar_visita", **NADA, actuacion="concluir"))


def observar(g: Gestion, auditora: Persona, acto: str) -> None:
    """The last acta parcial with its observations, the days to rebut them, the acta final."""
    dia = al_dia_siguiente(g, "13:00")
    horas = {"fecha_hora": f"{dia}T10:15", "hora_fin": f"{dia}T12:00"}
    ultima = g.datos("levantar_ultima_parcial", **horas, hechos=[HECHO])
    responder(auditora, "Levantar última acta parcial", acto, ultima)
    g._vencer("ultima_parcial", "a1")
    g.ids["a1.hecho1"] = g.hecho()
    subsiste = {"hecho": g.valor("@hecho a1.hecho1"), "resultado": "subsiste", "razon": "No presentó nada."}
    responder(auditora, "Valorar pruebas", acto, {"valoraciones": [subsiste]})
    dia = al_dia_siguiente(g, "12:30")
    horas = {"fecha_hora": f"{dia}T10:15", "hora_fin": f"{dia}T12:00"}
    responder(auditora, "Levantar acta final", acto, g.datos("levantar_acta_final", **horas))


def determinar(g: Gestion, auditora: Persona, acto: str) -> dict[str, str]:
    """The workers come in a file, the determination opens a credit of cuotas and a fine: folio of each."""
    auditora.ir(f"/caso/{acto}/trabajadores")
    archivo = {"name": "n.csv", "mimeType": "text/csv", "buffer": (TITULOS + TRABAJADORA).encode()}
    auditora.pagina.locator("#archivo").set_input_files(archivo)  # type: ignore[arg-type]
    auditora.pulsar("Revisar archivo")
    auditora.mirar("previa de trabajadores")
    auditora.pulsar("Importar 1 renglón")
    auditora.mirar("lista de trabajadores")
    responder(auditora, "Preparar determinación", acto, g.datos("preparar_determinacion"))
    return g.creditos()


# -- its credits -------------------------------------------------------------------------------------
def elaborar(g: Gestion, auditora: Persona, credito: str, **encima: Any) -> None:
    """The auditor draws up the cédula, or the resolution of the fine."""
    responder(auditora, "Elaborar cédula o resolución", credito, g.datos("elaborar_cedula", **encima))


def firmar(g: Gestion, juridica: Persona, titular: Persona, credito: str) -> None:
    """The lawyer finds it well founded, the head of the unit signs it."""
    responder(juridica, "Revisar fundamentación", credito, g.datos("revisar_cedula"))
    responder(titular, "Firmar cédula", credito, g.datos("firmar_cedula"))


def notificar(g: Gestion, notificadora: Persona, folio: str) -> None:
    """The next day, at ten, the notificadora serves the paper at its address, telephone in hand."""
    dia = al_dia_siguiente(g, "11:00")
    datos = g.datos("practicar_diligencia", fecha_hora=f"{dia}T10:00")
    responder(notificadora, "Practicar diligencia", folio, datos)


def pagar(cobranza: Persona, creditos: list[str], referencia: str) -> None:
    """The chief of collection captures a payment of all that these credits ask for today."""
    cobranza.ir("/cobro/pagos/registrar")
    cobranza.mirar("de quién es el pago")
    cobranza.pagina.locator("[name=de]").fill(creditos[0])
    cobranza.pulsar("Ver qué debe")
    pide = sum((_se_paga_con(cobranza, folio) for folio in creditos), Decimal(0))
    cobranza.mirar("registrar pago")
    cobranza.pagina.locator("[name=importe]").fill(str(pide))
    cobranza.pagina.get_by_label("Referencia").fill(referencia)
    cobranza.pulsar("Registrar y aplicar")
    expect(cobranza.pagina.get_by_text("El pago quedó registrado y aplicado.")).to_be_visible()
    cobranza.mirar("pago aplicado")


def _se_paga_con(cobranza: Persona, folio: str) -> Decimal:
    """Choose a credit; what the page says that it is paid with."""
    renglon = cobranza.pagina.locator(".govuk-checkboxes__item").filter(has_text=folio)
    renglon.get_by_role("checkbox").check()
    dicho = re.search(r"se paga con \$([\d,]+\.\d\d)", renglon.inner_text())
    assert dicho is not None, renglon.inner_text()
    return Decimal(dicho[1].replace(",", ""))


# -- the worker --------------------------------------------------------------------------------------
def restituir(g: Gestion, vigencia: Persona, jefe: Persona, folio: str) -> None:
    """What she was denied is put in her record, with its evidence, and the chief answers her."""
    vigencia.abrir("Restituir derechos", folio)
    vigencia.contestar(
        g.datos("restituir_derechos", movimientos=[MOVIMIENTO], semanas_reconocidas=SEMANAS, evidencia=None)
    )
    vigencia.adjuntar("evidencia", "semanas.jpg", "image/jpeg", foto())
    vigencia.enviar()
    jefe.abrir("Responder a la persona denunciante", folio)
    jefe.firmar("oficio")
    jefe.enviar(confirma="Firmar y enviar la respuesta")


def mirar_expediente(persona: Persona, folio: str, que: str, partes: tuple[str, ...] = ("",)) -> None:
    """The file of a case of the second half, page by page."""
    for parte in partes:
        persona.ir(f"/caso/{folio}{parte}")
        assert folio in persona.pagina.locator("main").inner_text()
        persona.mirar(f"{que} {parte}")
