"""The calendar of a term: whole weeks, running sum, what each day is, long ones with their ends only."""

from __future__ import annotations

import datetime as dt

from workflow.queries.derivacion import _resumido
from workflow.queries.semanas import Cuenta, Semana, elidir, semanas
from workflow.rules import plazos

VIERNES = dt.date(2026, 10, 16)


def calendario(longitud: int, hoy: dt.date, *pausas: plazos.Suspension) -> tuple[list[Semana], dt.date]:
    r = plazos.calcular(longitud, "habiles", VIERNES, "dia_siguiente", suspensiones=pausas)
    return semanas(Cuenta(VIERNES, r.vence, r.dias, {VIERNES: "Inicio"}, hoy)), r.vence


def test_semanas_enteras_con_su_suma() -> None:
    filas, vence = calendario(7, dt.date(2026, 10, 20))
    assert vence == dt.date(2026, 10, 27)
    assert [s.suma for s in filas] == [0, 5, 7]
    assert [s.mas for s in filas] == [0, 5, 2]
    primera = filas[0].celdas
    assert [c.rotulo for c in primera] == ["12 oct", "13", "14", "15", "16", "17", "18"]
    assert [c.clase for c in primera] == ["fuera"] * 4 + ["ini", "fds", "fds"]
    assert [c.clase for c in filas[1].celdas] == ["cuenta", "cuenta", *["porcontar"] * 3, "fds", "fds"]
    assert [c.hoy for c in filas[1].celdas].index(True) == 1
    ultima = filas[2].celdas
    assert (ultima[1].clase, ultima[1].numero, ultima[1].por) == ("ven", 7, "Vence")
    assert [c.clase for c in ultima[2:]] == ["fuera"] * 3 + ["fds", "fds"]


def test_lo_saltado_dice_por_que() -> None:
    pausa = plazos.Suspension(dt.date(2026, 11, 4), dt.date(2026, 11, 5), "Inundación", "Acuerdo 118")
    filas, _ = calendario(20, dt.date(2026, 12, 31), pausa)
    celdas = {c.rotulo: c for s in filas for c in s.celdas if c.clase in ("susp", "inh")}
    assert (celdas["4"].clase, celdas["4"].por) == ("susp", "Suspensión")
    assert celdas["16"].clase == "inh"
    assert "Revolución" in celdas["16"].por


def test_los_largos_muestran_sus_puntas() -> None:
    filas, _ = calendario(80, VIERNES)
    cortas = elidir(filas)
    assert len(cortas) == 7
    contados = sum(s.mas for s in filas[3:-3])
    assert cortas[3].elipsis == f"… {len(filas) - 6} semanas, {contados} días contados"
    assert cortas[3].suma == filas[-4].suma
    diez, _ = calendario(45, VIERNES)
    assert elidir(diez[:10]) == diez[:10]


def test_una_pausa_larga_se_dice_por_sus_extremos() -> None:
    pausa = plazos.Suspension(dt.date(2026, 10, 19), dt.date(2026, 10, 30), "Huelga", "CFF 46-A")
    r = plazos.calcular(5, "habiles", VIERNES, "dia_siguiente", suspensiones=(pausa,))
    paso = next(p for p in r.pasos if "suspensión" in p.que)
    assert _resumido(paso) == "Entre el 19 de octubre y el 30 de octubre: Huelga"
    corta = plazos.Suspension(dt.date(2026, 10, 19), dt.date(2026, 10, 20), "Huelga", "CFF 46-A")
    r = plazos.calcular(5, "habiles", VIERNES, "dia_siguiente", suspensiones=(corta,))
    paso = next(p for p in r.pasos if "suspensión" in p.que)
    assert _resumido(paso) == paso.de_que
