"""The page of a task: drafts, answers, conflicts, files; whoever may not, and what was written meanwhile."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import select

from models.documento import Documento
from models.identidad import AperturaIdentidad
from models.plazo import Suspension
from models.proceso import EstadoTarea, Incidente
from tests.web.personal import Oficina, apretar, campos_de, enviar
from tests.web.publico import CURP, Persona, foto
from workflow.operations import tramite
from workflow.operations._registry import get
from workflow.queries.inicial import INICIALES


@pytest.fixture
def oficina(app: Flask) -> Oficina:
    """León and Irapuato."""
    return Oficina(app)


@pytest.fixture
def caso(oficina: Oficina) -> tuple[int, int]:
    """A denuncia with Ana: (denuncia, task to qualify)."""
    return oficina.asignada(nombre_patron="Maquilados y Acabados del Bajío", registro_patronal="C472134010")


ADMITIDA = {"calificacion": "admitida", "motivos": ["salario_menor"]}
ANALISIS: dict[str, Any] = {
    "hechos__0__resultado": "acreditado",
    "cruces": ["emision"],
    "hallazgo_cruces": "Paga menos de lo que reporta.",
    "norma_incumplida": ["27"],
    "presuncion": "si",
    "acto_sugerido": "visita",
    "trabajadores_afectados": "12",
    "riesgo_identificacion": "bajo",
    "resumen_sin_identidad": "Reporta menos de lo que paga.",
}


def siguiente(oficina: Oficina, formulario: str) -> int:
    """The open task of a form."""
    return oficina.tareas(formulario)[-1].id


# -- seeing ----------------------------------------------------------------------------------------------
def test_abrir_no_toma(oficina: Oficina) -> None:
    oficina.denuncia()
    numero = siguiente(oficina, "asignar_denuncia")
    p = oficina.entra("jose.cazares")
    p.ir(f"/tarea/{numero}")
    assert "Nadie ha tomado esta tarea" in p.texto
    assert oficina.tarea(numero).asignada_a is None


def test_el_contexto_no_dice_quien_denuncia(oficina: Oficina, caso: tuple[int, int]) -> None:
    p = oficina.entra("ana.trejo")
    p.ir(f"/tarea/{caso[1]}")
    assert "Persona denunciante 1" in p.texto
    assert "Lo que contó" in p.texto
    for dato in (CURP, "Guadalupe", "Hernández"):
        assert dato not in p.pagina.text
    assert "Día 0 de" in p.texto
    assert "Cómo se calculó" in p.texto


@pytest.mark.parametrize("quien", ["bruno.salas", "carla.montes", "rosa.medina", "pablo.cortes"])
def test_quien_no_la_ve_no_la_encuentra(oficina: Oficina, caso: tuple[int, int], quien: str) -> None:
    p = oficina.entra(quien)
    assert p.ir(f"/tarea/{caso[1]}").status_code == 404
    assert p.ir("/tarea/999999").status_code == 404


def test_la_jefatura_la_ve_pero_no_la_responde(oficina: Oficina, caso: tuple[int, int]) -> None:
    p = oficina.entra("jose.cazares")
    p.ir(f"/tarea/{caso[1]}")
    assert "La tiene Ana Lucía Trejo Bravo" in p.texto
    assert 'id="formulario"' not in p.pagina.text


# -- drafts ----------------------------------------------------------------------------------------------
def test_guardar_y_salir(oficina: Oficina) -> None:
    oficina.denuncia()
    numero = siguiente(oficina, "asignar_denuncia")
    p = oficina.entra("jose.cazares")
    enviar(p, numero, "guardar", prioridad="urgente", motivo_prioridad="La <b>despidieron</b>")
    assert p.camino == "/bandeja"
    assert "Guardamos tu borrador" in p.texto
    assert oficina.tarea(numero).asignada_a == oficina.usuario("jose.cazares").id
    p.ir(f"/tarea/{numero}")
    assert campos_de(p)["motivo_prioridad"] == ["La <b>despidieron</b>"]
    assert "<b>despidieron" not in p.pagina.text


def test_el_borrador_se_guarda_solo(oficina: Oficina, caso: tuple[int, int]) -> None:
    p = oficina.entra("ana.trejo")
    p.ir(f"/tarea/{caso[1]}")
    datos = {**campos_de(p), "calificacion": "admitida"}
    r = p.cliente.post(f"/tarea/{caso[1]}/borrador", data=datos)
    assert r.status_code == 200
    assert re.fullmatch(r"\d\d:\d\d h", r.json["hora"])
    tarde = p.cliente.post(f"/tarea/{caso[1]}/borrador", data=datos)
    assert tarde.status_code == 409
    datos["version"] = r.json["version"]
    assert p.cliente.post(f"/tarea/{caso[1]}/borrador", data=datos).status_code == 200


def test_enviar_lo_mismo_que_se_acaba_de_guardar_solo_no_es_conflicto(
    oficina: Oficina, caso: tuple[int, int]
) -> None:
    p = oficina.entra("ana.trejo")
    p.ir(f"/tarea/{caso[1]}")
    p.cliente.post(f"/tarea/{caso[1]}/borrador", data={**campos_de(p), **ADMITIDA})
    apretar(p, **ADMITIDA)
    assert "Tarea hecha." in p.texto


# -- answering -------------------------------------------------------------------------------------------
def test_responder_y_lo_que_sigue(oficina: Oficina, caso: tuple[int, int]) -> None:
    p = oficina.entra("ana.trejo")
    enviar(p, caso[1], **ADMITIDA)
    assert p.pagina.status_code == 200
    assert "Tarea hecha." in p.texto
    assert "Seguir: Analizar denuncia" in p.texto
    assert oficina.tarea(caso[1]).estado == EstadoTarea.HECHA


def test_lo_mal_escrito_vuelve_con_lo_escrito(oficina: Oficina, caso: tuple[int, int]) -> None:
    p = oficina.entra("ana.trejo")
    enviar(p, caso[1], calificacion="incompleta", motivo="Porque falta", motivos=None)
    assert p.pagina.status_code == 422
    assert p.pagina.text.count("<title>Error: ") == 1
    assert "f-motivos-1" in p.errores
    assert campos_de(p)["motivo"] == ["Porque falta"]
    destinos = html.fromstring(p.pagina.text)
    assert all(destinos.xpath(f"//*[@id='{ancla}']") for ancla in p.errores)


def test_lo_que_la_ley_rechaza_se_dice_en_su_campo(oficina: Oficina, caso: tuple[int, int]) -> None:
    p = oficina.entra("ana.trejo")
    enviar(p, caso[1], calificacion="extemporanea", motivos=["otro"], motivo="Tarde")
    assert p.pagina.status_code == 422
    assert "Se presentó a tiempo: elige otra calificación." in p.errores.values()
    assert campos_de(p)["motivo"] == ["Tarde"]


@pytest.mark.parametrize(
    ("campo", "valor"),
    [
        ("datos_patron_confirmados", "999999"),
        ("datos_patron_confirmados", "6"),  # of the other unit
        ("unidad_destino", "999"),
    ],
)
def test_nadie_nombra_lo_que_no_se_le_ofrecio(
    oficina: Oficina, caso: tuple[int, int], campo: str, valor: str
) -> None:
    p = oficina.entra("ana.trejo")
    otra = {"calificacion": "otra_unidad", "motivo": "Es de allá"} if campo == "unidad_destino" else ADMITIDA
    enviar(p, caso[1], **{**otra, "motivos": ["otro"], campo: valor})
    assert p.pagina.status_code == 422
    assert "no está en ella" in " ".join(p.errores.values())


def test_dos_clics_una_respuesta(oficina: Oficina, caso: tuple[int, int]) -> None:
    p = oficina.entra("ana.trejo")
    p.ir(f"/tarea/{caso[1]}")
    datos = {**campos_de(p), "_accion": "completar", **ADMITIDA}
    uno = p.cliente.post(f"/tarea/{caso[1]}", data=datos)
    dos = p.cliente.post(f"/tarea/{caso[1]}", data=datos)
    assert (uno.status_code, dos.status_code) == (303, 410)
    assert "Ya habías hecho esta tarea" in dos.text
    assert len(oficina.tareas("analizar_denuncia")) == 1


def test_otra_persona_la_hizo_y_el_texto_queda(oficina: Oficina) -> None:
    oficina.denuncia()
    numero = siguiente(oficina, "asignar_denuncia")
    uno = oficina.entra("jose.cazares")
    with oficina.ctx() as ctx:
        from models.organizacion import Rol, UsuarioRol

        ctx.session.add(UsuarioRol(usuario_id=oficina.usuario("teresa.gil").id, rol=Rol.JEFE_AUDITORIA))
        ctx.session.commit()
    dos = oficina.entra("teresa.gil")
    uno.ir(f"/tarea/{numero}")
    dos.ir(f"/tarea/{numero}")
    datos = {"prioridad": "normal", "sin_conflicto": "si", "analista": oficina.usuario("ana.trejo").id}
    apretar(uno, **datos)
    apretar(dos, **{**datos, "prioridad": "alta", "motivo_prioridad": "Mi motivo largo"})
    assert dos.pagina.status_code == 410
    assert "ya la hizo José Ignacio Cázares Luna" in dos.texto
    assert "Mi motivo largo" in dos.texto


def test_la_tiene_otra_persona(oficina: Oficina, caso: tuple[int, int]) -> None:
    p = oficina.entra("ana.trejo")
    p.ir(f"/tarea/{caso[1]}")
    oficina.cambiar(caso[1], asignada_a=oficina.usuario("bruno.salas").id)
    apretar(p, **ADMITIDA, motivo=None)
    assert p.pagina.status_code == 403
    assert "La tiene Bruno Salas Rentería" in p.texto
    assert "Se admite" in p.texto  # what she wrote is still there


# -- conflict --------------------------------------------------------------------------------------------
def test_conflicto_guarda_los_dos_textos(oficina: Oficina, caso: tuple[int, int]) -> None:
    p, otra = oficina.entra("ana.trejo"), oficina.entra("ana.trejo")
    p.ir(f"/tarea/{caso[1]}")
    enviar(otra, caso[1], "guardar", calificacion="incompleta", mensaje="¿Desde cuándo?")
    apretar(p, "guardar", calificacion="admitida", mensaje="Mi <mensaje>")
    assert p.pagina.status_code == 409
    assert "Tu texto está a salvo" in p.texto
    assert "Mi <mensaje>" in p.texto
    assert "¿Desde cuándo?" in p.texto
    forma = next(f for f in html.fromstring(p.pagina.text).forms if f.action.endswith("/conflicto"))
    datos = {**dict(forma.form_values()), "elige-calificacion": "suyo", "elige-mensaje": "mio"}
    p.pagina = p.cliente.post(forma.action, data=datos, follow_redirects=True)
    assert "Guardamos tu elección" in p.texto
    assert campos_de(p)["mensaje"] == ["Mi <mensaje>"]
    assert oficina.tarea(caso[1]).borrador["calificacion"] == "incompleta"


@pytest.mark.parametrize("mio", ["", "no es json", "[1]", '{"calificacion": {"a": 1}}'])
def test_una_eleccion_rota_no_tira_la_pagina(oficina: Oficina, caso: tuple[int, int], mio: str) -> None:
    p = oficina.entra("ana.trejo")
    p.ir(f"/tarea/{caso[1]}")
    version = campos_de(p)["version"]
    datos = {
        "csrf_token": campos_de(p)["csrf_token"],
        "mio": mio,
        "version": version,
        "elige-calificacion": "mio",
    }
    p.pagina = p.cliente.post(f"/tarea/{caso[1]}/conflicto", data=datos, follow_redirects=True)
    assert p.pagina.status_code == 200


# -- pause, incident -------------------------------------------------------------------------------------
def test_en_espera_dice_por_que_y_no_se_envia(oficina: Oficina, caso: tuple[int, int]) -> None:
    p = oficina.entra("ana.trejo")
    p.ir(f"/tarea/{caso[1]}")
    with oficina.ctx() as ctx:
        ctx.session.add(
            Suspension(
                sujeto_tipo="denuncia",
                sujeto_id=caso[0],
                causal="juicio_de_amparo",
                cita="LSS 297",
                desde=ctx.hoy,
                registrada_en=ctx.now,
            )
        )
        ctx.session.commit()
    oficina.cambiar(caso[1], en_espera=True)
    apretar(p, **ADMITIDA)
    assert p.pagina.status_code == 409
    assert "Este caso está en pausa" in p.texto
    assert "Se admite" in p.texto
    p.ir(f"/tarea/{caso[1]}")
    assert "En espera. El caso está en pausa por juicio de amparo" in p.texto
    assert 'id="formulario"' not in p.pagina.text


def test_si_el_caso_no_puede_avanzar_la_respuesta_queda(
    oficina: Oficina, caso: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = get("calificar_denuncia")
    assert real is not None
    monkeypatch.setattr(tramite, "cambiar", lambda *_a, **_k: 1 / 0)
    p = oficina.entra("ana.trejo")
    enviar(p, caso[1], **ADMITIDA)
    assert p.pagina.status_code == 500
    assert "Se guardó tu respuesta; el avance quedó pendiente (incidente" in p.texto
    assert "ZeroDivisionError" not in p.pagina.text
    with oficina.ctx() as ctx:
        incidente = ctx.session.scalars(select(Incidente)).one()
        assert incidente.datos["calificacion"] == "admitida"
        assert incidente.clave.upper() in p.texto


# -- rows, files, register -------------------------------------------------------------------------------
def en_analisis(oficina: Oficina, caso: tuple[int, int]) -> tuple[Persona, int]:
    """Ana before the analysis of her case."""
    p = oficina.entra("ana.trejo")
    enviar(p, caso[1], **ADMITIDA)
    numero = siguiente(oficina, "analizar_denuncia")
    p.ir(f"/tarea/{numero}")
    return p, numero


def test_el_analisis_empieza_con_lo_que_conto(oficina: Oficina, caso: tuple[int, int]) -> None:
    p, _ = en_analisis(oficina, caso)
    datos = campos_de(p)
    assert datos["hechos-0-motivo"] == ["salario_menor"]
    assert datos["hechos-0-salario_real"] == ["457.14"]  # 3,200 a week
    assert datos["hechos-0-periodo-desde"] == ["2024-02-12"]


def test_renglones_sin_javascript(oficina: Oficina, caso: tuple[int, int]) -> None:
    p, numero = en_analisis(oficina, caso)
    version = oficina.tarea(numero).version
    apretar(p, "", _agregar="hechos", hallazgo_cruces="No lo pierdas")
    assert p.pagina.status_code == 200
    assert campos_de(p)["hechos-filas"] == ["2"]
    assert campos_de(p)["hallazgo_cruces"] == ["No lo pierdas"]
    apretar(p, "", _quitar="hechos-0")
    assert campos_de(p)["hechos-filas"] == ["1"]
    assert oficina.tarea(numero).version == version  # nothing was saved


def test_analizar_y_proponer(oficina: Oficina, caso: tuple[int, int]) -> None:
    p, _ = en_analisis(oficina, caso)
    apretar(p, **ANALISIS)
    assert "Tarea hecha." in p.texto, p.errores
    jefe = oficina.entra("jose.cazares")
    numero = siguiente(oficina, "revisar_propuesta")
    enviar(jefe, numero, destino="nueva", resumen_confirmado="si")
    assert "Tarea hecha." in jefe.texto, jefe.errores
    enviar(jefe, siguiente(oficina, "completar_ficha"), "guardar")
    ficha = oficina.tareas("completar_ficha")[-1].borrador
    assert ficha["registros"] == [{"rp": "C472134010"}]
    assert ficha["acto"] == "visita"
    assert ficha["trabajadores"] == "12"
    assert ficha["ejercicios"][0]["periodo"]["desde"] == "2024-02-12"


def test_buscar_en_el_padron(oficina: Oficina, caso: tuple[int, int]) -> None:
    p = oficina.entra("ana.trejo")
    p.ir(f"/tarea/{caso[1]}")
    apretar(p, "buscar", _busca="curtidos")
    opciones = html.fromstring(p.pagina.text).xpath(
        "//select[@name='datos_patron_confirmados']/option/text()"
    )
    assert any("Curtidos Hermanos López" in o for o in opciones)
    assert not any("Fresas de Irapuato" in o for o in opciones)
    assert not any("Limpieza" in o for o in opciones)


def turno(oficina: Oficina, caso: tuple[int, int]) -> tuple[Persona, int]:
    """The chief before a task with a signature."""
    p = oficina.entra("ana.trejo")
    datos = {"calificacion": "otra_autoridad", "autoridad_destino": "profedet", "motivo": "No es materia"}
    enviar(p, caso[1], motivos=["otro"], **datos)
    jefe = oficina.entra("jose.cazares")
    numero = siguiente(oficina, "turnar_denuncia")
    jefe.ir(f"/tarea/{numero}")
    return jefe, numero


def test_lo_que_no_tiene_vuelta_se_revisa_antes(oficina: Oficina, caso: tuple[int, int]) -> None:
    p, numero = turno(oficina, caso)
    firma = {"oficio__medio": "autografa", "oficio__firmo": "si", "consentimiento": "no"}
    apretar(p, **firma)
    assert "Revisa y confirma" in p.texto
    assert "La denuncia se cierra aquí" in p.texto
    assert "PROFEDET" in p.texto or "Defensa del Trabajo" in p.texto
    assert oficina.tarea(numero).estado == EstadoTarea.ABIERTA
    forma = next(f for f in html.fromstring(p.pagina.text).forms if f.action.endswith("/confirmar"))
    viejo = {**dict(forma.form_values()), "version": "1"}
    assert p.cliente.post(forma.action, data=viejo).status_code == 409
    p.pagina = p.cliente.post(forma.action, data=dict(forma.form_values()), follow_redirects=True)
    assert "Tarea hecha." in p.texto
    assert oficina.tarea(numero).estado == EstadoTarea.HECHA


def test_un_archivo_se_guarda_y_se_conserva(oficina: Oficina, caso: tuple[int, int]) -> None:
    p, numero = turno(oficina, caso)
    imagen = (io.BytesIO(foto()), "../../x.jpg")
    apretar(p, "guardar", oficio__medio="autografa", oficio__archivo=imagen)
    with oficina.ctx() as ctx:
        anexo = ctx.session.scalars(select(Documento).where(Documento.tipo == "anexo")).one()
        assert anexo.nombre == "x.jpg"
        assert anexo.sujeto_id == caso[0]
    assert str(oficina.tarea(numero).borrador["oficio"]["documento_id"]) == str(anexo.id)
    p.ir(f"/tarea/{numero}")
    assert "Archivo ya adjunto" in p.texto


@pytest.mark.parametrize("datos", [b"", b"MZ\x90\x00 programa", b"<svg onload=alert(1)>"])
def test_un_archivo_malo_se_dice_y_lo_demas_queda(
    oficina: Oficina, caso: tuple[int, int], datos: bytes
) -> None:
    p, _ = turno(oficina, caso)
    malo = (io.BytesIO(datos), "contrato.pdf")
    apretar(
        p,
        oficio__medio="efirma",
        oficio__firmo="si",
        consentimiento="no",
        oficio__archivo=malo,
    )
    assert p.pagina.status_code == 422
    assert "«contrato.pdf»" in " ".join(p.errores.values())
    assert campos_de(p)["oficio-medio"] == ["efirma"]


# -- hand over, identity ---------------------------------------------------------------------------------
def test_devolver_con_motivo(oficina: Oficina, caso: tuple[int, int]) -> None:
    p = oficina.entra("ana.trejo")
    p.ir(f"/tarea/{caso[1]}/devolver")
    ficha = campos_ocultos(p)
    assert p.cliente.post(f"/tarea/{caso[1]}/devolver", data={**ficha, "motivo": " "}).status_code == 422
    p.cliente.post(f"/tarea/{caso[1]}/devolver", data={**ficha, "motivo": "Conozco al patrón"})
    assert oficina.tarea(caso[1]).asignada_a is None


def test_asignar_a_otra_persona(oficina: Oficina, caso: tuple[int, int]) -> None:
    p = oficina.entra("jose.cazares")
    p.ir(f"/tarea/{caso[1]}/asignar")
    assert "Bruno Salas" in p.texto
    assert "Carla Montes" not in p.texto
    ficha = campos_ocultos(p)
    ajena = {**ficha, "usuario": oficina.usuario("carla.montes").id}
    assert p.cliente.post(f"/tarea/{caso[1]}/asignar", data=ajena).status_code == 422
    assert p.cliente.post(f"/tarea/{caso[1]}/asignar", data={**ficha, "usuario": "x"}).status_code == 422
    p.cliente.post(f"/tarea/{caso[1]}/asignar", data={**ficha, "usuario": oficina.usuario("bruno.salas").id})
    assert oficina.tarea(caso[1]).asignada_a == oficina.usuario("bruno.salas").id


def campos_ocultos(p: Persona) -> dict[str, str]:
    """The token of the page."""
    return {"csrf_token": html.fromstring(p.pagina.text).xpath("//input[@name='csrf_token']/@value")[0]}


def test_abrir_identidad_pide_motivo_y_deja_rastro(oficina: Oficina, caso: tuple[int, int]) -> None:
    p = oficina.entra("ana.trejo")
    camino = f"/tarea/{caso[1]}/identidad"
    p.ir(camino)
    assert "Guadalupe" not in p.texto
    ficha = campos_ocultos(p)
    assert p.cliente.post(camino, data={**ficha, "motivo": "corto"}).status_code == 422
    p.pagina = p.cliente.post(
        camino, data={**ficha, "motivo": "Llamarle para precisar fechas"}, follow_redirects=True
    )
    assert "Guadalupe" in p.texto
    assert p.pagina.headers["Cache-Control"] == "no-store"
    with oficina.ctx() as ctx:
        assert ctx.session.scalars(select(AperturaIdentidad.motivo)).all() == [
            "Llamarle para precisar fechas"
        ]
    for quien in ("bruno.salas", "rosa.medina", "felix.orozco", "sara.custodia", "admin"):
        assert oficina.entra(quien).ir(camino).status_code == 404, quien


def test_cada_inicial_es_de_una_forma_que_existe() -> None:
    from workflow import formularios

    assert set(INICIALES) <= {nombre for _, nombre in formularios.todos()}
