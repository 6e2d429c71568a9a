"""The demonstration: cases made by the real actions end where the stories say, on any day of the year."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from random import Random

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.bitacora import Entrada
from models.comite import EstadoAsunto, EstadoSesion, Sesion, Voto
from models.denuncia import Denuncia
from models.organizacion import Usuario
from models.proceso import Incidente, Tarea
from models.propuesta import Propuesta
from models.reloj import Reloj
from workflow.actions import buzon
from workflow.actions.casa import Casa
from workflow.actions.demo import borrado, carga
from workflow.actions.demo.casos import textos
from workflow.actions.demo.personas import Padron
from workflow.adapters.reloj import real
from workflow.errors import DatoInvalido, NoPermitido
from workflow.queries import bitacora
from workflow.rules.identificadores import revisar

DOMINGO = dt.datetime(2027, 5, 2, 18, 30, tzinfo=dt.UTC)
CASOS = 29  # every row of casos.yaml up to those who join a proposal


def adelantar(sesion: Session, hasta: dt.datetime) -> None:
    """The house lives at `hasta`."""
    sesion.add(Reloj(id=1, adelanto_s=round((hasta - real()).total_seconds())))
    sesion.commit()


@pytest.mark.lento
def test_cargar(sesion: Session, obra: Casa) -> None:
    adelantar(sesion, DOMINGO)
    hecha = carga.cargar(obra, CASOS)
    assert hecha.casos == CASOS == sesion.scalar(select(func.count(Denuncia.id)))
    assert sesion.scalars(select(Incidente.causa)).all() == []
    assert bitacora.verificar(sesion).rotura is None

    estados = Counter(sesion.scalars(select(Denuncia.estado)))
    esperados = (
        "recibida sin_identificar incompleta en_calificacion en_analisis en_programacion en_acto desistida"
    )
    assert set(esperados.split()) <= {e.value for e in estados}
    propuestas = {p.value for p in sesion.scalars(select(Propuesta.estado))}
    assert {
        "programada",
        "rechazada",
        "diferida",
        "en_sesion",
        "listada",
        "validada",
        "en_ficha",
    } <= propuestas
    assert len(set(sesion.scalars(select(Denuncia.subdelegacion_id)))) == 2
    comprobar_sesiones(sesion)


def comprobar_sesiones(sesion: Session) -> None:
    """One held with its three results, one going on with half of its votes, one called."""
    celebrada, en_curso, convocada = sesion.scalars(select(Sesion).order_by(Sesion.id)).all()
    assert (celebrada.estado, en_curso.estado, convocada.estado) == (
        EstadoSesion.CELEBRADA,
        EstadoSesion.INSTALADA,
        EstadoSesion.CONVOCADA,
    )
    resultados = [a.estado for a in sorted(celebrada.asuntos, key=lambda a: a.orden)]
    assert resultados == [EstadoAsunto.APROBADA, EstadoAsunto.RECHAZADA, EstadoAsunto.DIFERIDA]
    assert en_curso.fecha_hora is not None
    assert convocada.fecha_hora is not None
    assert DOMINGO - dt.timedelta(hours=1) < en_curso.fecha_hora < DOMINGO < convocada.fecha_hora
    abierto = next(a for a in en_curso.asuntos if a.estado is EstadoAsunto.EN_VOTACION)
    votos = sesion.scalar(select(func.count(Voto.id)).where(Voto.mocion_id == abierto.mociones[0].id))
    faltan = sesion.scalar(
        select(func.count(Tarea.id)).where(Tarea.nodo == "emitir_voto", Tarea.estado == "abierta")
    )
    assert (votos, faltan) == (3, 3)


def test_nada_ocurre_despues_de_hoy(sesion: Session, obra: Casa) -> None:
    adelantar(sesion, DOMINGO)
    carga.cargar(obra, 6)
    primero, ultimo = sesion.execute(select(func.min(Entrada.en), func.max(Entrada.en))).one()
    assert primero.replace(tzinfo=dt.UTC) > DOMINGO - dt.timedelta(days=150)
    assert ultimo.replace(tzinfo=dt.UTC) < DOMINGO + dt.timedelta(minutes=5)


def test_buzones_y_segunda_carga(sesion: Session, obra: Casa) -> None:
    hecha = carga.cargar(obra, 3)
    assert len(hecha.claves) == 3
    with obra.ctx() as ctx:
        for caso in hecha.claves:
            assert buzon.entrar(ctx, caso.folio, caso.clave, "origen") == caso.id
    with pytest.raises(DatoInvalido, match="ya tiene denuncias"):
        carga.cargar(obra, 3)


def test_borrar_solo_lo_ficticio(sesion: Session, obra: Casa) -> None:
    borrado.comprobar(obra)
    sesion.add(Usuario(correo="alguien@imss.example", nombre="Alguien", cargo="", clave_hash="x"))
    sesion.commit()
    with pytest.raises(NoPermitido, match="1 cuentas"):
        borrado.comprobar(obra)


def test_orden_de_la_consola(app: Flask) -> None:
    consola = app.test_cli_runner()
    cargar = consola.invoke(args=["demo", "cargar", "--casos", "2"])
    assert cargar.exit_code == 0, cargar.output
    assert "DEN-" in cargar.output
    assert "2 denuncias" in cargar.output
    assert consola.invoke(args=["demo", "borrar"]).exit_code == 1
    perfiles = consola.invoke(args=["demo", "perfiles", "--json"])
    assert '"analista_auditoria"' in perfiles.output
    assert consola.invoke(args=["demo", "borrar", "--confirmar"]).exit_code == 0
    assert consola.invoke(args=["demo", "perfiles"]).output.strip() == "(nada)"


def test_misma_semilla_misma_gente() -> None:
    uno, otro = Padron(7), Padron(7)
    assert [uno.identidad() for _ in range(5)] == [otro.identidad() for _ in range(5)]
    assert carga.filas(60, Random(7)) == carga.filas(60, Random(7))
    for _ in range(30):
        persona = uno.identidad()
        assert revisar("curp", persona["curp"]).valido
        assert revisar("nss", persona["nss"]).valido


@pytest.mark.parametrize("casos", [1, 27, 44, 90])
def test_cuantos_casos(casos: int) -> None:
    elegidas = carga.filas(casos, Random(1))
    assert len(elegidas) == casos
    assert all(f["hace"] >= 0 for f in elegidas)
    assert {f["historia"] for f in elegidas} <= {f["historia"] for f in textos()["casos"]}
