"""The committee's pages: convene, vote once and in secret, capture, close, cancel; who was excused knows nothing."""

from __future__ import annotations

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import Engine, select

from models.comite import EstadoSesion, Sesion, Voto
from models.documento import Documento
from models.proceso import Tarea
from tests.web.mesa import RAZONES, Mesa, contando, denuncias, manda, montar
from tests.web.publico import Persona

PATRON = "Maquilados y Acabados del Bajío"


@pytest.fixture
def mesa(app: Flask) -> Mesa:
    """A session whose first matter can be voted."""
    return montar(app)


def votos(mesa: Mesa) -> list[Voto]:
    with mesa.oficina.ctx() as ctx:
        return list(ctx.session.scalars(select(Voto).order_by(Voto.id)))


def votar(p: Persona, mesa: Mesa, voto: str, razon: str = "", paso: str = "emitir") -> None:
    """Review and cast, as the two pages do."""
    p.ir(mesa.sala)
    manda(p, mesa.sala + "/voto", voto=voto, razon=razon, paso="revisar")
    if paso == "emitir":
        manda(p, mesa.sala + "/voto", paso="emitir")


def test_sala_muestra_el_asunto_sin_identidad(mesa: Mesa) -> None:
    p = mesa.oficina.entra("hector.rios")
    p.ir(mesa.sala)
    assert p.pagina.status_code == 200
    assert f"Visita domiciliaria a {PATRON}" in p.texto
    assert "aprobar como se propone" in p.texto
    assert RAZONES in p.texto
    assert "Por qué tiene" in p.texto
    assert "Han votado 0 de 6" in p.texto


def test_voto_se_revisa_se_emite_y_deja_constancia(mesa: Mesa) -> None:
    p = mesa.oficina.entra("hector.rios")
    votar(p, mesa, "en_contra", "Hay un convenio vigente.", paso="revisar")
    assert "Revisa el voto antes de emitirlo" in p.texto
    assert votos(mesa) == []
    manda(p, mesa.sala + "/voto", paso="emitir")
    (voto,) = votos(mesa)
    assert voto.sentido == "en_contra"
    assert voto.capturado_por is None
    assert f"Voto registrado {mesa_hora(mesa, voto)}, constancia {voto.constancia[:4]}" in p.texto
    assert "Han votado 1 de 6" in p.texto


def mesa_hora(mesa: Mesa, voto: Voto) -> str:
    return f"{voto.emitido_en.astimezone(mesa.guion.zona):%H:%M:%S}"


def test_razon_obligatoria_en_contra(mesa: Mesa) -> None:
    p = mesa.oficina.entra("hector.rios")
    votar(p, mesa, "en_contra", paso="revisar")
    assert p.pagina.status_code == 422
    assert p.errores == {"razon": "Escribe la razón de tu voto."}
    manda(p, mesa.sala + "/voto", voto="", razon="", paso="revisar")
    assert p.errores == {"voto": "Elige a favor, en contra o abstención."}
    assert votos(mesa) == []


def test_segundo_voto(mesa: Mesa) -> None:
    p = mesa.oficina.entra("hector.rios")
    votar(p, mesa, "a_favor", paso="revisar")
    pagina = p.pagina
    manda(p, mesa.sala + "/voto", paso="emitir")
    p.pagina = pagina
    manda(p, mesa.sala + "/voto", paso="emitir")
    assert p.pagina.status_code == 409
    assert "Usted ya votó este asunto." in p.texto
    assert len(votos(mesa)) == 1


def test_voto_tarde(mesa: Mesa) -> None:
    p = mesa.oficina.entra("hector.rios")
    votar(p, mesa, "a_favor", paso="revisar")
    mesa.votar(0)
    with mesa.oficina.ctx() as ctx:
        for tarea in ctx.session.scalars(select(Tarea).where(Tarea.nodo == "emitir_voto")):
            tarea.estado = "cancelada"
        ctx.session.commit()
    manda(p, mesa.sala + "/voto", paso="emitir")
    assert p.pagina.status_code == 409
    assert "La votación ya se cerró: tu voto no se registró." in p.texto


