"""What a hostile or clumsy hand sends to the pages: never a 500, never half a thing, never lost words."""

from __future__ import annotations

import io
import json
import threading
from typing import Any

import psycopg
import pytest
from flask import Flask
from sqlalchemy import Engine, event, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from models.denuncia import AccesoBuzon
from models.plazo import Suspension
from models.proceso import EstadoTarea
from tests.web.personal import Oficina, apretar, campos_de, enviar
from tests.web.publico import Persona, abrir_buzon, fecha, foto, presentar_directo
from workflow.actions import buzon
from workflow.actions.acceso import FALLOS_MAXIMOS
from workflow.errors import CredencialInvalida, DemasiadosIntentos

HOSTIL = (
    '<script>alert(1)</script>\'"><img src=x onerror=alert(2)>{{7*7}} #import "x"; DROP TABLE denuncia;--'
)
INCOMPLETA = {
    "calificacion": "incompleta",
    "faltantes": ["lugar"],
    "mensaje": "¿Dónde <está>?",
    "motivo": "Falta.",
}
ADMITIDA = {"calificacion": "admitida", "motivos": ["salario_menor"]}
SIN_TEXTO = ["\x00", "²", "١", "-1", "9" * 30, "9" * 5000, "' OR 1=1--", "\u202e", "😀", "1e400"]


@pytest.fixture
def oficina(app: Flask) -> Oficina:
    """León and Irapuato."""
    return Oficina(app)


@pytest.fixture
def caso(oficina: Oficina) -> tuple[int, int]:
    """A denuncia with Ana: (denuncia, task to qualify)."""
    return oficina.asignada(nombre_patron=HOSTIL[:100], relato=HOSTIL, puesto=HOSTIL[:60])


# -- addresses -------------------------------------------------------------------------------------------
IDS = [
    "0",
    "-1",
    "2147483648",
    "9223372036854775808",
    "1" + "0" * 30,
    "1" * 5000,
    "²",
    "١",
    "%00",
    "1.5",
    "😀",
]
FOLIOS = ["DEN-2026-%00-1", "' OR '1'='1", "A" * 3000, "²", "..%2f..%2fetc", "%ff", "<script>"]


def test_ninguna_direccion_es_un_500(oficina: Oficina, caso: tuple[int, int]) -> None:
    p = oficina.entra("jose.cazares")
    caminos = [f"/{base}/{n}" for base in ("tarea", "documento") for n in IDS]
    caminos += [
        f"/tarea/{n}/{hoja}" for n in IDS for hoja in ("identidad", "posponer", "devolver", "asignar")
    ]
    caminos += [
        f"/caso/{f}{hoja}" for f in FOLIOS for hoja in ("", "/linea", "/proceso/x", "/plazo/" + IDS[4])
    ]
    caminos += [f"/comite/{f}{hoja}" for f in FOLIOS for hoja in ("", "/sala", "/sala/estado", "/pantalla")]
    caminos += [f"/verificar/{f}" for f in FOLIOS]
    vistos = {camino[:60]: p.cliente.get(camino).status_code for camino in caminos}
    # Behind a `/` there is nothing to find; /verificar says so in a page of its own.
    assert {c: v for c, v in vistos.items() if v not in (200, 400, 404)} == {}
    assert {c: v for c, v in vistos.items() if v == 200 and not c.startswith("/verificar")} == {}


PREGUNTAS = {
    "/casos": ("q", "pagina", "unidad"),
    "/bandeja": ("q", "pestana", "desde"),
    "/bandeja/novedades": ("t",),
    "/entrar": ("siguiente",),
    "/verificar": ("folio",),
}


def test_ninguna_pregunta_es_un_500(oficina: Oficina) -> None:
    p = oficina.entra("jose.cazares")
    for camino, nombre, valor in ((c, n, v) for c, ns in PREGUNTAS.items() for n in ns for v in SIN_TEXTO):
        r = p.cliente.get(camino, query_string={nombre: valor})
        esperado = {400} if "\x00" in valor else {200, 204, 302, 303, 404}
        assert r.status_code in esperado, (camino, nombre)
        assert "Content-Security-Policy" in r.headers


