"""Every guard alone (procesos §1.6), on rows of the house."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from models.acto import EstadoActo
from models.expediente import Expediente
from models.organizacion import Subdelegacion
from models.patron import Patron
from models.propuesta import EstadoPropuesta, Ficha, OrigenPropuesta, Propuesta, TipoActo
from tests.integration.dominio.apoyo import PATRON, Juego, acto, actuar
from workflow.context import Ctx
from workflow.errors import DatoInvalido, NoPermitido
from workflow.operations import _guardas, plazo
from workflow.operations.sujeto import de_denuncia

A, T = EstadoActo, TipoActo
MESES = [{"desde": "2025-06-01", "hasta": "2026-01-31"}]


def _propuesta(ctx: Ctx, estado: EstadoPropuesta = EstadoPropuesta.EN_FICHA, numero: int = 1) -> Propuesta:
    """A proposal that no denuncia feeds."""
    patron = ctx.session.scalars(select(Patron).where(Patron.registro_patronal == PATRON)).one()
    expediente = Expediente(
        folio=f"EXP-PRUEBA-{numero}", subdelegacion_id=patron.subdelegacion_id, abierto_en=ctx.now
    )
    ctx.session.add(expediente)
    ctx.session.flush()
    fila = Propuesta(
        folio=f"PRO-PRUEBA-{numero}",
        estado=estado,
        origen=OrigenPropuesta.MIF,
        expediente_id=expediente.id,
        subdelegacion_id=patron.subdelegacion_id,
        patron_id=patron.id,
        integrada_en=ctx.now,
    )
    ctx.session.add(fila)
    ctx.session.flush()
    return fila


def test_una_propuesta_abierta_por_patron_y_unidad(juego: Juego) -> None:
    with juego.como() as ctx:
        una = actuar(ctx, _propuesta)
        patron, unidad = una.patron_id, una.subdelegacion_id
        hallada = _guardas.g_una_propuesta(ctx, patron, unidad)
        assert hallada is not None
        assert hallada.id == una.id
        assert _guardas.g_una_propuesta(ctx, patron, unidad + 1) is None
    # The database holds the rule too: two that come at the same instant are one.
    with juego.como() as ctx, pytest.raises(DatoInvalido, match="Ya hay una propuesta abierta"):
        actuar(ctx, _propuesta, numero=2)
    with juego.como() as ctx:
        actuar(ctx, _propuesta, EstadoPropuesta.RETIRADA, numero=3)


COP, AMBAS, RCV = ["cop"], ["ambas"], ["rcv"]
Meses = list[dict[str, str | None]]
ACTOS: list[tuple[EstadoActo, Meses, list[str] | None, list[str] | None, bool]] = [
    (A.PROGRAMADO, MESES, COP, COP, True),
    (A.PROGRAMADO, MESES, COP, RCV, False),
    (A.PROGRAMADO, MESES, AMBAS, RCV, True),
    (A.PROGRAMADO, MESES, None, RCV, True),
    (A.PROGRAMADO, MESES, COP, None, True),
    (A.PROGRAMADO, [{"desde": "2026-01-01", "hasta": None}], COP, COP, False),
    (A.PROGRAMADO, [{"desde": "2020-01-01", "hasta": None}], COP, COP, True),
    (A.NO_LOCALIZADO, MESES, COP, COP, True),
    (A.DETERMINADO, MESES, COP, COP, True),
    (A.SIN_OBSERVACIONES, MESES, COP, COP, True),
    (A.SIN_EFECTOS, MESES, COP, COP, False),
]


def test_no_hay_dos_actos_sobre_lo_mismo(juego: Juego) -> None:
    juego._presentar("d1")
    with juego.como() as ctx:
        for estado, meses, pide, tiene, rechaza in ACTOS:
            propuesta, fila = _propuesta(ctx), acto(ctx, estado, contribuciones=tiene)
            if rechaza:
                with pytest.raises(DatoInvalido, match=fila.folio) as error:
                    _guardas.g_acto_vigente(ctx, propuesta, meses, pide)
                assert "ejercicios" in error.value.campos
            else:
                _guardas.g_acto_vigente(ctx, propuesta, meses, pide)
            ctx.session.rollback()


def test_una_denuncia_posterior_es_un_hecho_nuevo(juego: Juego) -> None:
    juego._presentar("d1")
    with juego.como() as ctx:
        propuesta = _propuesta(ctx)
        juego.denuncia(ctx).propuesta_id = propuesta.id
        ctx.session.flush()
        fila = acto(ctx, A.DETERMINADO)
        _guardas.g_acto_vigente(ctx, propuesta, MESES, None)
        fila.concluido_en = ctx.now + dt.timedelta(days=1)
        ctx.session.flush()
        with pytest.raises(DatoInvalido, match="Ya se revisó"):
            _guardas.g_acto_vigente(ctx, propuesta, MESES, None)


PREVIOS: list[tuple[EstadoActo, TipoActo, TipoActo, bool]] = [
    (A.CORREGIDO, T.INVITACION, T.VISITA, True),
    (A.CORREGIDO, T.INVITACION, T.GABINETE, False),
    (A.SIN_EFECTOS, T.INVITACION, T.VISITA, False),
    (A.SIN_OBSERVACIONES, T.REVISION_DICTAMEN, T.VISITA, True),
    (A.DETERMINADO, T.REVISION_DICTAMEN, T.VISITA, False),
    (A.SIN_OBSERVACIONES, T.GABINETE, T.VISITA, False),
]


def test_la_correccion_protege_de_la_visita_salvo_denuncia(juego: Juego) -> None:
    juego._presentar("d1")
    with juego.como() as ctx:
        for estado, tipo, propuesto, rechaza in PREVIOS:
            propuesta = _propuesta(ctx)
            acto(ctx, estado, tipo)
            if rechaza:
                with pytest.raises(DatoInvalido, match="RACERF 173 y 182"):
                    _guardas.g_blindaje(ctx, propuesta, propuesto, MESES)
                _guardas.g_blindaje(ctx, propuesta, propuesto, [{"desde": "2026-02-01", "hasta": None}])
            else:
                _guardas.g_blindaje(ctx, propuesta, propuesto, MESES)
            juego.denuncia(ctx).propuesta_id = propuesta.id
            ctx.session.flush()
            _guardas.g_blindaje(ctx, propuesta, propuesto, MESES)
            ctx.session.rollback()


def test_las_facultades_viven_cinco_anios_desde_la_presentacion(juego: Juego) -> None:
    juego._presentar("d1")
    with juego.como() as ctx:
        sujeto = de_denuncia(juego.denuncia(ctx))
        assert plazo.abiertos(ctx, sujeto)["caducidad"].vence == dt.date(2031, 3, 2)
        for dia, vivas in ((dt.date(2031, 3, 2), True), (dt.date(2031, 3, 3), False)):
            ctx.now = dt.datetime.combine(dia, dt.time(18), dt.UTC)
            assert _guardas.g_facultades(ctx, sujeto) is vivas
        plazo.cerrar(ctx, sujeto, "caducidad")
        assert not _guardas.g_facultades(ctx, sujeto)


def test_nadie_firma_fuera_de_su_territorio(juego: Juego) -> None:
    for quien, unidad, puede in (
        ("rosa.medina", "1101", True),
        ("rosa.medina", "1102", False),
        ("gloria.mena", "1102", True),
        ("revisor", "1101", True),
        (None, "1102", True),
    ):
        with juego.como(quien) as ctx:
            clave = ctx.session.scalars(select(Subdelegacion.id).where(Subdelegacion.clave == unidad)).one()
            if puede:
                _guardas.g_territorio(ctx, clave)
                continue
            with pytest.raises(NoPermitido, match="territorio"):
                _guardas.g_territorio(ctx, clave)


def test_otro_ooad_no_es_su_territorio(juego: Juego) -> None:
    with juego.como("gloria.mena") as ctx:
        unidad = ctx.session.scalars(select(Subdelegacion)).first()
        assert unidad is not None
        otra = Subdelegacion(ooad_id=unidad.ooad_id + 1, clave="9901", nombre="Lejana")
        ctx.session.add(otra)
        ctx.session.flush()
        with pytest.raises(NoPermitido):
            _guardas.g_territorio(ctx, otra.id)


def test_dos_oficinas_no_proponen_los_mismos_meses(juego: Juego) -> None:
    juego._presentar("d1")
    with juego.como() as ctx:
        una = _propuesta(ctx, EstadoPropuesta.VALIDADA)
        una.subdelegacion_id = ctx.session.scalars(
            select(Subdelegacion.id).where(Subdelegacion.id != una.subdelegacion_id)
        ).one()
        ctx.session.flush()
        otra = _propuesta(ctx, numero=2)
        datos = {"ejercicios": [{"periodo": MESES[0]}], "contribuciones": COP}
        ctx.session.add(Ficha(propuesta_id=una.id, numero=1, datos=datos, creada_en=ctx.now))
        ctx.session.flush()
        with pytest.raises(DatoInvalido, match=una.folio):
            _guardas.g_una_ficha(ctx, otra, MESES, COP)
        _guardas.g_una_ficha(ctx, otra, MESES, RCV)
        una.estado = EstadoPropuesta.RECHAZADA
        ctx.session.flush()
        _guardas.g_una_ficha(ctx, otra, MESES, COP)
