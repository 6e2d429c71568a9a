"""Papers of the employer: which become a message, which are only filed, what they may not say."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from models.plazo import Suspension
from models.proceso import Mensaje
from models.promocion_patron import PromocionPatron
from models.requerimiento import EstadoRequerimiento, Requerimiento
from tests.factories import notificacion as fabrica
from tests.factories.casa import ZONA
from tests.integration.dominio.apoyo import Juego, actuar
from tests.process.pasos.promocion import promocion
from workflow.actions import promocion_patron as acciones
from workflow.context import Ctx
from workflow.errors import DatoInvalido, NoEncontrado
from workflow.operations import plazo
from workflow.operations.folio import siguiente
from workflow.operations.sujeto import de_acto, leer

E = EstadoRequerimiento


@pytest.fixture
def acto(juego: Juego) -> int:
    """An act notified on 2 March 2026; it is the 23rd."""

    def empezar(ctx: Ctx) -> int:
        fila = fabrica.acto(ctx)
        fila.notificado = dt.date(2026, 3, 2)
        plazo.abrir(ctx, de_acto(fila), "visita_max", desde=fila.notificado)
        return fila.id

    with juego.como() as ctx:
        acto_id: int = actuar(ctx, empezar)
    juego.ids["a1"] = ("acto", acto_id)
    juego.obra.ahora = dt.datetime(2026, 3, 23, 10, 0, tzinfo=ZONA)
    return acto_id


def _requerir(
    juego: Juego, acto_id: int, numero: int = 1, estado: E = E.NOTIFICADO, suspende: str = ""
) -> int:
    def requerir(ctx: Ctx) -> int:
        fila = Requerimiento(
            folio=siguiente(ctx, "REQ"),
            acto_id=acto_id,
            numero=numero,
            estado=estado,
            documentos=["Nóminas"],
            plazo="doc_15",
            lugar="Oficina",
            elaborado_en=dt.datetime(2026, 3, 3, 16, tzinfo=dt.UTC),
        )
        ctx.session.add(fila)
        ctx.session.flush()
        sujeto = _sujeto(ctx, acto_id)
        if estado is E.NOTIFICADO and numero == 1:
            plazo.abrir(ctx, sujeto, "doc_15", desde=dt.date(2026, 3, 4))
        if suspende:
            dia = dt.date.fromisoformat(suspende)
            fila.suspension_id = plazo.suspender(ctx, sujeto, "requerimiento", "CFF 46-A, IV", dia).id
        return fila.id

    with juego.como() as ctx:
        return int(actuar(ctx, requerir))


def _sujeto(ctx: Ctx, acto_id: int) -> Any:
    return leer(ctx, "acto", acto_id)


def _mensajes(juego: Juego) -> list[tuple[str, str]]:
    with juego.como() as ctx:
        filas = ctx.session.scalars(select(Mensaje).order_by(Mensaje.id))
        return [(m.nombre, m.valor) for m in filas]


def _capturar(
    juego: Juego, acto_id: int, tipo: str, dia: str, quien: str = "daniela.solis", **con: Any
) -> int:
    with juego.como(quien) as ctx:
        fila = acciones.capturar(
            ctx,
            "acto",
            acto_id,
            tipo,
            con.pop("via", "ventanilla"),
            dt.date.fromisoformat(dia),
            con.pop("resumen", "Exhibe documentos"),
            **con,
        )
        return fila.id


def test_una_prueba_llega_al_proceso(juego: Juego, acto: int) -> None:
    promocion_id = _capturar(juego, acto, "pruebas_aportadas", "2026-03-20")
    assert _mensajes(juego) == [("pruebas_aportadas", str(acto))]
    with juego.como() as ctx:
        fila = ctx.session.get_one(PromocionPatron, promocion_id)
        assert fila.folio.startswith("PRM-2026-")
        assert fila.presentada == dt.date(2026, 3, 20)
        assert fila.capturada_por is not None


def test_la_respuesta_a_tiempo_va_al_requerimiento_abierto(juego: Juego, acto: int) -> None:
    pedido = _requerir(juego, acto)
    _capturar(juego, acto, "documentos_presentados", "2026-03-23")
    assert _mensajes(juego) == [("documentos_presentados", str(pedido))]


def test_la_respuesta_tardia_levanta_la_suspension_y_no_contesta_otra(juego: Juego, acto: int) -> None:
    viejo = _requerir(juego, acto, estado=E.INCUMPLIDO, suspende="2026-03-16")
    with juego.como() as ctx:
        antes = plazo.abiertos(ctx, _sujeto(ctx, acto))["visita_max"].vence
    _capturar(juego, acto, "documentos_presentados", "2026-03-20", de=viejo)
    assert _mensajes(juego) == []
    with juego.como() as ctx:
        suspension = ctx.session.scalars(select(Suspension)).one()
        assert suspension.hasta == dt.date(2026, 3, 20)
        assert ctx.session.get_one(Requerimiento, viejo).contestado_en == dt.date(2026, 3, 20)
        vence = plazo.abiertos(ctx, _sujeto(ctx, acto))["visita_max"].vence
        assert vence != antes
        assert vence == dt.date(2027, 3, 7)  # 2 March 2027 and the five days of the silence


def test_sin_requerimiento_abierto_se_integra(juego: Juego, acto: int) -> None:
    _capturar(juego, acto, "documentos_presentados", "2026-03-20")
    _capturar(juego, acto, "correccion_aclarada", "2026-03-20")
    _capturar(juego, acto, "otro", "2026-03-20")
    assert _mensajes(juego) == []


def test_fuera_de_plazo_pero_sin_vencer_aun_no_es_respuesta(juego: Juego, acto: int) -> None:
    _requerir(juego, acto)
    juego.obra.ahora = dt.datetime(2026, 4, 20, 10, 0, tzinfo=ZONA)
    _capturar(juego, acto, "documentos_presentados", "2026-04-17")
    assert _mensajes(juego) == []


@pytest.mark.parametrize(
    ("tipo", "con", "campo"),
    [
        ("pruebas_aportadas", {"dia": "2026-03-24"}, "presentada"),
        ("pruebas_aportadas", {"dia": "2026-02-27"}, "presentada"),
        ("documentos_presentados", {"dia": "2026-03-02"}, "presentada"),
        ("pruebas_aportadas", {"dia": "2026-03-20", "resumen": "  "}, "resumen"),
        ("pruebas_aportadas", {"dia": "2026-03-20", "via": "fax"}, "via"),
        ("promocion_multa", {"dia": "2026-03-20"}, "tipo"),
        ("pruebas_aportadas", {"dia": "2026-03-20", "documento_id": 9999}, "documento"),
        ("documentos_presentados", {"dia": "2026-03-20", "de": 9999}, "de"),
    ],
)
def test_lo_que_se_rechaza(juego: Juego, acto: int, tipo: str, con: dict[str, Any], campo: str) -> None:
    _requerir(juego, acto)
    with pytest.raises(DatoInvalido) as error:
        _capturar(juego, acto, tipo, **con)
    assert campo in error.value.campos


def test_varios_requerimientos_y_la_misma_dos_veces(juego: Juego, acto: int) -> None:
    _requerir(juego, acto)
    segundo = _requerir(juego, acto, 2)
    with pytest.raises(DatoInvalido) as error:
        _capturar(juego, acto, "documentos_presentados", "2026-03-20")
    assert "de" in error.value.campos
    _capturar(juego, acto, "documentos_presentados", "2026-03-20", de=segundo)
    with pytest.raises(DatoInvalido, match="ya está capturada"):
        _capturar(juego, acto, "documentos_presentados", "2026-03-20", de=segundo)
    assert _mensajes(juego) == [("documentos_presentados", str(segundo))]


@pytest.mark.parametrize("quien", ["hector.rios", "nadia.rosas", "ana.trejo"])
def test_quien_no_recibe_papeles_del_acto(juego: Juego, acto: int, quien: str) -> None:
    with pytest.raises(NoEncontrado):
        _capturar(juego, acto, "pruebas_aportadas", "2026-03-20", quien)


def test_el_verbo_de_los_guiones(juego: Juego, acto: int) -> None:
    promocion(juego, "pruebas_aportadas", de="a1", dia="2026-03-20")
    juego.saltar(minutes=1)
    promocion(juego, "ampliacion_solicitada", de="a1")
    assert [m for m, _ in _mensajes(juego)] == ["pruebas_aportadas", "ampliacion_solicitada"]
