"""A whole house under a new version: rows, terms, messages and the log of the cases that moved."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from sqlalchemy import select

from models.bitacora import Entrada
from models.proceso import Espera, Paso
from tests.integration.motor.apoyo import DIAGRAMAS, CasaDePrueba
from tests.integration.motor.test_completar import hacer
from tests.integration.motor.test_definiciones import CASO, LAXO, escribir
from tests.integration.motor.test_mensajes import mandar
from workflow.actions import proceso, tarea, temporizador
from workflow.errors import Conflicto, NoEncontrado
from workflow.queries import bitacora

ESPERA = (DIAGRAMAS / "espera.bpmn").read_text(encoding="utf-8")
# The head does what the analyst did, with another form and under another name.
OTRAS_MANOS = (
    CASO.replace("<bpmn:flowNodeRef>revisar</bpmn:flowNodeRef>", "")
    .replace(
        "<bpmn:flowNodeRef>firmar</bpmn:flowNodeRef>",
        "<bpmn:flowNodeRef>firmar</bpmn:flowNodeRef><bpmn:flowNodeRef>revisar</bpmn:flowNodeRef>",
    )
    .replace('name="Revisar"', 'name="Revisar a fondo"')
)
# Another message and another term wake the same events.
OTROS_EVENTOS = (
    ESPERA.replace('id="msg_respuesta_dada" name="respuesta_dada"', 'id="msg_aviso_fugaz" name="aviso_fugaz"')
    .replace('messageRef="msg_respuesta_dada"', 'messageRef="msg_aviso_fugaz"')
    .replace('plazo("info_denunciante")', 'plazo("sla_analisis")')
)
OTRA_PREGUNTA = CASO.replace('name="Revisar"', 'name="Revisar a fondo"')
# The same without the ear, and with it again.
SIN_OIDO = re.sub(r'<bpmn:subProcess id="escucha_aviso".*?</bpmn:subProcess>', "", ESPERA, flags=re.DOTALL)
for _nodo in ("escucha_aviso", "aviso_dado", "contar_aviso", "aviso_contado"):
    SIN_OIDO = SIN_OIDO.replace(f"<bpmn:flowNodeRef>{_nodo}</bpmn:flowNodeRef>", "")
OTRO_OIDO = ESPERA.replace('name="Aviso"', 'name="Otro aviso"')


def publicar(casa: CasaDePrueba, carpeta: Path, texto: str, nombre: str) -> None:
    with casa.ctx() as ctx:
        proceso.publicar(ctx, escribir(carpeta, texto, nombre), catalogo=LAXO)


def migrar(casa: CasaDePrueba, nombre: str) -> list[proceso.Migracion]:
    with casa.ctx() as ctx:
        return proceso.migrar(ctx, nombre)


def test_la_tarea_abierta_es_la_de_la_version_nueva(casa: CasaDePrueba, tmp_path: Path) -> None:
    caso = casa.iniciar("caso")
    antes = casa.tarea(caso)
    with casa.ctx("ana") as ctx:
        tarea.tomar(ctx, antes.id)
    tomada = casa.tarea(caso)
    publicar(casa, tmp_path, OTRAS_MANOS, "caso")
    (m,) = migrar(casa, "caso")
    assert m.motivo == ""
    ahora = casa.tarea(caso)
    assert (ahora.id, ahora.plazo_id, ahora.vence_en) == (antes.id, antes.plazo_id, antes.vence_en)
    assert (ahora.nombre, ahora.rol, ahora.asignada_a) == ("Revisar a fondo", "jefe_auditoria", None)
    with casa.ctx("ana") as ctx, pytest.raises(NoEncontrado):
        tarea.completar(ctx, ahora.id, {"resultado": "procede"}, tomada.version)
    hacer(casa.otra(), "jorge", caso, resultado="procede")
    assert casa.tarea(caso).nodo == "firmar"


def test_lo_que_se_llenaba_con_la_forma_anterior_se_vuelve_a_leer(casa: CasaDePrueba, tmp_path: Path) -> None:
    caso = casa.iniciar("caso")
    antes = casa.tarea(caso)
    publicar(casa, tmp_path, OTRA_PREGUNTA, "caso")
    migrar(casa, "caso")
    with casa.ctx("ana") as ctx, pytest.raises(Conflicto):
        tarea.completar(ctx, antes.id, {"resultado": "procede"}, antes.version)
    hacer(casa, "ana", caso, resultado="procede")
    assert casa.tarea(caso).nodo == "firmar"


def test_los_mensajes_y_los_plazos_son_los_de_la_version_nueva(casa: CasaDePrueba, tmp_path: Path) -> None:
    caso = casa.iniciar("espera")
    publicar(casa, tmp_path, OTROS_EVENTOS, "espera")
    (m,) = migrar(casa, "espera")
    assert m.motivo == ""
    assert {(e.nodo, e.mensaje) for e in casa.todo(Espera)} == {
        ("respuesta_dada", "aviso_fugaz"),
        ("aviso_dado", "aviso_dado"),
    }
    (reloj,) = casa.temporizadores()
    assert (reloj.nodo, reloj.plazo_clave, reloj.vence_en) == ("plazo_vencido", "sla_analisis", None)
    casa.now += dt.timedelta(days=60)  # the old term falls due and wakes nobody
    with casa.ctx() as ctx:
        temporizador.recorrer(ctx, casa.now)
    assert not casa.tareas(caso)


def test_lo_que_la_version_nueva_oye_lo_oye_el_caso_abierto(casa: CasaDePrueba, tmp_path: Path) -> None:
    publicar(casa, tmp_path / "sin", SIN_OIDO, "espera")
    denuncia = casa.denuncia()
    casa.iniciar("espera", denuncia)
    publicar(casa, tmp_path / "con", OTRO_OIDO, "espera")
    (m,) = migrar(casa, "espera")
    assert m.motivo == ""
    assert {e.mensaje for e in casa.todo(Espera)} == {"respuesta_dada", "aviso_dado"}
    for _ in range(2):
        with casa.ctx() as ctx:
            mandar(ctx, "aviso_dado", denuncia, promocion_id=3)
    assert casa.verbos.veces("contar_aviso") == 2


def test_la_mudanza_queda_en_la_bitacora_y_no_en_el_camino(casa: CasaDePrueba, tmp_path: Path) -> None:
    caso, pasos = casa.iniciar("caso"), len(casa.todo(Paso))
    publicar(casa, tmp_path, OTRAS_MANOS, "caso")
    migrar(casa, "caso")
    assert migrar(casa, "caso") == []  # once
    with casa.lecturas() as s:
        (entrada,) = s.scalars(select(Entrada).where(Entrada.verbo == "migrar_caso"))
        assert entrada.datos == {"instancia_id": caso, "de": 1, "a": 2}
        assert bitacora.verificar(s).rotura is None
    assert len(casa.todo(Paso)) == pasos


def test_mirar_no_detiene_a_nadie(casa: CasaDePrueba, tmp_path: Path) -> None:
    """The dry run lets go of each case: somebody works on it while it goes on."""
    caso = casa.iniciar("caso")
    publicar(casa, tmp_path, OTRAS_MANOS, "caso")
    with casa.ctx() as ctx:
        (m,) = proceso.revisar_migracion(ctx, "caso")
        assert (m.motivo, m.de, m.a) == ("", 1, 2)
        hacer(casa.otra(), "ana", caso, resultado="procede")
    assert casa.tarea(caso).nodo == "firmar"
