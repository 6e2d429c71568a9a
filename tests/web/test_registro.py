"""The canary: what people write, who they are and what opens their doors is in no line of any log, nor in the counts.

Every route is asked with it in its address, its question and its form; pages, operations, the outbox, the database and
threads fail quoting it; libraries speak at every level.
"""

from __future__ import annotations

import json
import logging
import smtplib
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from werkzeug.routing import AnyConverter, BaseConverter, Rule
from werkzeug.routing.converters import NumberConverter

from models.salida import Salida
from models.session import make_engine
from tests.web import publico
from tests.web.personal import Oficina, enviar
from tests.web.publico import Persona, fecha
from web import create_app
from web.config import Ajustes
from workflow import registro, worker
from workflow.operations import _registry

QUIEN = {
    "nombre": "Xochiquetzal",
    "primer_apellido": "Zurbarán",
    "segundo_apellido": "Quijadilla",
    "curp": "ZUQX900214MGTRJC09",
    "nss": "03907654321",
    "rfc": "ZUQX900214AB1",
    "correo": "xochi.zurbaran@correo.example",
    "telefono": "4779998811",
    "domicilio": "Callejón del Ahuehuete 7719",
    "relato": "Me quitaron el aguinaldo tras la tempestad.",
    "contrasena": "amapola-girasol-93",
    "clave": "7391846250173946",
    "token": "f00dcafe5eed8badf00dcafe5eed8bad",
}
CANARIO = " ".join(QUIEN.values())
PISTAS = ("xochi", "zurbar", "quijadilla", "zuqx9002", "03907654321", "9998811", "ahuehuete", "aguinaldo")
PISTAS += ("amapola", "73918462", "f00dcafe")


@dataclass
class Oido:
    """What the process said, and who wants to hear it."""

    capsys: pytest.CaptureFixture[str]
    dicho: str = ""

    def oir(self) -> str:
        """Everything so far, on both outputs."""
        nuevo = self.capsys.readouterr()
        self.dicho += nuevo.out + nuevo.err
        return self.dicho

    def eventos(self) -> dict[str, list[dict[str, Any]]]:
        """Its lines by event: all of them JSON, none with a trace of the canary."""
        por_evento: dict[str, list[dict[str, Any]]] = {}
        for linea in self.oir().splitlines():
            dato = json.loads(linea)
            por_evento.setdefault(dato["event"], []).append(dato)
        assert [pista for pista in PISTAS if pista in self.dicho.lower()] == []
        return por_evento


@pytest.fixture
def oido(capsys: pytest.CaptureFixture[str]) -> Iterator[Oido]:
    """At the lowest level, libraries included."""
    raiz, motor = logging.getLogger(), logging.getLogger("sqlalchemy")
    antes = (raiz.level, motor.level)
    registro.configurar(depurar=True)
    raiz.setLevel(logging.DEBUG)
    motor.setLevel(logging.DEBUG)
    yield Oido(capsys)
    raiz.setLevel(antes[0])
    motor.setLevel(antes[1])
    registro.configurar()


def sin_marca(app: Flask) -> None:
    """Forms are taken without their token: what is judged is behind it."""
    app.config["WTF_CSRF_ENABLED"] = False


def direccion(regla: Rule, app: Flask) -> str:
    """An address of a route with the canary in each place that takes text."""
    partes = {nombre: _parte(convertidor) for nombre, convertidor in regla._converters.items()}
    with app.test_request_context():
        return str(app.url_map.bind("localhost").build(regla.endpoint, partes, method=_metodo(regla)))


def _parte(convertidor: BaseConverter) -> object:
    if isinstance(convertidor, AnyConverter):
        return sorted(convertidor.items)[0]
    return 1 if isinstance(convertidor, NumberConverter) else CANARIO


def _metodo(regla: Rule) -> str:
    return "POST" if "POST" in (regla.methods or ()) else "GET"