def test_nadie_vota_por_otro(mesa: Mesa) -> None:
    """The task of another seat, sent by hand."""
    ajena = next(t for t in mesa.oficina.tareas("emitir_voto") if t.item == str(mesa.sesiones.votan[0].id))
    p = mesa.oficina.entra("hector.rios")
    p.ir(mesa.sala)
    manda(p, mesa.sala + "/voto", tarea=str(ajena.id), voto="a_favor", paso="emitir")
    assert p.pagina.status_code == 409
    assert votos(mesa) == []


def test_antes_del_cierre_nadie_sabe_como(mesa: Mesa) -> None:
    mesa.votar(1, "en_contra", razon="Una razón que nadie debe leer.")
    for quien in ("sergio.luna", "rosa.medina", "pablo.cortes", "julia.nieto"):
        p = mesa.oficina.entra(quien)
        for camino in ("/sala", "/sala/estado", "/pantalla", ""):
            texto = p.ir(f"/comite/{mesa.folio}{camino}").text
            assert "que nadie debe leer" not in texto
            assert "1 a 0" not in texto
            assert "0 a 1" not in texto
    p = mesa.oficina.entra("pablo.cortes")
    assert "Han votado 1 de 6" in (p.ir(mesa.sala) and p.texto)
    with mesa.oficina.ctx() as ctx:
        papel = ctx.session.scalars(select(Documento).where(Documento.tipo == "constancia_voto")).one()
    assert p.ir(f"/documento/{papel.id}").status_code == 404


def test_al_cerrar_se_ve_el_voto_de_cada_quien(mesa: Mesa) -> None:
    for lugar in range(5):
        mesa.votar(lugar)
    p = mesa.oficina.entra("norma.vega")
    votar(p, mesa, "en_contra", "Conviene gabinete.")
    assert "Aprobada, 5 a 1" in p.texto
    assert "Conviene gabinete." in p.texto
    assert "Voto registrado" in p.texto


def test_secretaria_captura_el_voto_de_quien_esta(mesa: Mesa) -> None:
    p = mesa.oficina.entra("sergio.luna")
    p.ir(mesa.sala)
    tarea = next(t for t in mesa.oficina.tareas("emitir_voto") if t.item == str(mesa.sesiones.votan[5].id))
    p.ir(f"{mesa.sala}/captura/{tarea.id}")
    assert "Norma Vega Salinas" in p.texto
    manda(p, mesa.sala + "/voto", voto="a_favor", paso="revisar")
    manda(p, mesa.sala + "/voto", paso="emitir")
    (voto,) = votos(mesa)
    assert voto.usuario_id == mesa.oficina.usuario("norma.vega").id
    assert voto.capturado_por == mesa.oficina.usuario("sergio.luna").id
    assert "Quedó capturado el voto de Supervisión de Auditoría" in p.texto


def test_solo_la_secretaria_captura(mesa: Mesa) -> None:
    tarea = mesa.oficina.tareas("emitir_voto")[0]
    p = mesa.oficina.entra("norma.vega")
    assert p.ir(f"{mesa.sala}/captura/{tarea.id}").status_code == 404
    otra = mesa.oficina.entra("ivan.robles")
    assert otra.ir(f"{mesa.sala}/captura/{tarea.id}").status_code == 404


