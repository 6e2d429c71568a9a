"""Who is behind a cookie, in whose place she acts, and when her session is over."""

from __future__ import annotations

import datetime as dt

import pytest
from cryptography.fernet import Fernet
from flask import Flask, request, session
from flask_login import current_user, login_user
from sqlalchemy.orm import Session

from models.organizacion import Ausencia, Ooad, Rol, Subdelegacion, Usuario, UsuarioRol
from web import create_app
from web.config import ConfiguracionInvalida, cargar
from web.ctx import actor_de, contexto
from web.cuenta import Cuenta, cuenta_de


@pytest.fixture
def ana(sesion: Session) -> Usuario:
    """An analyst of a subdelegación."""
    ooad = Ooad(clave="P-OOAD", nombre="OOAD de prueba")
    sesion.add(ooad)
    sesion.flush()
    sub = Subdelegacion(clave="P-SUB", nombre="Subdelegación de prueba", ooad_id=ooad.id)
    sesion.add(sub)
    sesion.flush()
    ana = Usuario(correo="ana@example.mx", nombre="Ana", clave_hash="x", subdelegacion_id=sub.id)
    ana.roles = [UsuarioRol(rol=Rol.ANALISTA_AUDITORIA)]
    sesion.add(ana)
    sesion.commit()
    return ana


def test_la_cookie_nombra_cuenta_y_serie(ana: Usuario, sesion: Session) -> None:
    cuenta = cuenta_de(sesion, f"{ana.id}.1")
    assert cuenta is not None
    assert cuenta.get_id() == f"{ana.id}.1"
    assert cuenta.roles == {"analista_auditoria"}


@pytest.mark.parametrize("texto", ["", "1", "x.1", "1.x", "-1.1", "999999.1", "{id}.2", "{id}.1.1", "²."])
def test_cookies_que_no_valen(texto: str, ana: Usuario, sesion: Session) -> None:
    assert cuenta_de(sesion, texto.replace("{id}", str(ana.id))) is None


def test_una_cuenta_cerrada_no_entra(ana: Usuario, sesion: Session) -> None:
    ana.activo = False
    sesion.commit()
    assert cuenta_de(sesion, f"{ana.id}.1") is None


def test_quien_suple_actua_por_quien_falta(ana: Usuario, sesion: Session) -> None:
    titular = Usuario(correo="t@example.mx", nombre="Titular", clave_hash="x")
    sesion.add(titular)
    sesion.flush()
    desde, hasta = dt.date(2026, 11, 16), dt.date(2026, 11, 20)
    sesion.add(Ausencia(usuario_id=titular.id, suplente_id=ana.id, desde=desde, hasta=hasta))
    sesion.commit()
    for dia, suplidos in [(desde, {titular.id}), (hasta, {titular.id}), (dt.date(2026, 11, 21), set())]:
        assert actor_de(sesion, ana, dia).suplencias == suplidos
    actor = actor_de(sesion, ana, desde)
    assert (actor.tipo, actor.subdelegacion_id, actor.ooad_id) == (
        "persona",
        ana.subdelegacion_id,
        ana.subdelegacion.ooad_id,
    )


@pytest.fixture
def espejo(app: Flask) -> Flask:
    """Pages that say who acts."""
    app.config["WTF_CSRF_ENABLED"] = False

    @app.post("/prueba/entrar/<int:usuario_id>")
    def entrar(usuario_id: int) -> str:
        usuario = contexto().session.get(Usuario, usuario_id)
        assert usuario is not None
        login_user(Cuenta(usuario))
        return "x"

    @app.post("/prueba/buzon/<int:denuncia_id>")
    def buzon(denuncia_id: int) -> str:
        session["buzon"] = denuncia_id
        return "x"

    @app.get("/prueba/quien")
    def quien() -> dict[str, object]:
        actor = contexto().actor
        return {
            "tipo": actor.tipo,
            "usuario": actor.usuario_id,
            "denuncia": actor.denuncia_id,
            "hay": current_user.is_authenticated,
            "metodo": request.method,
        }

    return app


def test_actores_de_una_peticion(espejo: Flask, ana: Usuario, sesion: Session) -> None:
    ana_id, cliente = ana.id, espejo.test_client()
    sesion.rollback()
    assert cliente.get("/prueba/quien").json["tipo"] == "denunciante"
    cliente.post("/prueba/buzon/7")
    assert cliente.get("/prueba/quien").json["denuncia"] == 7
    cliente.post(f"/prueba/entrar/{ana_id}")
    quien = cliente.get("/prueba/quien").json
    assert (quien["tipo"], quien["usuario"], quien["denuncia"]) == ("persona", ana_id, None)


def test_subir_la_serie_cierra_las_sesiones_abiertas(espejo: Flask, ana: Usuario, sesion: Session) -> None:
    ana_id, cliente = ana.id, espejo.test_client()
    sesion.rollback()
    cliente.post(f"/prueba/entrar/{ana_id}")
    assert cliente.get("/prueba/quien").json["hay"]
    ana = sesion.get_one(Usuario, ana_id)
    ana.sesion_serie += 1
    sesion.commit()
    assert not cliente.get("/prueba/quien").json["hay"]


def test_en_la_linea_de_ordenes_actua_el_sistema(app: Flask) -> None:
    with app.app_context():
        assert contexto().actor.tipo == "sistema"
        assert contexto() is contexto()


def test_produccion_no_sirve_usuarios_de_demostracion(
    ana: Usuario, sesion: Session, motor_bd, monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    ajustes = cargar(
        {
            "MODO": "produccion",
            "SECRET_KEY": "n8Zq3-Vb7Lr0wXk5Tj2Yc9Hs4Pd6Gf1Am",
            "CLAVES_CIFRADO": Fernet.generate_key().decode(),
        },
        var=tmp_path,
    )
    create_app(ajustes, motor=motor_bd)
    ana.es_demo = True
    sesion.commit()
    with pytest.raises(ConfiguracionInvalida, match="demo borrar"):
        create_app(ajustes, motor=motor_bd)
    monkeypatch.setenv("FLASK_RUN_FROM_CLI", "true")
    create_app(ajustes, motor=motor_bd)  # the command that removes them must still run