# -- pages -----------------------------------------------------------------------------------------------
@pytest.mark.una_base("postgresql")
def test_ninguna_ruta_repite_lo_que_recibe(app: Flask, oido: Oido) -> None:
    oficina = Oficina(app)
    personas = [oficina.entra("jose.cazares").cliente, app.test_client()]
    sin_marca(app)
    cabezas = {
        "User-Agent": CANARIO.encode("ascii", "ignore").decode(),
        "Referer": "https://x.example/?" + QUIEN["curp"],
        "Authorization": f"Bearer {QUIEN['token']}",
        "X-Request-ID": QUIEN["curp"],
        "Cookie": f"otra={QUIEN['token']}",
    }
    for regla in app.url_map.iter_rules():
        if regla.endpoint in ("static", "acceso.salir"):
            continue
        camino = direccion(regla, app)
        for cliente in personas:
            cliente.get(camino, query_string={**QUIEN, "q": CANARIO}, headers=cabezas).close()
            if "POST" in (regla.methods or ()):
                cliente.post(camino, data={**QUIEN, "q": CANARIO, "folio": CANARIO}).close()
    app.test_client().open("/", method=QUIEN["curp"])
    app.test_client().get(f"/no/existe/{QUIEN['curp']}")
    contadas = app.test_client().get("/metricas").text
    assert [pista for pista in PISTAS if pista in contadas.lower()] == []
    eventos = oido.eventos()
    assert {p["status"] for p in eventos["peticion"]} >= {200, 303, 404, 405, 422}
    assert len(eventos["peticion"]) > 150


@pytest.mark.una_base("postgresql")
def test_un_recorrido_entero_no_deja_rastro(app: Flask, oido: Oido, monkeypatch: pytest.MonkeyPatch) -> None:
    """Filed, read, assigned, refused, answered; the incident of a step that fails keeps its cause without words."""
    oficina = Oficina(app)
    p = Persona(app.test_client())
    folio, clave = _presentar(p)
    p.ir("/seguimiento")
    p.enviar(folio=folio, clave=QUIEN["clave"])
    p.enviar(folio=folio, clave=clave)
    assert p.camino == "/seguimiento/caso", p.texto
    p.ir("/seguimiento/caso/represalia")
    p.enviar(que_paso=["amenaza"], texto=QUIEN["relato"])
    entrada = Persona(app.test_client())
    entrada.ir("/entrar")
    entrada.enviar(correo=QUIEN["correo"], contrasena=QUIEN["contrasena"])
    (tarea,) = oficina.tareas("asignar_denuncia")
    jefe, analista = oficina.entra("jose.cazares"), oficina.usuario("ana.trejo").id
    enviar(jefe, tarea.id, prioridad="normal", analista=analista, sin_conflicto=CANARIO)

    def falla(*_: object, **__: object) -> Any:
        raise RuntimeError(CANARIO)

    with monkeypatch.context() as rota:
        rota.setitem(_registry._operations, "asignar_denuncia", falla)
        enviar(jefe, tarea.id, prioridad="normal", analista=analista, sin_conflicto="si")
    assert jefe.pagina.status_code == 500
    eventos = oido.eventos()
    assert any("RuntimeError" in evento for evento in eventos), "the incident is told"
    assert clave not in oido.dicho
    assert folio not in oido.dicho


def _presentar(p: Persona) -> tuple[str, str]:
    """Through the pages, wrong answers first."""
    p.ir("/denuncia/filtro")
    p.enviar(asunto="imss", sigue_trabajando="si")
    p.enviar(motivos=["salario_menor"])
    p.enviar(**fecha("fecha_inicio", QUIEN["curp"], "feb", "2024"))
    p.enviar(**fecha("fecha_inicio", "12", "feb", "2024"))
    p.enviar(relato=QUIEN["relato"])
    p.enviar(salario_monto=CANARIO, salario_periodo="semana", forma_pago="mixto")
    p.enviar(salario_monto="$3,200", salario_periodo="semana", forma_pago="mixto")
    p.enviar(puesto="Costurera")
    p.enviar(datos_patron=["nombre"])
    p.enviar(nombre_patron="Maquilados del Bajío")
    p.enviar(domicilio=QUIEN["domicilio"], cp="37290", municipio="León", entidad="GT")
    p.enviar(personas="51_100")
    p.enviar(tipo="trabajador")
    p.enviar(identificarse="si")
    p.enviar(nombre=QUIEN["nombre"], primer_apellido=QUIEN["primer_apellido"], segundo_apellido="Quijadilla")
    p.enviar(curp=QUIEN["curp"] + "0", nss=QUIEN["nss"] + "0")
    p.enviar(curp=publico.CURP, nss="")
    p.enviar(canal="correo")
    p.enviar(correo=QUIEN["correo"] + "@")
    p.enviar(correo=QUIEN["correo"])
    p.enviar()
    p.enviar(aviso_privacidad=["si"])
    assert p.camino == "/denuncia/revisar", p.texto
    p.enviar(protesta="si")
    documento = html.fromstring(p.pagina.text)
    clave = "".join(documento.get_element_by_id("clave").text_content().split())
    return documento.find_class("folio")[0].text_content(), clave


