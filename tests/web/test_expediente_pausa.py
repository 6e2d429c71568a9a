"""Pauses with evidence, several grounds at once, extensions: what the pages say, keep and refuse."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import Engine, select

from models.denuncia import Denuncia
from models.documento import Documento
from models.plazo import Plazo, Suspension
from tests.web.mesa import contando, manda
from tests.web.personal import Oficina
from tests.web.publico import Persona, foto
from workflow.operations import plazo as asientos
from workflow.operations.sujeto import leer

Caso = tuple[Oficina, str, int]


@pytest.fixture
def caso(app: Flask) -> Caso:
    """A denuncia assigned to Ana with the terms of a visit besides: (office, folio, id)."""
    oficina = Oficina(app)
    denuncia_id, _ = oficina.asignada()
    with oficina.ctx() as ctx:
        sujeto = leer(ctx, "denuncia", denuncia_id)
        for clave in ("visita_max", "ultima_parcial", "resolucion"):
            asientos.abrir(ctx, sujeto, clave)
        ctx.session.commit()
        return oficina, ctx.session.get_one(Denuncia, denuncia_id).folio, denuncia_id


def todas(oficina: Oficina, modelo: Any, *donde: Any) -> list[Any]:
    with oficina.ctx() as ctx:
        return list(ctx.session.scalars(select(modelo).where(*donde).order_by(modelo.id)))


def plazo(oficina: Oficina, clave: str) -> Plazo:
    (una,) = todas(oficina, Plazo, Plazo.clave == clave)
    assert isinstance(una, Plazo)
    return una


def pausar(p: Persona, folio: str, causal: str, **campos: Any) -> None:
    p.ir(f"/caso/{folio}/pausa?otra=1")
    hoy = html.fromstring(p.pagina.text).get_element_by_id("desde").value
    datos = {"causal": causal, "desde": hoy} | campos
    forma = next(f for f in html.fromstring(p.pagina.text).forms if f.action.endswith("/pausar"))
    base = {n: v for n, v in forma.form_values() if n != "archivo"}
    p.pagina = p.cliente.post(
        f"/caso/{folio}/pausar", data=base | datos, content_type="multipart/form-data", follow_redirects=True
    )


def archivo(nombre: str = "oficio.jpg") -> tuple[io.BytesIO, str]:
    return io.BytesIO(foto()), nombre


def test_la_prueba_queda_en_el_caso_y_en_la_pausa(caso: Caso) -> None:
    oficina, folio, denuncia_id = caso
    p = oficina.entra("jose.cazares")
    pausar(p, folio, "huelga", archivo=archivo())
    assert "El caso quedó en pausa" in p.texto
    (papel,) = todas(oficina, Documento, Documento.tipo == "prueba_pausa")
    (una,) = todas(oficina, Suspension)
    assert una.evidencia_id == papel.id
    assert (papel.sujeto_tipo, papel.sujeto_id) == ("denuncia", denuncia_id)
    enlaces = [a.get("href") for a in html.fromstring(p.pagina.text).iter("a")]
    assert f"/documento/{papel.id}" in enlaces
    assert p.ir(f"/documento/{papel.id}").status_code == 200
    p.ir(f"/caso/{folio}/documentos")
    assert "oficio" in p.texto


def test_una_fecha_mala_no_pierde_el_archivo_ni_lo_escrito(caso: Caso) -> None:
    oficina, folio, _ = caso
    p = oficina.entra("jose.cazares")
    pausar(p, folio, "huelga", desde="2026-02-31", cita="Oficio 12/2026", archivo=archivo())
    assert p.pagina.status_code == 422
    assert p.errores == {"desde": "Escribe una fecha que exista, con día, mes y año."}
    (papel,) = todas(oficina, Documento, Documento.tipo == "prueba_pausa")
    forma = next(f for f in html.fromstring(p.pagina.text).forms if f.action.endswith("/pausar"))
    escrito = dict(forma.form_values())
    assert escrito["causal"] == "huelga"
    assert escrito["cita"] == "Oficio 12/2026"
    assert escrito["evidencia"] == str(papel.id)
    assert "Tu archivo ya está en el expediente" in p.texto


@pytest.mark.parametrize(
    ("campos", "campo"),
    [
        ({"archivo": (b"MZ\x90 no es foto", "virus.exe")}, "archivo"),
        ({"archivo": (b"", "vacio.pdf")}, "archivo"),
        ({"evidencia": "999999"}, "evidencia"),
        ({"evidencia": "²"}, "evidencia"),
        ({"causal": "no_existe"}, "causal"),
        ({"causal": "inconformidad", "desde": "2020-01-01"}, "desde"),
        ({"cita": "x" * 301}, "cita"),
    ],
)
def test_lo_que_no_sirve_se_dice_en_su_campo(caso: Caso, campos: dict[str, Any], campo: str) -> None:
    oficina, folio, _ = caso
    p = oficina.entra("jose.cazares")
    # A file is read once and the cases are shared by both databases: each run opens its own.
    enviados = {"causal": "huelga"} | campos
    if "archivo" in campos:
        datos, nombre = campos["archivo"]
        enviados["archivo"] = (io.BytesIO(datos), nombre)
    pausar(p, folio, **enviados)
    assert p.pagina.status_code == 422
    assert list(p.errores) == [campo]
    assert todas(oficina, Suspension) == []


def test_cada_causa_dice_que_detiene(caso: Caso) -> None:
    oficina, folio, _ = caso
    p = oficina.entra("jose.cazares")
    p.ir(f"/caso/{folio}/pausa")
    pagina = html.fromstring(p.pagina.text)
    explica = {
        i.get("value"): pagina.get_element_by_id(i.get("aria-describedby")).text_content()
        for i in pagina.xpath("//input[@name='causal']")
    }
    assert "Duración máxima de visita" in explica["requerimiento"]
    assert "resolución determinante" not in explica["requerimiento"]
    assert "6 meses a lo más cada vez, y 12 meses en total" in explica["requerimiento"]
    assert "Las tareas siguen." in explica["requerimiento"]
    assert explica["huelga"].startswith("Detiene todos los plazos que corren, menos: ")
    assert "resolución determinante" not in explica["huelga"]
    assert "resolución determinante" in explica["fuerza_mayor"]
    assert "Las tareas quedan en espera." in explica["huelga"]


def test_varias_causas_y_se_elige_cual_termina(caso: Caso) -> None:
    oficina, folio, _ = caso
    p = oficina.entra("jose.cazares")
    pausar(p, folio, "huelga")
    pausar(p, folio, "requerimiento")
    assert len(todas(oficina, Suspension)) == 2
    pausar(p, folio, "huelga")
    assert p.pagina.status_code == 422
    huelga, requerimiento = todas(oficina, Suspension)
    p.ir(f"/caso/{folio}/pausa")
    hoy = html.fromstring(p.pagina.text).get_element_by_id("hasta").value
    manda(p, f"/caso/{folio}/reanudar", hasta=hoy)
    assert p.pagina.status_code == 422
    assert "suspension" in p.errores
    manda(p, f"/caso/{folio}/reanudar", hasta=hoy, suspension=str(huelga.id))
    assert "La pausa terminó" in p.texto
    assert [s.hasta is None for s in todas(oficina, Suspension)] == [False, True]
    assert requerimiento.tope is not None
    p.ir(f"/caso/{folio}/plazos")
    assert "Cuenta a lo más hasta el" in p.texto
    assert "El trabajo sigue" in p.texto


def test_el_segundo_se_entera(caso: Caso) -> None:
    oficina, folio, _ = caso
    uno, otro = oficina.entra("jose.cazares"), oficina.entra("jose.cazares")
    pausar(uno, folio, "huelga")
    for p in (uno, otro):
        p.ir(f"/caso/{folio}/pausa")
    hoy = html.fromstring(uno.pagina.text).get_element_by_id("hasta").value
    manda(uno, f"/caso/{folio}/reanudar", hasta=hoy)
    assert "La pausa terminó" in uno.texto
    manda(otro, f"/caso/{folio}/reanudar", hasta=hoy)
    assert otro.camino == f"/caso/{folio}/plazos"
    assert "no está en pausa" in otro.texto


def test_el_libro_dice_que_no_detiene(caso: Caso) -> None:
    """An unanswered request stops the twelve months, never the six of CFF 50."""
    oficina, folio, _ = caso
    p = oficina.entra("jose.cazares")
    pausar(p, folio, "requerimiento")
    p.ir(f"/caso/{folio}/plazos?imprimir=1")
    fichas = {
        d.get("id"): " ".join(d.text_content().split())
        for d in html.fromstring(p.pagina.text).find_class("desp--ficha")
    }
    resolucion = fichas[f"plazo-{plazo(oficina, 'resolucion').id}"]
    assert "Este plazo no se detiene por esta causa (CFF 50)" in resolucion
    visita = fichas[f"plazo-{plazo(oficina, 'visita_max').id}"]
    assert "no se detiene" not in visita
    assert "6 meses" in visita
    p.ir(f"/caso/{folio}/plazo/{plazo(oficina, 'resolucion').id}")
    assert "Este plazo no se detiene por esta causa (CFF 50)" in p.texto


def test_cada_movimiento_guarda_sus_pasos(caso: Caso) -> None:
    """The opening still says how it was counted then; the page, how it is counted now."""
    oficina, folio, denuncia_id = caso
    antes = plazo(oficina, "ultima_parcial")
    with oficina.ctx() as ctx:
        sujeto = leer(ctx, "denuncia", denuncia_id)
        asientos.suspender(ctx, sujeto, "huelga", "CFF 46-A", ctx.hoy - dt.timedelta(days=4))
        asientos.reanudar(ctx, sujeto, ctx.hoy + dt.timedelta(days=6))
        ctx.session.commit()
    despues = plazo(oficina, "ultima_parcial")
    assert despues.vence > antes.vence
    p = oficina.entra("ana.trejo")
    p.ir(f"/caso/{folio}/plazo/{antes.id}")
    pagina = html.fromstring(p.pagina.text)
    ahora = pagina.xpath("//aside//ol[@class='deriva']")[0].text_content()
    assert "Última acta parcial: " in ahora
    assert "días de suspensión" in ahora
    reanudacion, suspension, apertura = (
        " ".join(d.text_content().split()) for d in pagina.xpath("//tr[@class='sigue-fila']")
    )
    assert "días de suspensión" in reanudacion
    assert "Se detiene" in suspension
    assert "suspensión" not in apertura.replace("Cómo se contó entonces: suspensión", "")
    assert str(antes.vence.day) in apertura


def test_un_calendario_largo_se_pliega_y_se_abre(caso: Caso) -> None:
    oficina, folio, denuncia_id = caso
    with oficina.ctx() as ctx:
        asientos.abrir(ctx, leer(ctx, "denuncia", denuncia_id), "correccion_rev")
        ctx.session.commit()
    p = oficina.entra("ana.trejo")
    camino = f"/caso/{folio}/plazo/{plazo(oficina, 'correccion_rev').id}"
    p.ir(camino)
    plegado = html.fromstring(p.pagina.text).xpath("//table[@class='cal']/tbody/tr")
    assert len(plegado) == 7
    assert "Ver todas las semanas" in p.texto
    p.ir(f"{camino}?semanas=todas")
    entero = html.fromstring(p.pagina.text).xpath("//table[@class='cal']/tbody/tr")
    assert len(entero) >= 24
    assert "Ver sólo el principio y el fin" in p.texto


def test_el_libro_para_imprimir_abre_todo(caso: Caso) -> None:
    oficina, folio, _ = caso
    p = oficina.entra("ana.trejo")
    p.ir(f"/caso/{folio}/plazos")
    assert not html.fromstring(p.pagina.text).xpath("//details[@open]")
    p.ir(f"/caso/{folio}/plazos?imprimir=1")
    abiertas = html.fromstring(p.pagina.text).xpath("//details[contains(@class, 'desp--ficha')]")
    assert abiertas
    assert all(d.get("open") is not None for d in abiertas)
    assert f"Libro de plazos de {folio}" in p.texto


def test_el_libro_pregunta_siempre_lo_mismo(caso: Caso, motor_bd: Engine) -> None:
    """However many terms, movements and pauses there are."""
    oficina, folio, denuncia_id = caso
    p = oficina.entra("jose.cazares")
    caminos = [
        f"/caso/{folio}{parte}"
        for parte in (
            "",
            "/plazos",
            "/plazos?imprimir=1",
            f"/plazo/{plazo(oficina, 'visita_max').id}",
            "/simular?hecho=cedula&fecha=2026-11-20",
            "/estatuto/caducidad",
            "/pausa?otra=1",
        )
    ]

    def cuantas() -> dict[str, int]:
        hechas = {}
        for camino in caminos:
            with contando(motor_bd) as ordenes:
                assert p.ir(camino).status_code == 200, camino
            hechas[camino] = len(ordenes)
        return hechas

    pausar(p, folio, "huelga")
    cuantas()
    antes = cuantas()
    with oficina.ctx() as ctx:
        sujeto = leer(ctx, "denuncia", denuncia_id)
        asientos.reanudar(ctx, sujeto, ctx.hoy)
        for clave in ("doc_6", "doc_15", "oficio_obs", "correccion_rev", "inconformidad", "pago_credito"):
            asientos.abrir(ctx, sujeto, clave)
        for causal in ("fuerza_mayor", "requerimiento", "domicilio"):
            asientos.suspender(ctx, sujeto, causal, "CFF 46-A", ctx.hoy)
        ctx.session.commit()
    assert cuantas() == antes
    assert max(antes.values()) <= 30, antes


# -- extensions ----------------------------------------------------------------------------------------
def test_ampliar_un_plazo(caso: Caso) -> None:
    oficina, folio, _ = caso
    antes = plazo(oficina, "ultima_parcial")
    camino = f"/caso/{folio}/plazo/{antes.id}/ampliar"
    p = oficina.entra("jose.cazares")
    p.ir(f"/caso/{folio}/plazos")
    assert camino in [a.get("href") for a in html.fromstring(p.pagina.text).iter("a")]
    p.ir(camino)
    manda(p, camino, motivo="  ")
    assert p.pagina.status_code == 422
    assert list(p.errores) == ["motivo"]
    manda(p, camino, motivo="x" * 301)
    assert list(p.errores) == ["motivo"]
    assert "x" * 301 in p.pagina.text
    manda(p, camino, motivo="El patrón avisó el día 10: hay dos ejercicios.", con="pago_credito")
    assert list(p.errores) == ["con"]
    vencera = html.fromstring(p.pagina.text).xpath("//label[contains(., 'vencería el')]")[0].text_content()
    manda(p, camino, motivo="El patrón avisó el día 10: hay dos ejercicios.", con="ultima_parcial_amp")
    assert "El plazo se amplió" in p.texto
    despues = plazo(oficina, "ultima_parcial")
    assert despues.vence > antes.vence + dt.timedelta(days=15)
    assert f"{despues.vence.day} de " in vencera
    assert despues.ampliado_por == "ultima_parcial_amp"
    p.ir(f"/caso/{folio}/plazo/{antes.id}")
    assert "Se amplía 15 días hábiles" in p.texto
    assert "dos ejercicios" in p.texto
    assert "de 35" in p.texto
    assert p.ir(camino).status_code == 404
    p.ir(f"/caso/{folio}/plazos")
    assert camino not in [a.get("href") for a in html.fromstring(p.pagina.text).iter("a")]


def test_quien_llega_tarde_a_ampliar_se_entera(caso: Caso) -> None:
    oficina, folio, _ = caso
    camino = f"/caso/{folio}/plazo/{plazo(oficina, 'ultima_parcial').id}/ampliar"
    uno, otro = oficina.entra("jose.cazares"), oficina.entra("jose.cazares")
    uno.ir(camino)
    otro.ir(camino)
    manda(uno, camino, motivo="Avisó.")
    assert "El plazo se amplió" in uno.texto
    manda(otro, camino, motivo="Avisó.")
    assert otro.camino == f"/caso/{folio}/plazos"
    assert "Alguien más ya amplió ese plazo" in otro.texto


def test_solo_la_jefatura_amplia_y_solo_lo_que_se_puede(caso: Caso) -> None:
    oficina, folio, _ = caso
    bueno, malo = plazo(oficina, "ultima_parcial").id, plazo(oficina, "visita_max").id
    for quien in ("ana.trejo", "raul.ibarra", "felix.orozco", "admin"):
        assert oficina.entra(quien).ir(f"/caso/{folio}/plazo/{bueno}/ampliar").status_code == 404
    jefe = oficina.entra("jose.cazares")
    assert jefe.ir(f"/caso/{folio}/plazo/{bueno}/ampliar").status_code == 200
    assert jefe.ir(f"/caso/{folio}/plazo/{malo}/ampliar").status_code == 404
    assert jefe.ir(f"/caso/{folio}/plazo/999999/ampliar").status_code == 404
    ana = oficina.entra("ana.trejo")
    ana.ir(f"/caso/{folio}/plazos")
    assert "Ampliar plazo" not in ana.texto