def test_verbos_anfitrion_y_cabeceras(app: Flask) -> None:
    c = app.test_client()
    for verbo in ("TRACE", "PUT", "DELETE", "PATCH", "INVENTADO"):
        r = c.open("/entrar", method=verbo)
        assert (r.status_code, "GET" in r.headers["Allow"]) == (405, True)
    assert c.head("/entrar").status_code == 200
    cabezas = {"Host": "malo.example", "X-Forwarded-Host": "malo.example", "X-Request-ID": "puesto-por-fuera"}
    r = c.get("/bandeja", headers=cabezas)
    assert r.headers["Location"] == "/entrar?siguiente=/bandeja"
    assert r.headers["X-Request-ID"] != "puesto-por-fuera"
    for camino in ("/", "/entrar", "/denuncia/motivos", "/seguimiento", "/verificar"):
        assert c.get(camino).headers["Cache-Control"] == "no-store", camino


# -- forms of the staff ----------------------------------------------------------------------------------
def test_una_version_que_no_lo_es_es_un_conflicto(oficina: Oficina, caso: tuple[int, int]) -> None:
    p = oficina.entra("ana.trejo")
    for version in ("", "-1", "x", "²", "9" * 6000, "1e3", None):
        enviar(p, caso[1], version=version, **ADMITIDA)
        assert p.pagina.status_code == 409, version
    assert oficina.tarea(caso[1]).estado == EstadoTarea.ABIERTA


def test_lo_hostil_se_queda_en_texto(oficina: Oficina, caso: tuple[int, int]) -> None:
    p = oficina.entra("ana.trejo")
    enviar(
        p, caso[1], calificacion="incompleta", faltantes=["lugar"], mensaje=HOSTIL, motivo=HOSTIL, de_mas="x"
    )
    folio = oficina.tarea(caso[1]).folio
    visto = ""
    for camino in (f"/tarea/{caso[1]}", f"/caso/{folio}", f"/caso/{folio}/linea", "/bandeja?pestana=hechas"):
        visto += p.ir(camino).text
    assert "&lt;script&gt;alert(1)" in visto
    for prohibido in ("<script>alert(1)", "<img src=x", "49 #import"):
        assert prohibido not in visto


def test_un_renglon_del_fin_del_mundo_y_diez_megas(oficina: Oficina, caso: tuple[int, int]) -> None:
    p = oficina.entra("ana.trejo")
    enviar(p, caso[1], "guardar", **{"hechos-1000000000-motivo": "x", "hechos-filas": "1000000000"})
    assert p.pagina.status_code == 200
    enviar(p, caso[1], "guardar", motivo="x" * 10_000_000)
    assert p.pagina.status_code == 413
    assert "demasiado grande" in p.texto
    p.pagina.request.environ["wsgi.input"].close()  # a large body waits in a temporary file


VENENOS = [
    "[" * 100_000,
    json.dumps({"motivo": "\ud800", "mensaje": "\x00"}),
    json.dumps({"motivo": [[[["x"]]]], "motivos": {"a": {"b": {"c": {"d": 1}}}}}),
    json.dumps({"motivo": 10**30, "motivos": [10**30]}),
    '{"motivo": NaN, "mensaje": 1e999}',
]


def test_una_eleccion_envenenada_no_deja_la_tarea_sin_pagina(oficina: Oficina, caso: tuple[int, int]) -> None:
    p = oficina.entra("ana.trejo")
    for mio in VENENOS:
        p.ir(f"/tarea/{caso[1]}")
        datos: dict[str, Any] = {"csrf_token": campos_de(p)["csrf_token"], "mio": mio}
        datos |= {f"elige-{c}": "mio" for c in ("motivo", "mensaje", "motivos")}
        for version in (campos_de(p)["version"][0], "0"):
            r = p.cliente.post(f"/tarea/{caso[1]}/conflicto", data={**datos, "version": version})
            assert r.status_code in (303, 409)
            assert p.ir(f"/tarea/{caso[1]}").status_code == 200


def test_numeros_que_no_son_de_nadie(oficina: Oficina, caso: tuple[int, int]) -> None:
    jefe, secretaria = oficina.entra("jose.cazares"), oficina.entra("sergio.luna")
    nadie = Persona(oficina.app.test_client())
    nadie.ir("/entrar")
    envios = [
        (jefe, f"/tarea/{caso[1]}/asignar", "usuario", _ficha(jefe)),
        (secretaria, "/comite/nueva", "comite", _ficha(secretaria)),
        (nadie, "/entrar/demo", "usuario", nadie.valores()["csrf_token"]),
    ]
    for p, camino, campo, ficha in envios:
        for valor in ("²", "-1", "9" * 30, "2147483648", "x"):
            r = p.cliente.post(camino, data={"csrf_token": ficha, campo: valor})
            assert r.status_code in (400, 404, 422), (camino, valor)