# -- what fails ------------------------------------------------------------------------------------------
@pytest.mark.una_base("postgresql")
def test_la_base_caida_y_la_que_cita_lo_que_rechaza(
    app: Flask, motor_bd: Engine, ajustes: Ajustes, oido: Oido
) -> None:
    """PostgreSQL quotes the row that broke a constraint; an address that does not open holds a password."""

    @app.get("/prueba/repetida")
    def repetida() -> str:
        with motor_bd.begin() as conexion:
            conexion.execute(text("CREATE TEMPORARY TABLE dos (correo text PRIMARY KEY)"))
            for _ in range(2):
                conexion.execute(text("INSERT INTO dos VALUES (:c)"), {"c": QUIEN["correo"]})
        return ""

    assert app.test_client().get("/prueba/repetida").status_code == 500
    secreta = f"postgresql+psycopg://xochi:{QUIEN['contrasena']}@127.0.0.1:1/nada"
    caida = create_app(ajustes, motor=make_engine(secreta))
    sin_marca(caida)
    cliente = caida.test_client()
    assert cliente.get("/denuncia/filtro", query_string=QUIEN).status_code == 200
    assert cliente.post("/seguimiento", data={"folio": CANARIO, "clave": QUIEN["clave"]}).status_code == 503
    huey: Any = worker.crear(caida.extensions["denuncias"].obra)
    huey.latir()
    huey.execute(huey.dequeue())
    eventos = oido.eventos()
    assert eventos["error_inesperado"][0]["tipo"] == "IntegrityError"
    assert eventos["base_no_responde"]
    (roto,) = eventos["el barrido no terminó"]
    assert (roto["tipo"], roto["origen"]) == ("OperationalError", "workflow.worker")
    assert any("worker.py" in paso for paso in roto["camino"])


@pytest.mark.una_base("sqlite")
def test_lo_que_falla_en_el_trabajador(app: Flask, oido: Oido, monkeypatch: pytest.MonkeyPatch) -> None:
    oficina = Oficina(app)

    def rechaza(*_: object) -> None:
        raise smtplib.SMTPRecipientsRefused({QUIEN["correo"]: (550, QUIEN["nombre"].encode())})

    obra = app.extensions["denuncias"].obra
    monkeypatch.setattr(type(obra.servicios.correo), "enviar", rechaza)
    with oficina.ctx() as ctx:
        datos = {"usuario_id": oficina.usuario("ana.trejo").id, "asunto": CANARIO, "folio": "DEN-1"}
        ctx.session.add(Salida(tipo="correo", clave="x", datos=datos, creada_en=ctx.now, proxima_en=ctx.now))
        ctx.session.commit()
    worker.barrer(obra)
    eventos = oido.eventos()
    assert any("SMTPRecipientsRefused" in evento for evento in eventos)


def test_lo_que_dicen_las_bibliotecas(app_sin_base: Flask, oido: Oido) -> None:
    """A server quotes the address, a pool the statement: their sentence is told without its values."""
    try:
        raise IntegrityError(CANARIO, {"c": CANARIO}, Exception(CANARIO))
    except IntegrityError:
        for nombre in ("gunicorn.error", "huey.consumer", "sqlalchemy.pool.impl", "waitress", "werkzeug"):
            biblioteca = logging.getLogger(nombre)
            for nivel in (logging.DEBUG, logging.WARNING, logging.ERROR, logging.CRITICAL):
                biblioteca.log(
                    nivel, "Error handling request %s", CANARIO, exc_info=True, extra={"x": CANARIO}
                )
    logging.getLogger("gunicorn.error").info("Listening at: %s (%s)", "http://127.0.0.1:8000", 7)
    imposible = logging.LogRecord("workflow.x", logging.ERROR, "", 1, "%d of %d", (CANARIO,), None)
    registro.Renglones().handle(imposible)
    eventos = oido.eventos()
    dicho = eventos["Error handling request %s"]
    assert {d["tipo"] for d in dicho} == {"IntegrityError"}
    assert {d["level"] for d in dicho} >= {"warning", "error", "critical"}
    assert "Listening at: http://127.0.0.1:8000 (7)" in eventos


def test_lo_que_nadie_atiende(oido: Oido, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the door of a server, what escapes is a line, in the main thread and in any other."""
    monkeypatch.setattr("sys.excepthook", None)
    monkeypatch.setattr(threading, "excepthook", None)
    registro.sin_rastros()

    def falla() -> None:
        raise ValueError(CANARIO)

    hilo = threading.Thread(target=falla)
    hilo.start()
    hilo.join()
    sys.excepthook(ValueError, ValueError(CANARIO), None)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    de_hilo, principal = oido.eventos()["error_sin_atender"]
    assert (de_hilo["tipo"], principal["tipo"]) == ("ValueError", "ValueError")
    assert any("falla" in paso for paso in de_hilo["camino"])
