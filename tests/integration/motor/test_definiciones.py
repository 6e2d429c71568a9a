"""Definitions: published once, never changed; a case stays on its version until it is moved safely."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from models.proceso import DefinicionProceso
from tests.integration.motor.apoyo import DIAGRAMAS, CasaDePrueba
from tests.integration.motor.test_completar import hacer
from workflow.actions import proceso, tarea
from workflow.actions.casa import catalogo
from workflow.engine.messages import parse
from workflow.errors import DatoInvalido, NoEncontrado

CASO = (DIAGRAMAS / "caso.bpmn").read_text(encoding="utf-8")
LAXO = catalogo(parse({}), exigente=False)
# A person more after the signature.
CON_ARCHIVO = (
    CASO.replace(
        "<bpmn:flowNodeRef>firmar</bpmn:flowNodeRef>",
        "<bpmn:flowNodeRef>firmar</bpmn:flowNodeRef><bpmn:flowNodeRef>archivar</bpmn:flowNodeRef>",
    )
    .replace('sourceRef="se_firma" targetRef="atendido"', 'sourceRef="se_firma" targetRef="archivar"')
    .replace(
        '    <bpmn:endEvent id="atendido" name="Atendido"><bpmn:incoming>se_firma_a_atendido</bpmn:incoming>',
        '    <bpmn:userTask id="archivar" name="Archivar"><bpmn:extensionElements>'
        '<den:nodo formulario="firmar" operacion="firmar"/></bpmn:extensionElements>'
        "<bpmn:incoming>se_firma_a_atendido</bpmn:incoming>"
        "<bpmn:outgoing>archivar_a_atendido</bpmn:outgoing></bpmn:userTask>\n"
        '    <bpmn:sequenceFlow id="archivar_a_atendido" sourceRef="archivar" targetRef="atendido"/>\n'
        '    <bpmn:endEvent id="atendido" name="Atendido"><bpmn:incoming>archivar_a_atendido</bpmn:incoming>',
    )
)
OTRO_NOMBRE = CASO.replace('"revisar"', '"examinar"').replace(">revisar<", ">examinar<")


def escribir(carpeta: Path, texto: str, nombre: str = "caso") -> Path:
    (carpeta / nombre).mkdir(parents=True, exist_ok=True)
    (carpeta / nombre / f"{nombre}.bpmn").write_text(texto, encoding="utf-8")
    return carpeta


def test_publicar_dos_veces_es_una(casa: CasaDePrueba, tmp_path: Path) -> None:
    raiz = escribir(tmp_path, CASO.replace("Dos personas", "Tres personas"))
    with casa.ctx() as ctx:
        (uno,) = proceso.publicar(ctx, raiz, catalogo=LAXO)
        (otro,) = proceso.publicar(ctx, raiz, catalogo=LAXO)
    assert (uno.nueva, uno.version, otro.nueva, otro.version) == (True, 2, False, 2)
    assert uno.sha256 == otro.sha256


def test_lo_que_otros_llaman_se_publica_con_ellos(tmp_path: Path) -> None:
    llamada = '<bpmn:callActivity id="notificar" name="Notificar" calledElement="aviso"/></bpmn:process>'
    escribir(tmp_path, CASO)
    escribir(tmp_path, CASO.replace("</bpmn:process>", llamada), "oficio")
    escribir(tmp_path, CASO, "aviso")
    assert proceso.procesos(tmp_path) == ["caso", "oficio"]
    assert list(proceso.archivos("oficio", tmp_path)) == ["aviso.bpmn", "oficio.bpmn"]
    assert list(proceso.archivos("caso", tmp_path)) == ["caso.bpmn"]


def test_una_definicion_no_se_cambia(casa: CasaDePrueba) -> None:
    with casa.sesiones() as s, pytest.raises(DBAPIError, match="de solo agregar"):
        s.execute(update(DefinicionProceso).values(sha256="x"))


def test_un_diagrama_malo_no_se_publica(casa: CasaDePrueba, tmp_path: Path) -> None:
    antes = len(casa.todo(DefinicionProceso))
    bueno = escribir(tmp_path, CASO.replace("Dos personas", "Una persona"))
    raiz = escribir(bueno, "<esto no es XML", "otro")
    with casa.ctx() as ctx, pytest.raises(DatoInvalido, match="XML"):
        proceso.publicar(ctx, raiz, catalogo=LAXO)
    assert len(casa.todo(DefinicionProceso)) == antes  # all or nothing
    with casa.ctx() as ctx, pytest.raises(NoEncontrado):
        proceso.publicar(ctx, raiz, solo=["nadie"], catalogo=LAXO)


def test_cada_caso_sigue_su_version(casa: CasaDePrueba, tmp_path: Path) -> None:
    viejo = casa.iniciar("caso")
    with casa.ctx() as ctx:
        proceso.publicar(ctx, escribir(tmp_path, CON_ARCHIVO), catalogo=LAXO)
    nuevo = casa.iniciar("caso")
    for instancia in (viejo, nuevo):
        hacer(casa, "ana", instancia, resultado="procede")
        hacer(casa.otra(), "jorge", instancia, firmado="si")
    assert casa.instancia(viejo).fin == "atendido"
    assert casa.tarea(nuevo).nodo == "archivar"


def test_mover_un_caso_a_la_version_nueva(casa: CasaDePrueba, tmp_path: Path) -> None:
    caso = casa.iniciar("caso")
    hacer(casa, "ana", caso, resultado="procede")
    firmar = casa.tarea(caso)
    with casa.ctx() as ctx:
        proceso.publicar(ctx, escribir(tmp_path, CON_ARCHIVO), catalogo=LAXO)
        (seco,) = proceso.revisar_migracion(ctx, "caso")
        ctx.session.rollback()
        assert (seco.de, seco.a, seco.motivo) == (1, 2, "")
        de_antes = casa.instancia(caso).definicion_id
        proceso.migrar(ctx, "caso")
        assert proceso.revisar_migracion(ctx, "caso") == []
    assert casa.instancia(caso).definicion_id > de_antes
    assert casa.tarea(caso).id == firmar.id  # the open task is the same row
    hacer(casa.otra(), "jorge", caso, firmado="si")
    assert casa.tarea(caso).nodo == "archivar"
    with casa.lecturas() as s:
        activas = {(p.version, p.activas) for p in proceso.listar(_ctx(casa, s)) if p.proceso == "caso"}
    assert activas == {(1, 0), (2, 1)}


def _ctx(casa: CasaDePrueba, s: object) -> object:
    from workflow.context import SISTEMA, Ctx

    return Ctx(s, SISTEMA, casa.now, casa.servicios, casa.store)  # type: ignore[arg-type]


def test_un_caso_que_no_puede_moverse_se_queda(casa: CasaDePrueba, tmp_path: Path) -> None:
    caso = casa.iniciar("caso")
    with casa.ctx() as ctx:
        proceso.publicar(ctx, escribir(tmp_path, OTRO_NOMBRE), catalogo=LAXO)
        (m,) = proceso.migrar(ctx, "caso")
    assert "«revisar»" in m.motivo
    assert casa.tarea(caso).nodo == "revisar"
    assert hacer(casa, "ana", caso, resultado="no_procede").terminada


RAMAS = (DIAGRAMAS / "ramas.bpmn").read_text(encoding="utf-8")
TRES_RAMAS = (
    RAMAS.replace("<!--CARRIL-->", "<bpmn:flowNodeRef>contar</bpmn:flowNodeRef>")
    .replace("<!--SALE-->", "<bpmn:outgoing>f8</bpmn:outgoing>")
    .replace("<!--ENTRA-->", "<bpmn:incoming>f9</bpmn:incoming>")
    .replace(
        "<!--RAMA-->",
        '<bpmn:userTask id="contar" name="Contar"><bpmn:extensionElements>'
        '<den:nodo formulario="firmar" operacion="firmar"/></bpmn:extensionElements>'
        "<bpmn:incoming>f8</bpmn:incoming><bpmn:outgoing>f9</bpmn:outgoing></bpmn:userTask>",
    )
    .replace(
        "<!--FLUJOS-->",
        '<bpmn:sequenceFlow id="f8" sourceRef="repartir" targetRef="contar"/>'
        '<bpmn:sequenceFlow id="f9" sourceRef="contar" targetRef="juntar"/>',
    )
)
CON_FRONTERA = CASO.replace(
    "<bpmn:flowNodeRef>firmar</bpmn:flowNodeRef>",
    "<bpmn:flowNodeRef>firmar</bpmn:flowNodeRef><bpmn:flowNodeRef>tarde</bpmn:flowNodeRef>",
).replace(
    '    <bpmn:endEvent id="atendido"',
    '    <bpmn:boundaryEvent id="tarde" name="Tarde" attachedToRef="firmar">'
    "<bpmn:outgoing>tarde_a_rechazado</bpmn:outgoing>"
    '<bpmn:timerEventDefinition id="t"><bpmn:timeDate xsi:type="bpmn:tFormalExpression">plazo("sla_analisis")'
    "</bpmn:timeDate></bpmn:timerEventDefinition></bpmn:boundaryEvent>\n"
    '    <bpmn:sequenceFlow id="tarde_a_rechazado" sourceRef="tarde" targetRef="rechazado"/>\n'
    '    <bpmn:endEvent id="atendido"',
)


def completar(casa: CasaDePrueba, instancia: int, nodo: str) -> None:
    (abierta,) = [t for t in casa.tareas(instancia) if t.nodo == nodo]
    with casa.ctx("jorge") as ctx:
        tarea.completar(ctx, abierta.id, {"firmado": "si"}, abierta.version)


def test_una_rama_nueva_no_espera_a_quien_ya_paso(casa: CasaDePrueba, tmp_path: Path) -> None:
    antes, en_medio, despues = (casa.iniciar("ramas") for _ in range(3))
    for caso in (en_medio, despues):
        completar(casa, caso, "preparar")
    completar(casa, en_medio, "medir")
    completar(casa, despues, "medir")
    completar(casa, despues, "pesar")
    with casa.ctx() as ctx:
        proceso.publicar(ctx, escribir(tmp_path, TRES_RAMAS, "ramas"), catalogo=LAXO)
        motivos = {m.instancia_id: m.motivo for m in proceso.migrar(ctx, "ramas")}
    assert motivos[antes] == motivos[despues] == ""
    assert "«juntar»" in motivos[en_medio]
    completar(casa, antes, "preparar")
    assert {t.nodo for t in casa.tareas(antes)} == {"medir", "pesar", "contar"}
    completar(casa, en_medio, "pesar")
    assert casa.tarea(en_medio).nodo == casa.tarea(despues).nodo == "cerrar"


def test_una_frontera_nueva_no_se_pega_a_la_tarea_abierta(casa: CasaDePrueba, tmp_path: Path) -> None:
    abierta, antes = casa.iniciar("caso"), casa.iniciar("caso")
    hacer(casa, "ana", abierta, resultado="procede")
    with casa.ctx() as ctx:
        proceso.publicar(ctx, escribir(tmp_path, CON_FRONTERA), catalogo=LAXO)
        motivos = {m.instancia_id: m.motivo for m in proceso.migrar(ctx, "caso")}
    assert motivos[antes] == ""
    assert "frontera" in motivos[abierta]