def test_excusa_y_despues_ni_el_asunto_ni_su_expediente(mesa: Mesa) -> None:
    p = mesa.oficina.entra("julia.nieto")
    assert p.ir(f"/caso/{mesa.propuestas[0]}").status_code == 200
    p.ir(mesa.sala + "/excusa")
    manda(p, mesa.sala + "/voto", motivo_excusa="")
    assert p.errores == {"motivo_excusa": "Escribe el motivo de la excusa."}
    manda(p, mesa.sala + "/voto", motivo_excusa="Es mi familia.", paso="revisar")
    manda(p, mesa.sala + "/voto", paso="emitir")
    assert "No conoces de este asunto" in p.texto
    for camino in (
        mesa.sala,
        mesa.sala + "/estado",
        f"/comite/{mesa.folio}",
        f"/comite/{mesa.folio}/pantalla",
    ):
        texto = p.ir(camino).text
        assert PATRON not in texto
        assert mesa.propuestas[0] not in texto
        assert RAZONES not in texto
    assert p.ir(f"/caso/{mesa.propuestas[0]}").status_code == 404
    assert p.ir(f"/caso/{mesa.propuestas[0]}/proceso").status_code == 404
    otra = mesa.oficina.entra("hector.rios")
    otra.ir(mesa.sala)
    assert "Han votado 0 de 5" in otra.texto
    assert "La excusa no cuenta para el quórum." in otra.texto


def test_cerrar_la_votacion(mesa: Mesa) -> None:
    p = mesa.oficina.entra("sergio.luna")
    p.ir(mesa.sala)
    boton = next(
        b for b in html.fromstring(p.pagina.text).iter("button") if "Cerrar la votación" in b.text_content()
    )
    assert boton.get("disabled") is not None
    assert "Todavía nadie ha votado" in p.texto
    for lugar in range(4):
        mesa.votar(lugar)
    p.ir(mesa.sala + "/cerrar")
    assert "Han votado 4 de 6" in p.texto
    manda(p, mesa.sala + "/cerrar")
    assert p.camino == mesa.sala
    assert "Fijar quién sigue presente" in p.texto
    assert "Conviene" not in p.texto
    assert mesa.oficina.entra("hector.rios").ir(mesa.sala + "/cerrar").status_code == 404


def test_fragmento_pequeno_con_304(mesa: Mesa, motor_bd: Engine) -> None:
    p = mesa.oficina.entra("hector.rios")
    primera = p.ir(mesa.sala + "/estado")
    etiqueta = primera.headers["ETag"]
    assert primera.headers["Cache-Control"] == "private, no-cache"
    assert len(primera.data) < 6000
    with contando(motor_bd) as vistas:
        igual = p.cliente.get(mesa.sala + "/estado", headers={"If-None-Match": etiqueta})
    assert len(vistas) <= 14, vistas
    assert (igual.status_code, igual.data) == (304, b"")
    mesa.votar(0)
    cambiada = p.cliente.get(mesa.sala + "/estado", headers={"If-None-Match": etiqueta})
    assert cambiada.status_code == 200
    assert "Han votado 1 de 6" in cambiada.text


def test_quien_escribe_no_pierde_lo_escrito(mesa: Mesa) -> None:
    """A page whose matter changed is loaded again only where nobody is voting."""
    p = mesa.oficina.entra("hector.rios")
    libre = p.ir(mesa.sala + "/estado?vista=otra&libre=1")
    assert libre.headers["HX-Refresh"] == "true"
    ocupada = p.ir(mesa.sala + "/estado?vista=otra&libre=0")
    assert "HX-Refresh" not in ocupada.headers
    assert "La sala cambió." in ocupada.text


def test_pantalla(mesa: Mesa) -> None:
    mesa.votar(1)
    p = mesa.oficina.entra("sergio.luna")
    p.ir(f"/comite/{mesa.folio}/pantalla")
    assert "Han votado 1 de 6" in p.texto.replace("votado1", "votado 1").replace(
        "Han votado 1", "Han votado 1"
    )
    assert "Votó" in p.texto


def test_sesion_y_acuerdos(mesa: Mesa) -> None:
    p = mesa.oficina.entra("rosa.medina")
    p.ir("/comite")
    assert mesa.folio in p.texto
    assert "Nueva sesión" not in p.texto
    p.ir(f"/comite/{mesa.folio}")
    assert "6 asientos con voto; la mitad hacia abajo, más uno, son 4" in p.texto
    assert "Hay una votación abierta y falta tu voto." in p.texto
    assert p.ir(f"/comite/{mesa.folio}/acta").status_code == 200


