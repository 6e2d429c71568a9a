"""The case file: who opens it, what each page says, what it never says, and how often it asks the database."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import Engine, select

from models.denuncia import CausaCierre, Denuncia, EstadoDenuncia
from models.documento import Documento, OrigenDocumento
from models.organizacion import Usuario
from models.patron import Patron
from models.plazo import Plazo, Suspension
from tests.web.mesa import contando, denuncias, manda, propuesta
from tests.web.personal import Oficina, enviar
from tests.web.publico import CURP, NSS, Persona, foto
from workflow.actions.denuncia import abrir_identidad
from workflow.context import Actor

PARTES = ("", "/linea", "/documentos", "/proceso", "/plazos", "/relacionados")


@pytest.fixture
def oficina(app: Flask) -> Oficina:
    """Two subdelegaciones at work."""
    return Oficina(app)


def folio_de(oficina: Oficina, denuncia_id: int) -> str:
    with oficina.ctx() as ctx:
        return ctx.session.get_one(Denuncia, denuncia_id).folio


def filas(oficina: Oficina, modelo: Any, *donde: Any) -> list[Any]:
    with oficina.ctx() as ctx:
        return list(ctx.session.scalars(select(modelo).where(*donde).order_by(modelo.id)))


@pytest.fixture
def caso(oficina: Oficina) -> tuple[Oficina, str, int]:
    """A denuncia assigned to Ana: (office, folio, id)."""
    denuncia_id, _ = oficina.asignada()
    return oficina, folio_de(oficina, denuncia_id), denuncia_id


# -- who opens it ------------------------------------------------------------------------------------
def test_todas_sus_paginas(caso: tuple[Oficina, str, int]) -> None:
    oficina, folio, _ = caso
    for quien in ("jose.cazares", "ana.trejo", "felix.orozco"):
        p = oficina.entra(quien)
        for parte in PARTES:
            assert p.ir(f"/caso/{folio}{parte}").status_code == 200, (quien, parte)
            assert folio in p.texto


@pytest.mark.parametrize(
    "quien", ["raul.ibarra", "bruno.salas", "hector.rios", "admin", "revisor", "rosa.medina"]
)
def test_para_los_demas_no_existe(caso: tuple[Oficina, str, int], quien: str) -> None:
    oficina, folio, _ = caso
    p = oficina.entra(quien)
    for parte in (*PARTES, "/accesos", "/pausa"):
        assert p.ir(f"/caso/{folio}{parte}").status_code == 404, parte


@pytest.mark.parametrize(
    "folio", ["DEN-2026-999999-9", "XXX-2026-000001-7", "DEN", "' OR 1=1 --", "PRO-2026-000001-7"]
)
def test_folio_que_no_existe(oficina: Oficina, folio: str) -> None:
    p = oficina.entra("jose.cazares")
    for parte in PARTES:
        assert p.ir(f"/caso/{folio}{parte}").status_code == 404


def test_sin_cuenta_se_pide_entrar(caso: tuple[Oficina, str, int], app: Flask) -> None:
    _, folio, _ = caso
    respuesta = app.test_client().get(f"/caso/{folio}")
    assert respuesta.status_code == 302
    assert "/entrar" in respuesta.headers["Location"]


def test_nunca_quien_denuncia(caso: tuple[Oficina, str, int]) -> None:
    """No page of the staff holds her name or her identifiers."""
    oficina, folio, _ = caso
    p = oficina.entra("jose.cazares")
    for parte in (*PARTES, "/accesos"):
        texto = p.ir(f"/caso/{folio}{parte}").text
        for dato in (CURP, NSS, "Guadalupe", "Hernández"):
            assert dato not in texto, (parte, dato)
    p.ir(f"/caso/{folio}")
    assert "Persona denunciante 1" in p.texto


# -- what each page says -----------------------------------------------------------------------------
def test_resumen(caso: tuple[Oficina, str, int]) -> None:
    oficina, folio, _ = caso
    p = oficina.entra("ana.trejo")
    p.ir(f"/caso/{folio}")
    assert "Calificar denuncia. La tiene Ana Lucía Trejo Bravo." in p.texto
    assert "Lo que cuenta la persona denunciante" in p.texto
    assert "Tarea hecha: asignar denuncia" in p.texto
    enlaces = [a.get("href") for a in html.fromstring(p.pagina.text).iter("a")]
    tarea = oficina.tareas("calificar_denuncia")[0]
    assert f"/tarea/{tarea.id}" in enlaces
    jefe = oficina.entra("jose.cazares")
    jefe.ir(f"/caso/{folio}")
    assert f"/tarea/{tarea.id}" not in jefe.pagina.text


def test_relojes(caso: tuple[Oficina, str, int]) -> None:
    oficina, folio, denuncia_id = caso
    p = oficina.entra("ana.trejo")
    p.ir(f"/caso/{folio}")
    relojes = html.fromstring(p.pagina.text).find_class("reloj")
    assert 1 <= len(relojes) <= 4
    assert "Calificar la denuncia" in relojes[0].text_content()
    assert re.search(r"Día \d+ de 5 hábiles", relojes[0].text_content())
    plazos = filas(oficina, Plazo, Plazo.sujeto_id == denuncia_id, Plazo.cerrado_en.is_(None))
    de_ley = sum("Caducidad del hecho" in r.text_content() for r in relojes)
    vencimientos = [
        *sorted(x.vence for x in plazos if x.clave != "caducidad")[: 4 - de_ley],
        *[None] * de_ley,
    ]
    assert len(relojes) == len(vencimientos)


def test_linea_de_tiempo_por_paginas(caso: tuple[Oficina, str, int]) -> None:
    oficina, folio, _ = caso
    p = oficina.entra("ana.trejo")
    p.ir(f"/caso/{folio}/linea")
    textos = [h.text_content() for h in html.fromstring(p.pagina.text).iter("h4")]
    assert "Se presentó la denuncia" in textos
    assert "Tarea hecha: asignar denuncia" in textos
    assert textos.index("Tarea hecha: asignar denuncia") < textos.index("Se presentó la denuncia")
    assert p.ir(f"/caso/{folio}/linea?antes=2001-01-01T00:00:00%2B00:00").status_code == 200
    assert "Aquí aparecerá lo que pase" in p.texto
    assert p.ir(f"/caso/{folio}/linea?antes=ayer").status_code == 200
    assert p.ir(f"/caso/{folio}/linea?antes=2026-01-01").status_code == 200


def test_proceso_pinta_el_camino(caso: tuple[Oficina, str, int]) -> None:
    oficina, folio, _ = caso
    p = oficina.entra("ana.trejo")
    p.ir(f"/caso/{folio}/proceso")
    pagina = html.fromstring(p.pagina.text)
    clases = {
        e.get("data-element-id"): set(e.get("class").split())
        for e in pagina.iter("g")
        if e.get("data-element-id") and "elemento" in e.get("class")
    }
    assert "hecho" in clases["asignar_denuncia"]
    assert "aqui" in clases["calificar_denuncia"]
    assert "futuro" in clases["analizar_denuncia"]
    flujos = {
        e.get("data-element-id"): e.get("class").split()
        for e in pagina.iter("g")
        if e.get("data-element-id") and "flujo" in e.get("class")
    }
    assert "hecho" in flujos["asignar_denuncia_a_calificar_denuncia"]
    assert "hecho" in flujos["si_identificada"]
    assert "hecho" not in flujos["no_identificada"]
    assert "hecho" not in flujos["es_admitida"]
    assert " style=" not in p.pagina.text
    (aqui,) = (li for li in pagina.iter("li") if li.get("aria-current") == "step")
    assert "Calificar denuncia" in aqui.text_content()
    assert "Ana Lucía Trejo Bravo" in aqui.text_content()


def test_proceso_por_pestanas(caso: tuple[Oficina, str, int]) -> None:
    oficina, folio, _ = caso
    p = oficina.entra("ana.trejo")
    for nombre in ("denuncia", "denuncia_tramite", "denuncia_seguimiento"):
        assert p.ir(f"/caso/{folio}/proceso/{nombre}").status_code == 200
    p.ir(f"/caso/{folio}/proceso/denuncia")
    assert re.search(r'class="elemento aqui" data-element-id="tramitar"', p.pagina.text)
    assert p.ir(f"/caso/{folio}/proceso/programacion").status_code == 404
    assert p.ir(f"/caso/{folio}/proceso/..%2f..%2fetc").status_code == 404


def test_derivacion_de_un_plazo(caso: tuple[Oficina, str, int]) -> None:
    oficina, folio, denuncia_id = caso
    p = oficina.entra("ana.trejo")
    for plazo in filas(oficina, Plazo, Plazo.sujeto_tipo == "denuncia", Plazo.sujeto_id == denuncia_id):
        assert p.ir(f"/caso/{folio}/plazo/{plazo.id}").status_code == 200
        dias = html.fromstring(p.pagina.text).xpath("//table[@class='cal']//td")
        assert bool(dias) == (plazo.unidad in ("habiles", "naturales"))
        assert "Paso a paso" in p.texto
        assert "Apertura" in p.texto
    calificar = filas(oficina, Plazo, Plazo.clave == "sla_calificacion")[0]
    p.ir(f"/caso/{folio}/plazo/{calificar.id}")
    celdas = html.fromstring(p.pagina.text).xpath("//table[@class='cal']//td[contains(@class, 'ven')]")
    assert [c.text_content() for c in celdas] == [f"{calificar.vence.day}{_mes(calificar)}día 5Vence"]
    assert "Fijado por configuración" in p.texto
    assert p.ir(f"/caso/{folio}/plazo/999999").status_code == 404


def _mes(plazo: Plazo) -> str:
    meses = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"]
    return f" {meses[plazo.vence.month - 1]}" if plazo.vence.day == 1 else ""


# -- pauses ------------------------------------------------------------------------------------------
def test_pausa_y_reanudacion(caso: tuple[Oficina, str, int]) -> None:
    oficina, folio, _ = caso
    p = oficina.entra("jose.cazares")
    hoy = dt.date.fromisoformat(
        html.fromstring(p.ir(f"/caso/{folio}/pausa").text).get_element_by_id("desde").value
    )
    manda(p, f"/caso/{folio}/pausar", causal="", desde=hoy.isoformat())
    assert p.pagina.status_code == 422
    assert p.errores == {"causal": "Elige una causa de la lista."}
    manda(p, f"/caso/{folio}/pausar", causal="huelga", desde="2026-02-31")
    assert p.errores == {"desde": "Escribe una fecha que exista, con día, mes y año."}
    manda(p, f"/caso/{folio}/pausar", causal="huelga", desde=(hoy + dt.timedelta(days=1)).isoformat())
    assert p.errores == {"desde": "Pon hoy o un día anterior."}
    manda(p, f"/caso/{folio}/pausar", causal="huelga", cita="", desde=hoy.isoformat())
    assert "El caso quedó en pausa" in p.texto
    assert "Sin fecha por ahora" in p.texto
    (pausa,) = filas(oficina, Suspension)
    assert (pausa.causal, pausa.cita) == ("huelga", "CFF 46-A, fracción I")
    assert "Huelga en la empresa" in p.texto
    tarea = oficina.tareas("calificar_denuncia")[0]
    assert tarea.en_espera
    p.ir(f"/caso/{folio}")
    assert "El caso está en pausa." in p.texto
    calificar = filas(oficina, Plazo, Plazo.clave == "sla_calificacion")[0]
    p.ir(f"/caso/{folio}/plazo/{calificar.id}")
    assert "Sin fecha mientras dure la pausa" in p.texto
    p.ir(f"/caso/{folio}/pausa")
    manda(p, f"/caso/{folio}/reanudar", hasta=(hoy - dt.timedelta(days=3)).isoformat())
    assert p.pagina.status_code == 422
    manda(p, f"/caso/{folio}/reanudar", hasta=hoy.isoformat())
    assert "La pausa terminó" in p.texto
    assert not oficina.tareas("calificar_denuncia")[0].en_espera or hoy == filas(oficina, Suspension)[0].hasta


def test_solo_la_jefatura_pausa(caso: tuple[Oficina, str, int]) -> None:
    oficina, folio, _ = caso
    analista = oficina.entra("ana.trejo")
    assert analista.ir(f"/caso/{folio}/pausa").status_code == 404
    analista.ir(f"/caso/{folio}")
    assert "Poner en pausa" not in analista.texto
    ajeno = oficina.entra("raul.ibarra")
    assert ajeno.ir(f"/caso/{folio}/pausa").status_code == 404


def test_un_caso_terminado_no_se_pausa(caso: tuple[Oficina, str, int]) -> None:
    oficina, folio, denuncia_id = caso
    with oficina.ctx() as ctx:
        d = ctx.session.get_one(Denuncia, denuncia_id)
        d.estado, d.causa_cierre = EstadoDenuncia.IMPROCEDENTE, CausaCierre.NO_ES_MATERIA
        ctx.session.commit()
    p = oficina.entra("jose.cazares")
    assert p.ir(f"/caso/{folio}/pausa").status_code == 404
    p.ir(f"/caso/{folio}")
    assert "Poner en pausa" not in p.texto


# -- documents ---------------------------------------------------------------------------------------
def _prueba(oficina: Oficina, denuncia_id: int) -> int:
    obra = oficina.app.extensions["denuncias"].obra
    with oficina.ctx() as ctx:
        d = ctx.session.get_one(Denuncia, denuncia_id)
        fila = Documento(
            tipo="evidencia",
            titulo="Prueba aportada",
            origen=OrigenDocumento.DENUNCIANTE,
            sujeto_tipo="denuncia",
            sujeto_id=d.id,
            expediente_id=d.expediente_id,
            nombre="recibo de guadalupe.jpg",
            mime="image/jpeg",
            tamano=700,
            sha256=obra.servicios.almacen.guardar(foto()),
            emitido_en=ctx.now,
        )
        ctx.session.add(fila)
        ctx.session.commit()
        return fila.id


def test_documento_se_abre_aislado_y_sin_su_nombre(caso: tuple[Oficina, str, int]) -> None:
    oficina, folio, denuncia_id = caso
    prueba = _prueba(oficina, denuncia_id)
    p = oficina.entra("ana.trejo")
    p.ir(f"/caso/{folio}/documentos")
    assert "Prueba aportada" in p.texto
    assert "guadalupe" not in p.pagina.text.lower()
    r = p.ir(f"/documento/{prueba}")
    assert (r.status_code, r.data, r.headers["Content-Type"]) == (200, foto(), "image/jpeg")
    assert r.headers["Content-Disposition"] == f'inline; filename="evidencia-{prueba}.jpg"'
    assert r.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in r.headers["Content-Security-Policy"]
    assert "default-src 'none'" in r.headers["Content-Security-Policy"]
    assert r.headers["Cache-Control"] == "no-store"


def test_documento_ajeno_no_existe(caso: tuple[Oficina, str, int]) -> None:
    oficina, _, denuncia_id = caso
    prueba = _prueba(oficina, denuncia_id)
    for quien in ("raul.ibarra", "hector.rios", "admin", "bruno.salas"):
        assert oficina.entra(quien).ir(f"/documento/{prueba}").status_code == 404
    assert oficina.entra("ana.trejo").ir("/documento/999999").status_code == 404


def test_documento_en_preparacion(caso: tuple[Oficina, str, int]) -> None:
    oficina, folio, _ = caso
    acuse = filas(oficina, Documento, Documento.tipo == "acuse")
    p = oficina.entra("ana.trejo")
    p.ir(f"/caso/{folio}/documentos")
    if acuse and acuse[0].sha256 is None:
        assert "Se está preparando" in p.texto
        assert p.ir(f"/documento/{acuse[0].id}").status_code == 404


# -- identity ----------------------------------------------------------------------------------------
def test_bitacora_de_accesos(caso: tuple[Oficina, str, int]) -> None:
    oficina, folio, denuncia_id = caso
    p = oficina.entra("jose.cazares")
    p.ir(f"/caso/{folio}/accesos")
    assert "Nadie ha abierto la identidad" in p.texto
    ana = oficina.usuario("ana.trejo")
    obra = oficina.app.extensions["denuncias"].obra
    with obra.ctx(_actor(ana)) as ctx:
        abrir_identidad(ctx, denuncia_id, "Para confirmar su NSS con Vigencia.")
    p.ir(f"/caso/{folio}/accesos")
    assert "Ana Lucía Trejo Bravo" in p.texto
    assert "Para confirmar su NSS con Vigencia." in p.texto
    assert CURP not in p.pagina.text
    assert oficina.entra("ana.trejo").ir(f"/caso/{folio}/accesos").status_code == 404
    assert oficina.entra("felix.orozco").ir(f"/caso/{folio}/accesos").status_code == 404


def _actor(u: Usuario) -> Actor:
    unidad = u.subdelegacion
    return Actor(
        "persona",
        u.id,
        u.nombre,
        frozenset(r.rol.value for r in u.roles),
        u.subdelegacion_id,
        unidad.ooad_id if unidad else u.ooad_id,
    )


# -- the list ----------------------------------------------------------------------------------------
def test_casos_busca_y_filtra(oficina: Oficina) -> None:
    propuesta(oficina, "C614077210")
    folios = denuncias(oficina, 3)
    p = oficina.entra("jose.cazares")
    p.ir("/casos")
    assert "4 casos" in p.texto
    for q, cuantos in (
        ("maquilados", 3),
        ("MAB940312", 3),
        ("C47 21340 10", 3),
        ("DEN-2026", 3),
        ("%", 0),
        ("_", 0),
    ):
        p.ir(f"/casos?q={q.replace('%', '%25')}")
        assert f"{cuantos} caso" in p.texto, q
    p.ir("/casos?tipo=propuesta")
    assert "1 caso " in p.texto
    p.ir("/casos?tipo=denuncia&estado=recibida&unidad=1")
    assert "3 casos" in p.texto
    p.ir("/casos?tipo=denuncia&estado=restituida")
    assert "Ningún caso coincide" in p.texto
    p.ir("/casos?tipo=x&estado=y&unidad=z&pagina=-4")
    assert "4 casos" in p.texto
    assert oficina.entra("raul.ibarra").ir("/casos").status_code == 200
    otro = oficina.entra("raul.ibarra")
    otro.ir("/casos")
    assert "Todavía no hay casos" in otro.texto
    assert folios[0] not in otro.pagina.text


def test_folio_entero_va_a_su_caso(caso: tuple[Oficina, str, int]) -> None:
    oficina, folio, _ = caso
    p = oficina.entra("jose.cazares")
    p.ir(f"/casos?q={folio.lower()}")
    assert p.camino == f"/caso/{folio}"
    otro = oficina.entra("raul.ibarra")
    otro.ir(f"/casos?q={folio}")
    assert otro.camino == "/casos"


def test_paginas_de_25(oficina: Oficina) -> None:
    denuncias(oficina, 30)
    p = oficina.entra("jose.cazares")
    p.ir("/casos")
    assert "Página 1 de 2" in p.texto
    p.ir("/casos?pagina=2&tipo=denuncia")
    assert len(html.fromstring(p.pagina.text).xpath("//section//tbody/tr")) == 5
    p.ir("/casos?pagina=99")
    assert "Página 2 de 2" in p.texto


def test_consultas_fijas(caso: tuple[Oficina, str, int], motor_bd: Engine) -> None:
    """No page asks more because there are more cases."""
    oficina, folio, denuncia_id = caso
    with oficina.ctx() as ctx:
        patron = ctx.session.scalars(select(Patron).where(Patron.registro_patronal == "C472134010")).one()
        ctx.session.get_one(Denuncia, denuncia_id).patron_id = patron.id
        ctx.session.commit()
    p = oficina.entra("jose.cazares")
    caminos = ["/casos", *(f"/caso/{folio}{parte}" for parte in PARTES)]
    denuncias(oficina, 1)
    antes = {c: _cuantas(p, motor_bd, c) for c in caminos}
    antes = {c: _cuantas(p, motor_bd, c) for c in caminos}
    _mas(oficina)
    assert {c: _cuantas(p, motor_bd, c) for c in caminos} == antes
    assert max(antes.values()) <= 30, antes


def _mas(oficina: Oficina) -> None:
    with oficina.ctx() as ctx:
        una = ctx.session.scalars(select(Denuncia).order_by(Denuncia.id.desc()).limit(1)).one()
        for n in range(20):
            ctx.session.add(
                Denuncia(
                    folio=f"DEN-2026-8{n:05d}-0",
                    canal=una.canal,
                    presentada_en=una.presentada_en,
                    digesto=una.digesto,
                    clave_hash="x",
                    identificada=True,
                    hechos=una.hechos,
                    expediente_id=una.expediente_id,
                    subdelegacion_id=una.subdelegacion_id,
                    patron_id=una.patron_id,
                )
            )
        ctx.session.commit()


def _cuantas(p: Persona, motor: Engine, camino: str) -> int:
    with contando(motor) as vistas:
        assert p.ir(camino).status_code == 200
    return len(vistas)


def test_caso_de_propuesta(oficina: Oficina) -> None:
    propuesta_id = propuesta(oficina, "C614077210")
    p = oficina.entra("rosa.medina")
    folio = "PRO-2026-007210-0"
    for parte in PARTES:
        assert p.ir(f"/caso/{folio}{parte}").status_code == 200
    p.ir(f"/caso/{folio}")
    assert "Propuesta de visita domiciliaria" in p.texto
    assert "Por qué tiene 16 puntos" in p.texto
    assert "Sin «denuncias abiertas» tendría 0 puntos." in p.texto
    assert p.ir(f"/caso/{folio}/accesos").status_code == 404
    assert propuesta_id > 0


def test_terminar_una_tarea_se_ve_en_el_caso(caso: tuple[Oficina, str, int]) -> None:
    oficina, folio, _ = caso
    ana = oficina.entra("ana.trejo")
    tarea = oficina.tareas("calificar_denuncia")[0]
    ana.ir(f"/tarea/{tarea.id}")
    enviar(
        ana,
        tarea.id,
        calificacion="no_es_materia",
        motivos=["otro"],
        motivo="No trata de cuotas del Instituto.",
    )
    ana.ir(f"/caso/{folio}/proceso")
    assert "Revisar dictamen" in ana.texto
