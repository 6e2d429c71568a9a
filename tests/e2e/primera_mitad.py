"""The first half of a life before the screen: from the form on a phone to the signed acta of the committee."""

from __future__ import annotations

import io

from PIL import Image
from playwright.sync_api import expect

from tests.e2e.paginas import Denunciante, Persona
from workflow.rules.calendario import Calendario

REGISTRO = "C614077210"


def foto() -> bytes:
    """A small photograph."""
    salida = io.BytesIO()
    Image.new("RGB", (320, 240), (180, 170, 150)).save(salida, "JPEG")
    return salida.getvalue()


# -- the worker ------------------------------------------------------------------------------------------
def presentar(trabajadora: Denunciante, nss: str = "") -> None:
    """She tells it all, with a photograph, and keeps folio and key."""
    trabajadora.llegar_a_fechas()
    trabajadora.contar(REGISTRO, nss)
    trabajadora.subir("recibo.jpg", "image/jpeg", foto())
    trabajadora.pagina.get_by_text("Le quitamos la ubicación").wait_for()
    trabajadora.protestar()
    trabajadora.pulsar("Presentar denuncia")
    trabajadora.guardar_acuse()


def responder(trabajadora: Denunciante) -> None:
    """She answers what was asked, in her mailbox."""
    trabajadora.pagina.locator("section.pendiente a.govuk-button").click()
    trabajadora.mirar("responder")
    trabajadora.pagina.locator("textarea").fill("Entré el 12 de febrero de 2024 y sigo ahí.")
    trabajadora.pulsar("Enviar respuesta")


# -- the unit --------------------------------------------------------------------------------------------
def asignar(jefe: Persona, folio: str) -> None:
    """The chief takes it from the inbox of her office and gives it to an analyst."""
    jefe.abrir("Asignar denuncia", folio)
    jefe.elegir("analista", "Ana Lucía Trejo")
    jefe.poner(sin_conflicto=True)
    jefe.enviar()


def prevenir(analista: Persona, folio: str) -> None:
    """Something is missing: she asks for it."""
    analista.abrir("Calificar denuncia", folio)
    analista.poner(
        calificacion="incompleta",
        faltantes=["periodo"],
        mensaje="Dinos desde qué fecha trabajas ahí.",
        motivo="Falta la fecha de ingreso.",
    )
    analista.enviar()


def admitir(analista: Persona, folio: str) -> None:
    """The answer came: the employer of the register is confirmed and the case admitted."""
    analista.abrir("Calificar denuncia", folio)
    analista.poner(calificacion="admitida")
    analista.enviar()


def analizar(analista: Persona, folio: str) -> None:
    """The opinion: there is a presumption."""
    analista.abrir("Analizar denuncia", folio)
    analista.poner(
        hechos__0__resultado="Acreditado",
        hechos__0__periodo__hasta="2026-01-31",
        cruces=["emision", "cfdi_nomina"],
        hallazgo_cruces="Las percepciones pagadas superan el salario registrado.",
        norma_incumplida=["27"],
        presuncion="si",
        acto_sugerido="visita",
        trabajadores_afectados=61,
        riesgo_identificacion="bajo",
        resumen_sin_identidad="El patrón registra con salario mínimo a casi todo su personal.",
    )
    analista.enviar()


def proponer(jefe: Persona, folio: str) -> str:
    """The chief proposes; returns the folio of the proposal."""
    jefe.abrir("Revisar presunción y proponer", folio)
    jefe.poner(destino="nueva", resumen_confirmado=True)
    jefe.enviar()
    jefe.ir("/bandeja?pestana=oficina")
    renglon = jefe.pagina.locator("table.bandeja tbody tr").filter(has_text="Completar ficha")
    return renglon.locator("td.tarea .mono").inner_text()


def completar_ficha(jefe: Persona, propuesta: str) -> None:
    """What the committee will read."""
    jefe.abrir("Completar ficha", propuesta)
    jefe.poner(
        ficha="completa",
        acto="visita",
        contribuciones=["cop"],
        universo="todo",
        razones="Salarios registrados por debajo de los pagados.",
    )
    jefe.enviar()


def validar(titular: Persona, propuesta: str) -> None:
    """The head of the unit agrees."""
    titular.abrir("Validar propuesta", propuesta)
    titular.poner(validacion="valida")
    titular.enviar()


# -- the committee ---------------------------------------------------------------------------------------
def convocar(secretario: Persona) -> str:
    """A new session for a week later; the clock goes to its hour. Returns its folio."""
    secretario.ir("/comite")
    secretario.mirar("comité")
    secretario.pulsar("Nueva sesión")
    secretario.mirar("sesión nueva")
    sesion = secretario.pagina.url.rpartition("/")[2]
    secretario.abrir("Preparar sesión", sesion)
    dia = secretario.casa.hoy()
    for _ in range(5):
        dia = Calendario().siguiente_habil(dia)
    secretario.poner(
        tipo="ordinaria", fecha_hora=f"{dia}T10:00", lugar_o_enlace="Sala de juntas de la Subdelegación"
    )
    secretario.enviar(confirma="Convocar")
    secretario.ir(f"/comite/{sesion}")
    secretario.mirar("sesión convocada")
    secretario.casa.reloj(f"{dia}T10:00")
    return sesion