@pytest.mark.parametrize("quien", ["lucia.arce", "elsa.duarte", "ana.trejo", "admin"])
def test_ajenos_no_encuentran_la_sesion(mesa: Mesa, quien: str) -> None:
    p = mesa.oficina.entra(quien)
    for camino in ("", "/sala", "/sala/estado", "/pantalla", "/acta", "/cancelar"):
        assert p.ir(f"/comite/{mesa.folio}{camino}").status_code == 404, camino


def test_nueva_sesion_y_cancelarla(mesa: Mesa) -> None:
    p = mesa.oficina.entra("sergio.luna")
    p.ir("/comite")
    manda(p, "/comite/nueva")
    assert "Se abrió la sesión SES-" in p.texto
    assert "Preparar sesión" in p.texto
    assert p.ir(f"{p.camino}/cancelar").status_code == 404
    hoy = mesa.guion.hasta
    with mesa.oficina.ctx() as ctx:
        nueva = ctx.session.scalars(select(Sesion).order_by(Sesion.id.desc()).limit(1)).one()
        nueva.estado, nueva.fecha_hora = EstadoSesion.CONVOCADA, hoy
        ctx.session.commit()
    p.ir(f"/comite/{nueva.folio}/cancelar")
    manda(p, p.camino, motivo="corto")
    assert p.errores == {"motivo": "Escribe el motivo (diez letras o más)."}
    manda(p, p.camino, motivo="No hay sala disponible ese día.")
    assert "La sesión se canceló" in p.texto


def test_nueva_sesion_solo_de_su_comite(mesa: Mesa) -> None:
    p = mesa.oficina.entra("ivan.robles")
    p.ir("/comite")
    manda(p, "/comite/nueva", comite=str(mesa.sesiones.comite_id))
    assert p.pagina.status_code == 404
    p.ir("/comite")
    manda(p, "/comite/nueva", comite="x")
    assert p.pagina.status_code == 400


def test_consultas_fijas(mesa: Mesa, motor_bd: Engine) -> None:
    """The room asks the database as often with no vote as with five."""
    p = mesa.oficina.entra("norma.vega")
    p.ir(mesa.sala)
    caminos = (mesa.sala, f"/comite/{mesa.folio}", "/comite")
    antes = [cuantas(p, motor_bd, camino) for camino in caminos]
    for lugar in range(5):
        mesa.votar(lugar)
    denuncias(mesa.oficina, 12)
    assert [cuantas(p, motor_bd, camino) for camino in caminos] == antes
    assert max(antes) <= 34


def cuantas(p: Persona, motor: Engine, camino: str) -> int:
    with contando(motor) as vistas:
        assert p.ir(camino).status_code == 200
    return len(vistas)


def test_el_pulso_cambia_con_todo_lo_que_se_ve(mesa: Mesa) -> None:
    """A vote, a departure, an excuse: each is a new digest for who waits."""
    p = mesa.oficina.entra("hector.rios")
    vistos = [p.ir(mesa.sala + "/estado").headers["ETag"]]
    mesa.votar(0)
    vistos.append(p.ir(mesa.sala + "/estado").headers["ETag"])
    with mesa.oficina.ctx() as ctx:
        fila = ctx.session.get_one(Sesion, mesa.sesion_id)
        salio = next(a for a in fila.asistencias if a.asiento_id == mesa.sesiones.votan[4].id)
        salio.presente = False
        ctx.session.commit()
    vistos.append(p.ir(mesa.sala + "/estado").headers["ETag"])
    mesa.sesiones._votar(
        mesa.asunto(), mesa.sesiones.votan[1], {"excusa": True, "motivo_excusa": "Es mi familia."}
    )
    vistos.append(p.ir(mesa.sala + "/estado").headers["ETag"])
    assert len(set(vistos)) == 4
    assert p.ir(f"/comite/{mesa.folio}/pantalla").headers["ETag"] == vistos[-1]
