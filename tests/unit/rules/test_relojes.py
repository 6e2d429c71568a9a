"""From legal days to words and to the instants of timers."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from workflow.params.loader import catalogo_plazos, plazo
from workflow.rules.calendario import Calendario
from workflow.rules.errores import ReglaError
from workflow.rules.relojes import faltan, momento_de_disparo, vence_en_horas

MEXICO = ZoneInfo("America/Mexico_City")
TIJUANA = ZoneInfo("America/Tijuana")
D = date.fromisoformat


@pytest.mark.parametrize(
    ("vence", "hoy", "unidad", "dias", "texto"),
    [
        ("2026-11-25", "2026-11-20", "habiles", 3, "en 3 días hábiles"),
        ("2026-11-23", "2026-11-20", "habiles", 1, "en 1 día hábil"),
        ("2026-11-20", "2026-11-20", "habiles", 0, "hoy"),
        ("2026-11-19", "2026-11-20", "habiles", -1, "venció hace 1 día hábil"),
        ("2026-11-13", "2026-11-20", "habiles", -4, "venció hace 4 días hábiles"),
        ("2026-11-20", "2026-11-21", "habiles", 0, "ya venció"),
        ("2026-11-22", "2026-11-21", "habiles", 0, "antes del siguiente día hábil"),
        ("2026-11-25", "2026-11-20", "naturales", 5, "en 5 días"),
        ("2026-11-25", "2026-11-20", "meses", 5, "en 5 días"),
        ("2026-11-19", "2026-11-20", "anios", -1, "venció hace 1 día"),
    ],
)
def test_faltan(vence: str, hoy: str, unidad: str, dias: int, texto: str) -> None:
    resultado = faltan(D(vence), D(hoy), unidad)
    assert (resultado.dias, resultado.texto) == (dias, texto)
    assert resultado.unidad == ("habiles" if unidad == "habiles" else "naturales")


def test_faltan_con_el_calendario_de_la_unidad() -> None:
    assert faltan(D("2026-11-25"), D("2026-11-20"), "habiles", Calendario({D("2026-11-24")})).dias == 2


@pytest.mark.parametrize(
    ("clave", "vence", "instante"),
    [
        ("sla_calificacion", "2026-11-25", "2026-11-26T06:00"),  # 00:00 of D+1, UTC-6
        ("visita_max", "2026-01-31", "2026-02-01T06:00"),
        ("repse_3", "2026-03-02", "2026-03-02T06:00"),
        ("surte_efectos", "2026-03-13", "2026-03-13T06:00"),
        ("estrados", "2026-06-19", "2026-06-22T06:00"),  # the eleventh día hábil
    ],
)
def test_momento_de_disparo(clave: str, vence: str, instante: str) -> None:
    esperado = datetime.fromisoformat(instante).replace(tzinfo=UTC)
    assert momento_de_disparo(D(vence), plazo(clave), MEXICO) == esperado


def test_la_zona_de_la_unidad_y_el_cambio_de_hora() -> None:
    # Tijuana keeps summer time: 00:00 of 9 July is 07:00 UTC, of 9 January 08:00 UTC.
    assert momento_de_disparo(D("2026-07-08"), plazo("doc_6"), TIJUANA).hour == 7
    assert momento_de_disparo(D("2026-01-08"), plazo("doc_6"), TIJUANA).hour == 8


def test_los_plazos_con_hora() -> None:
    for clave in ("repse_1a", "subasta", "sesion_fecha", "citatorio", "entrega_bienes"):
        assert momento_de_disparo(D("2026-07-27"), plazo(clave), MEXICO, time(10)) == datetime(
            2026, 7, 27, 16, tzinfo=UTC
        )
        with pytest.raises(ReglaError, match="a qué hora"):
            momento_de_disparo(D("2026-07-27"), plazo(clave), MEXICO)
    with pytest.raises(ReglaError, match="cuenta veces"):
        momento_de_disparo(D("2026-07-27"), plazo("max_reenvios"), MEXICO)


def test_estrados_mira_el_calendario_de_la_unidad() -> None:
    instante = momento_de_disparo(
        D("2026-06-19"), plazo("estrados"), MEXICO, calendario=Calendario({D("2026-06-22")})
    )
    assert instante.astimezone(MEXICO).date() == D("2026-06-23")


def test_solo_los_que_la_ley_nombra_disparan_en_su_dia() -> None:
    en_su_dia = {p.clave for p in catalogo_plazos().values() if p.dispara == "en_su_dia"}
    assert en_su_dia == {"repse_3", "repse_5", "repse_7", "surte_efectos"}


def test_plazo_en_horas() -> None:
    inicio = datetime(2026, 7, 1, 12, tzinfo=MEXICO)
    assert vence_en_horas(24, inicio) == inicio + timedelta(hours=24)
    assert vence_en_horas(24, inicio).tzinfo is UTC
    with pytest.raises(ReglaError, match="zona horaria"):
        vence_en_horas(24, datetime(2026, 7, 1, 12))
    with pytest.raises(ReglaError, match="1 o más"):
        vence_en_horas(0, inicio)