def pasar_lista(secretario: Persona, sesion: str) -> None:
    """The president, the secretary and three members are there: four of six votes."""
    secretario.abrir("Pasar lista", sesion)
    filas = secretario.pagina.locator("#formulario table tbody tr")
    ausentes = ("Servicios Jurídicos", "Supervisión de Auditoría")
    for lugar in range(filas.count()):
        asiento = secretario.pagina.locator(f'#formulario [name="asistencia-{lugar}-asiento"]')
        elegido = asiento.evaluate("c => c.options[c.selectedIndex].text")
        if elegido.startswith(ausentes):
            secretario.poner(**{f"asistencia-{lugar}-presente": "No"})
    secretario.enviar(confirma="Cerrar la lista")


def abrir_asunto(secretario: Persona, sesion: str) -> None:
    """The first matter, and its motion."""
    secretario.abrir("Abrir asunto", sesion)
    secretario.enviar()
    secretario.ir(f"/comite/{sesion}/sala")
    secretario.mirar("sala sin moción")
    secretario.seguir("Fijar moción")
    secretario.mirar("tarea Fijar moción")
    secretario.enviar()


def votar(secretario: Persona, miembros: list[Persona], sesion: str) -> None:
    """Each member votes in the room, in secret until the closing; the last one by a telephone."""
    secretario.ir(f"/comite/{sesion}/sala")
    expect(secretario.boton("Cerrar la votación")).to_be_disabled()
    for miembro in miembros:
        miembro.ir(f"/comite/{sesion}/sala")
        miembro.mirar("sala votando")
        contra = miembro.quien == "hector.rios"
        miembro.pagina.locator(f"[name=voto][value={'en_contra' if contra else 'a_favor'}]").check()
        if contra:
            miembro.pagina.locator("#razon").fill("La evidencia es de un solo puesto.")
        miembro.pulsar("Revisar y emitir voto")
        miembro.mirar("revisar voto")
        miembro.pulsar("Emitir voto")
        expect(miembro.pagina.get_by_text("Voto registrado")).to_be_visible()
        miembro.mirar("voto emitido")
    secretario.ir(f"/comite/{sesion}/pantalla")
    secretario.mirar("pantalla de la sala")


def acordar(secretario: Persona, titular: Persona, sesion: str) -> None:
    """The secretary writes the agreement, the president confirms it, the agenda is over."""
    secretario.ir(f"/comite/{sesion}/sala")
    secretario.seguir("Formular acuerdo")
    secretario.mirar("tarea Formular acuerdo")
    secretario.enviar()
    titular.ir(f"/comite/{sesion}/sala")
    titular.seguir("Confirmar acuerdo")
    titular.mirar("tarea Confirmar acuerdo")
    titular.poner(confirmado=True)
    titular.enviar()
    secretario.abrir("Abrir asunto", sesion)
    secretario.poner(apertura="orden_agotado")
    secretario.enviar()


def firmar_acta(secretario: Persona, miembros: list[Persona], sesion: str) -> None:
    """The secretary reviews and signs; everybody who was there signs."""
    secretario.abrir("Revisar acta", sesion)
    secretario.firmar("acta")
    secretario.enviar(confirma="Firmar y pasar a firmas")
    for miembro in miembros:
        miembro.abrir("Firmar acta", sesion)
        miembro.firmar("firma")
        miembro.enviar(confirma="Confirmar")
    secretario.ir(f"/comite/{sesion}/acta")
    secretario.mirar("acta firmada")
    secretario.ir(f"/comite/{sesion}")
    secretario.mirar("sesión celebrada")


def mirar_caso(jefe: Persona, folio: str) -> None:
    """The file of the case, all its pages."""
    for parte in ("", "/linea", "/documentos", "/proceso", "/plazos", "/relacionados", "/accesos"):
        jefe.ir(f"/caso/{folio}{parte}")
        jefe.mirar(f"caso {parte}")


# -- all of it -------------------------------------------------------------------------------------------
def aprobar(folio: str, jefe: Persona, titular: Persona, miembros: list[Persona]) -> str:
    """The whole half, from the inbox of the chief to the signed acta; returns the folio of the proposal."""
    casa = jefe.casa
    analista, secretario = Persona(casa, "ana.trejo"), Persona(casa, "sergio.luna")
    asignar(jefe, folio)
    admitir(analista, folio)
    analizar(analista, folio)
    propuesta = proponer(jefe, folio)
    completar_ficha(jefe, propuesta)
    validar(titular, propuesta)
    presentes = [*miembros, Persona(casa, "irma.solano")]
    sesion = convocar(secretario)
    pasar_lista(secretario, sesion)
    abrir_asunto(secretario, sesion)
    votar(secretario, presentes, sesion)
    acordar(secretario, titular, sesion)
    firmar_acta(secretario, presentes, sesion)
    return propuesta
