"""The second half of the demonstration: every stage from the order to the adjudication, made by the real actions."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.acto import Acto, EstadoActo
from models.bien import Bien
from models.credito import ClaseCredito, Credito, EstadoCredito
from models.denuncia import Denuncia, EstadoDenuncia
from models.pae import CreditoEnPae, DiligenciaPae, EstadoPae, InformeIntervencion, Pae
from models.pago import Pago
from models.patron import Patron
from models.plazo import Plazo, Suspension
from models.proceso import Incidente, Tarea
from models.remate import EstadoRemate, Remate
from tests.factories.casa import nueva
from tests.soporte.bases import motor_sqlite
from workflow.actions import proceso
from workflow.actions.casa import Casa
from workflow.actions.demo import carga, organizacion
from workflow.actions.demo.casos import textos
from workflow.actions.demo.guion import Guion
from workflow.actions.demo.vidas import PASOS, desplegar
from workflow.context import SISTEMA
from workflow.operations import cuenta
from workflow.queries import bitacora
from workflow.queries import remate as remates

VIERNES = dt.datetime(2026, 11, 20, 18, 30, tzinfo=dt.UTC)
A, K, P, R = EstadoActo, EstadoCredito, EstadoPae, EstadoRemate
PAGADA, PARCIAL = "C501266410", "C467801910"


@pytest.mark.lento
@pytest.mark.una_base("sqlite")
def test_cada_etapa_hasta_la_adjudicacion(sesion: Session, obra: Casa) -> None:
    with obra.ctx() as ctx:
        organizacion.cargar(ctx)
        proceso.publicar(ctx)
    # The lives, and those who join the proposal of one of them.
    filas = carga.filas(carga.CASOS, Random(7))
    filas = [fila for fila in filas if "vida" in fila or fila["historia"] == "unida"]
    hecha = carga.contar(Guion(obra, VIERNES, Random(7)), filas, 7)
    assert hecha.casos == len(filas)
    assert sesion.scalars(select(Incidente.causa)).all() == []
    assert bitacora.verificar(sesion).rotura is None
    _actos(sesion)
    _creditos(sesion, obra)
    _ejecuciones(sesion)
    _remates(sesion, obra)
    restituidas = select(Denuncia.folio).where(Denuncia.estado == EstadoDenuncia.RESTITUIDA)
    assert sesion.scalars(restituidas).one() in {caso.folio for caso in hecha.claves}


def _actos(sesion: Session) -> None:
    estados = Counter(sesion.scalars(select(Acto.estado)))
    assert set(estados) >= {A.ORDENADO, A.EN_DESAHOGO, A.CON_OBSERVACIONES, A.EN_RESOLUCION, A.DETERMINADO}
    # One visit was held by a strike; in another the days to rebut run.
    assert sesion.scalars(select(Suspension.causal).where(Suspension.sujeto_tipo == "acto")).all() == [
        "huelga"
    ]
    assert _corre(sesion, "ultima_parcial") == 1
    unidas = select(func.count()).where(Denuncia.propuesta_id.is_not(None)).group_by(Denuncia.propuesta_id)
    assert max(sesion.scalars(unidas)) >= 14
    por_acto = Counter(sesion.scalars(select(Credito.acto_id)))
    assert max(por_acto.values()) == 5


def _creditos(sesion: Session, obra: Casa) -> None:
    estados = Counter((c.clase, c.estado) for c in sesion.scalars(select(Credito)))
    proyecto = {K.EN_REVISION_JURIDICA, K.POR_FIRMAR, K.FIRMADO}
    assert proyecto <= {estado for _, estado in estados}
    assert _corre(sesion, "pago_credito") >= 2
    assert estados[ClaseCredito.RCV, K.SIN_EFECTOS] == 1
    # The payment of three of five covers them whole, and nothing of the others.
    ctx = obra.contexto(sesion, SISTEMA, VIERNES)
    suyos = _de(sesion, PARCIAL)
    debe = [cuenta.saldo(ctx, credito, ctx.hoy).total for credito in suyos]
    assert [credito.estado for credito in suyos[:3]] == [K.PAGADO] * 3
    assert debe[:3] == [0, 0, 0]
    assert min(debe[3:]) > 100


def _ejecuciones(sesion: Session) -> None:
    estados = set(sesion.scalars(select(Pae.estado)))
    assert estados == {P.REQUERIDO, P.EN_REMATE, P.EN_INTERVENCION, P.PAGADO, P.ADJUDICADO}
    excluidos = [d.datos.get("excluidos") for d in sesion.scalars(select(DiligenciaPae))]
    assert [fila["clase"] for filas in excluidos for fila in filas or ()] == ["maquinaria"]
    con_exento = next(d.pae_id for d in sesion.scalars(select(DiligenciaPae)) if d.datos.get("excluidos"))
    bienes = select(Bien.tipo).where(Bien.pae_id == con_exento).order_by(Bien.numero)
    assert [tipo.value for tipo in sesion.scalars(bienes)] == ["dinero", "mueble"]  # the order of CFF 155
    assert sesion.scalar(select(func.count(InformeIntervencion.id))) == 2
    anulado = sesion.scalars(select(CreditoEnPae).where(CreditoEnPae.excluido_en.is_not(None))).one()
    assert sesion.get_one(Pae, anulado.pae_id).estado is P.EN_REMATE
    abiertas = set(sesion.scalars(select(Tarea.nodo).where(Tarea.estado == "abierta")))
    assert {
        "trabar_embargo",
        "rendir_informe",
        "encargar_avaluo",
        "rendir_peritaje",
        "decidir_desierto",
    } <= abiertas


def _remates(sesion: Session, obra: Casa) -> None:
    filas = sesion.scalars(select(Remate)).all()
    assert {fila.estado for fila in filas} == {
        R.PREPARADO, R.PUBLICADO, R.EN_SUBASTA, R.DESIERTO, R.ADJUDICADO, R.ENTREGADO
    }  # fmt: skip
    abierta = next(fila for fila in filas if fila.estado is R.EN_SUBASTA)
    assert abierta.abre_en is not None
    assert abierta.cierra_en is not None
    assert abierta.abre_en < VIERNES < abierta.cierra_en
    assert len(abierta.posturas) == 3
    publicados = remates.publicados(obra.contexto(sesion, SISTEMA, VIERNES))
    assert abierta.folio in {fila.folio for fila in publicados}
    adjudicado = next(fila for fila in filas if fila.estado is R.ADJUDICADO)
    assert adjudicado.producto == adjudicado.base * 60 / 100


def _corre(sesion: Session, clave: str) -> int:
    consulta = select(func.count(Plazo.id)).where(Plazo.clave == clave, Plazo.cerrado_en.is_(None))
    return sesion.scalar(consulta) or 0


def _de(sesion: Session, registro: str) -> list[Credito]:
    consulta = select(Credito).join(Patron, Patron.id == Credito.patron_id)
    return list(sesion.scalars(consulta.where(Patron.registro_patronal == registro).order_by(Credito.id)))


@pytest.mark.lento
def test_la_misma_semilla_cuenta_la_misma_vida(tmp_path: Path) -> None:
    assert _contar(tmp_path / "una") == _contar(tmp_path / "otra")


def _contar(carpeta: Path) -> list[Any]:
    """Play one life to its payment; what it came to, without keys nor ids."""
    carpeta.mkdir()
    with motor_sqlite(carpeta) as motor:
        casa = nueva(motor, carpeta)
        with casa.ctx() as ctx:
            organizacion.cargar(ctx)
            proceso.publicar(ctx)
        fila = next(f for f in textos()["casos"] if f["patron"] == PAGADA)
        carga.contar(Guion(casa, VIERNES, Random(7)), [fila], 7)
        with casa.ctx() as ctx:
            pagos = ctx.session.execute(select(Pago.folio, Pago.fecha, Pago.importe)).all()
            creditos = [(c.folio, c.estado, c.notificado) for c in ctx.session.scalars(select(Credito))]
            tareas = ctx.session.execute(select(Tarea.nodo, Tarea.hecha_en).order_by(Tarea.id)).all()
    assert [estado for _, estado, _ in creditos] == [K.PAGADO]
    return [*pagos, *creditos, *tareas]


@pytest.mark.parametrize(
    ("hoy", "presentada", "cuantas"),
    [
        (VIERNES.date(), dt.date(2026, 4, 20), 15),
        (dt.date(2026, 3, 10), dt.date(2025, 8, 13), 0),  # before the terms that the catalogue has
        (dt.date(2032, 1, 4), dt.date(2031, 6, 2), 3),  # without rates of the day: only the visits
    ],
)
def test_una_vida_se_cuenta_si_su_ley_se_publico(hoy: dt.date, presentada: dt.date, cuantas: int) -> None:
    filas = carga.filas(carga.CASOS, Random(1), lambda fila: carga.hay_ley(fila, presentada, hoy))
    assert len(filas) == carga.CASOS
    assert sum("sesion" in fila for fila in filas) == cuantas


def test_los_pasos_de_cada_vida_existen() -> None:
    vidas = [fila["vida"] for fila in textos()["casos"] if "vida" in fila]
    pasos = {paso for vida in vidas for paso in desplegar(vida, textos()["tramos"]) if isinstance(paso, str)}
    assert pasos == set(PASOS)  # every step is told somewhere, and nothing else is