def _ficha(p: Persona) -> str:
    p.ir("/bandeja")
    return str(p.pagina.text.split('name="csrf_token" value="')[1].split('"')[0])


def test_una_pausa_no_empieza_antes_que_el_caso(oficina: Oficina, caso: tuple[int, int]) -> None:
    jefe, folio = oficina.entra("jose.cazares"), oficina.tarea(caso[1]).folio
    datos = {"csrf_token": _ficha(jefe), "causal": "huelga", "cita": ""}
    for desde in ("0001-01-01", "1900-01-01", "2024-02-29", "9999-12-31", "10000-01-01", "2026-02-31", "²"):
        r = jefe.cliente.post(f"/caso/{folio}/pausar", data={**datos, "desde": desde})
        assert r.status_code == 422, desde
    with oficina.ctx() as ctx:
        assert ctx.session.scalars(select(Suspension)).all() == []


def test_sin_ficha_no_se_hace_nada(oficina: Oficina, caso: tuple[int, int]) -> None:
    p = oficina.entra("ana.trejo")
    r = p.cliente.post(f"/tarea/{caso[1]}", data={"_accion": "completar", "version": "1", **ADMITIDA})
    assert r.status_code == 400
    assert oficina.tarea(caso[1]).estado == EstadoTarea.ABIERTA


# -- the database goes away ------------------------------------------------------------------------------
def _matar_al_guardar(motor: Engine, veces: int = 1) -> Any:
    """The next `veces` commits find that the server closed the connection, just before they are sent."""
    quedan = [veces]

    def antes(sesion: Session) -> None:
        if not quedan[0]:
            return
        quedan[0] -= 1
        if motor.dialect.name == "sqlite":
            raise OperationalError("COMMIT", {}, Exception("disk I/O error"))
        crudo = sesion.connection().connection.dbapi_connection
        assert isinstance(crudo, psycopg.Connection)
        with motor.connect() as otra:
            otra.exec_driver_sql(f"SELECT pg_terminate_backend({crudo.info.backend_pid}, 2000)")

    event.listen(Session, "before_commit", antes)
    return antes


def test_si_la_base_se_cae_al_guardar_nada_cambia_y_nada_se_pierde(
    oficina: Oficina, caso: tuple[int, int], motor_bd: Engine
) -> None:
    p = oficina.entra("ana.trejo")
    p.ir(f"/tarea/{caso[1]}")
    antes = oficina.tarea(caso[1])
    oyente = _matar_al_guardar(motor_bd)
    try:
        apretar(p, **INCOMPLETA)
    finally:
        event.remove(Session, "before_commit", oyente)
    assert p.pagina.status_code == 503
    assert "no está disponible" in p.texto
    ahora = oficina.tarea(caso[1])
    assert (ahora.estado, ahora.version) == (EstadoTarea.ABIERTA, antes.version)
    p.enviar(a=f"/tarea/{caso[1]}")  # the page carries what was written, and sends it again
    assert p.pagina.status_code == 200, p.texto
    hecha = oficina.tarea(caso[1])
    assert hecha.estado == EstadoTarea.HECHA
    assert hecha.respuesta["mensaje"] == INCOMPLETA["mensaje"]


def test_lo_secreto_no_vuelve_en_la_pagina_del_error(app: Flask, motor_bd: Engine) -> None:
    p = Persona(app.test_client())
    p.ir("/entrar")
    oyente = _matar_al_guardar(motor_bd)
    try:
        p.enviar(correo="ana@example.mx", contrasena="secreto muy secreto")
    finally:
        event.remove(Session, "before_commit", oyente)
    assert p.pagina.status_code == 503
    assert "secreto muy secreto" not in p.pagina.text


# -- brute force -----------------------------------------------------------------------------------------
def test_una_cuenta_que_no_existe_espera_igual(app: Flask) -> None:
    """Who tries addresses does not learn which of them exist."""
    p = Persona(app.test_client())
    p.ir("/entrar")
    for n in range(FALLOS_MAXIMOS + 1):
        p.enviar(correo="nadie@example.mx", contrasena="mala mala mala")
        assert p.pagina.status_code == (422 if n < FALLOS_MAXIMOS - 1 else 429)
    assert "Podrás volver a intentarlo a las" in p.errores["correo"]


