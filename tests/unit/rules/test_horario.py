"""Hours of the diligencias (CFF 13)."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import pytest

from workflow.params import horario as params
from workflow.params.errores import PARAMETRO_NO_VIGENTE, ParametroInvalido, ReglaError
from workflow.rules.calendario import Calendario
from workflow.rules.horario import juzgar

FILA = """horario:
  - {desde: "07:30", hasta: "18:00", cita: x, publicacion: x, confianza: verificado, vigente_desde: 2006-06-29}
"""


@pytest.mark.parametrize(
    ("momento", "habil", "motivos"),
    [
        (datetime(2026, 3, 12, 7, 30), True, ()),
        (datetime(2026, 3, 12, 18, 0), True, ()),
        (datetime(2026, 3, 12, 7, 29), False, ("07:29",)),
        (datetime(2026, 3, 12, 19, 0), False, ("19:00",)),
        (datetime(2026, 3, 14, 11, 0), False, ("sábado 14 de marzo",)),
        (datetime(2026, 3, 16, 6, 0), False, ("lunes 16 de marzo", "06:00")),
    ],
)
def test_day_and_hour(momento: datetime, habil: bool, motivos: tuple[str, ...]) -> None:
    r = juzgar(momento, Calendario())
    assert r.habil is habil
    assert len(r.motivos) == len(motivos)
    assert all(parte in motivo for parte, motivo in zip(motivos, r.motivos, strict=True))
    assert r.pasos[0].que == ("Día y hora hábiles" if habil else "Sólo con habilitación")


def test_a_day_closed_by_the_office_is_not_habil() -> None:
    assert not juzgar(datetime(2026, 3, 12, 11, 0), Calendario({date(2026, 3, 12)})).habil


def test_before_the_law_read_nothing_is_said() -> None:
    with pytest.raises(ReglaError) as error:
        juzgar(datetime(2001, 3, 12, 11, 0), Calendario())
    assert error.value.codigo == PARAMETRO_NO_VIGENTE


def test_the_hours_are_data() -> None:
    vigente = params.horario(date(2026, 3, 12))
    assert (vigente.desde, vigente.hasta, vigente.confianza) == (time(7, 30), time(18), "verificado")
    assert vigente.texto == "de 07:30 a 18:00 horas"


@pytest.mark.parametrize(
    ("de", "por", "dice"),
    [
        ('"07:30"', '"7:30"', "«desde» debe ser una hora"),
        ('"18:00"', '"24:00"', "«hasta» debe ser una hora"),
        ('"18:00"', '"07:00"', "termina antes de empezar"),
        ("confianza", "seguridad", "claves desconocidas"),
    ],
)
def test_a_wrong_row_is_refused(tmp_path: Path, de: str, por: str, dice: str) -> None:
    archivo = tmp_path / "horario.yaml"
    archivo.write_text(FILA.replace(de, por), encoding="utf-8")
    with pytest.raises(ParametroInvalido, match=dice):
        params.cargar(archivo)