def test_los_intentos_simultaneos_cuentan_todos(oficina: Oficina) -> None:
    """Also the very first ones, which nobody has counted before."""
    salida: list[str] = []
    barrera = threading.Barrier(4)

    def probar() -> None:
        with oficina.ctx() as ctx:
            barrera.wait()
            try:
                buzon.entrar(ctx, "DEN-2026-000099-1", "0" * 16, "origen")
            except (CredencialInvalida, DemasiadosIntentos) as e:
                salida.append(type(e).__name__)
            except Exception as e:
                salida.append(repr(e))

    hilos = [threading.Thread(target=probar) for _ in range(4)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(60)
    assert salida == ["CredencialInvalida"] * 4
    with oficina.ctx() as ctx:
        assert [f.fallos for f in ctx.session.scalars(select(AccesoBuzon))] == [4, 4]


def test_un_folio_ajeno_uno_inventado_y_uno_hostil_contestan_igual(app: Flask, oficina: Oficina) -> None:
    folio, _, _ = presentar_directo(app)
    vistos = set()
    for escrito in (folio, "DEN-2026-999999-9", "' OR '1'='1", "\u202e😀"):
        p = Persona(app.test_client())
        p.ir("/seguimiento")
        p.enviar(folio=escrito, clave="1234567890123456")
        vistos.add((p.pagina.status_code, p.errores["folio"], "Podrás" in p.texto))
    assert len(vistos) == 1


# -- the public door -------------------------------------------------------------------------------------
FECHAS = [("1", mes, "2024") for mes in ("²", "9" * 5000, "13", "-1", "1e1", "fe\x01b")]
FECHAS += [("1", "2", anio) for anio in ("0001", "9999", "10000", "٢٠٢٤", "-24")]
FECHAS += [("31", "2", "2024"), ("²", "2", "2024"), ("0", "2", "2024")]
MONTOS = ("-5", "0", "0.001", "1E-99999", "NaN", "Infinity", "1e400", "9" * 50, "²")


def test_fechas_y_salarios_que_no_pueden_ser(persona: Persona) -> None:
    persona.ir("/denuncia/filtro")
    persona.enviar(asunto="imss", sigue_trabajando="si")
    persona.enviar(motivos=["salario_menor"])
    for partes in FECHAS:
        persona.ir("/denuncia/fechas")
        persona.enviar(**fecha("fecha_inicio", *partes))
        assert persona.errores["fecha_inicio"], partes
    for monto in MONTOS:
        persona.ir("/denuncia/salario")
        persona.enviar(salario_monto=monto, salario_periodo="semana", forma_pago="mixto")
        assert persona.errores["salario_monto"], monto


MALOS = {
    "bomba.png": None,
    "dibujo.svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "pagina.jpg": b"<html><script>alert(1)</script></html>",
    "vacio.jpg": b"",
    "programa.pdf": b"MZ%PDF-1.4",
    "grande.pdf": b"%PDF-1.4\n" + b"0" * 30_000_000,
}


def test_archivos_hostiles_en_el_buzon(app: Flask, oficina: Oficina) -> None:
    from PIL import Image

    bomba = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(bomba, "PNG")
    _, _, denuncia_id = presentar_directo(app)
    p = Persona(app.test_client())
    abrir_buzon(p, denuncia_id)
    for nombre, datos in MALOS.items():
        p.ir("/seguimiento/caso/evidencia")
        p.enviar(texto="x", archivos=(io.BytesIO(bomba.getvalue() if datos is None else datos), nombre))
        assert p.pagina.status_code == 422, nombre
    p.ir("/seguimiento/caso/evidencia")
    p.enviar(texto="x", archivos=[(io.BytesIO(foto()), f"{n}.jpg") for n in range(40)])
    assert p.pagina.status_code == 422
    for nombre in ("../../x", "CON", "a" * 300, "\u202egpj.exe", "<img src=x onerror=alert(2)>.jpg"):
        p.ir("/seguimiento/caso/evidencia")
        p.enviar(texto="x", archivos=(io.BytesIO(foto()), nombre))
        assert p.pagina.status_code == 200, nombre
        assert "<img src=x" not in p.pagina.text
