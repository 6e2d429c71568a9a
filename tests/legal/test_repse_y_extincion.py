"""REPSE cycles against the computed table and the real ones of 2025; caducidad and prescripción."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.rules import extincion, repse
from workflow.rules.errores import ReglaError
from workflow.rules.plazos import Suspension

D = date.fromisoformat


@pytest.mark.parametrize(
    ("anio", "semestre", "fechas"),
    [
        (2026, 1, "01-26 01-29 01-29 02-28 03-02 03-09 03-10 03-10"),
        (2026, 2, "07-27 07-30 07-30 08-29 08-31 09-07 09-08 09-08"),
        (2027, 1, "01-25 01-28 01-28 02-27 03-01 03-08 03-09 03-09"),
        (2027, 2, "07-26 07-29 07-29 08-28 08-30 09-06 09-07 09-07"),
    ],
)
def test_la_tabla_calculada(anio: int, semestre: int, fechas: str) -> None:
    ciclo = repse.ciclo(anio, semestre)
    assert [
        ciclo.padron,
        ciclo.limite_exhorto,
        ciclo.exhorto,
        ciclo.fin_regularizacion,
        ciclo.segunda_opinion,
        ciclo.fin_manifestacion,
        ciclo.tercera_opinion,
        ciclo.cancelacion,
    ] == [D(f"{anio}-{dia}") for dia in fechas.split()]
    assert [paso.fechas[0] for paso in ciclo.pasos] == [D(f"{anio}-{dia}") for dia in fechas.split()]
    assert ciclo.avisos == ()
    assert ciclo.pasos[3].de_que.startswith("30 días naturales desde el exhorto; no se recorre: ")


def test_los_ciclos_reales_de_2025() -> None:
    enero = repse.ciclo(2025, 1)
    assert (enero.padron, enero.limite_exhorto) == (D("2025-01-27"), D("2025-01-30"))
    for enviado in ("2025-01-29", "2025-01-30"):
        assert repse.ciclo(2025, 1, D(enviado)).avisos == ()
    julio = repse.ciclo(2025, 2)
    assert (julio.padron, julio.limite_exhorto) == (D("2025-07-28"), D("2025-07-31"))


def test_exhorto_temprano_y_cancelacion_notificada_despues() -> None:
    ciclo = repse.ciclo(2026, 1, D("2026-01-27"))
    assert ciclo.fin_regularizacion == D("2026-02-26")
    assert ciclo.segunda_opinion == D("2026-02-27")
    tarde = repse.ciclo(2026, 1, inicio_cancelacion=D("2026-03-11"))
    assert tarde.fin_manifestacion == D("2026-03-19")  # 16 March is inhábil
    assert tarde.cancelacion == D("2026-03-20")


def test_avisos_y_fechas_imposibles() -> None:
    assert "después de su límite" in repse.ciclo(2026, 1, D("2026-02-10")).avisos[0]
    assert "2023" in repse.ciclo(2022, 1).avisos[0]
    for kwargs in ({"exhorto": D("2026-01-25")}, {"inicio_cancelacion": D("2026-03-01")}):
        with pytest.raises(ReglaError) as error:
            repse.ciclo(2026, 1, **kwargs)
        assert error.value.codigo == "DATO_INVALIDO"
    for anio, semestre in ((2026, 3), (9999, 1), (0, 1)):
        with pytest.raises(ReglaError):
            repse.ciclo(anio, semestre)


def test_caducidad_cinco_anios_movidos_por_las_suspensiones_y_sin_recorrer() -> None:
    assert extincion.caducidad(D("2021-02-20")).vence == D("2026-02-20")
    assert extincion.caducidad(D("2021-01-31")).vence == D("2026-01-31")  # a Saturday: it does not roll
    suspension = [Suspension(D("2022-01-01"), D("2022-12-31"))]
    assert extincion.caducidad(D("2021-02-20"), suspension).vence == D("2027-02-20")


def test_prescripcion_interrumpida_y_con_tope() -> None:
    def vence(gestiones: list[str], *pausas: tuple[str, str]) -> tuple[str, str]:
        r = extincion.prescripcion(
            D("2010-03-10"), [D(g) for g in gestiones], [Suspension(D(a), D(b)) for a, b in pausas]
        )
        return r.vence.isoformat(), r.tope.isoformat()

    assert vence([]) == ("2015-03-10", "2020-03-10")
    assert vence(["2012-06-01"]) == ("2017-06-01", "2020-03-10")
    assert vence(["2012-06-01", "2017-06-01"]) == ("2020-03-10", "2020-03-10")
    # In any order, and one that comes on the day reached still interrupts; a later one does not.
    assert vence(["2017-06-01", "2012-06-01"]) == ("2020-03-10", "2020-03-10")
    assert vence(["2015-03-10"]) == ("2020-03-10", "2020-03-10")
    assert vence(["2015-03-11"]) == ("2015-03-10", "2020-03-10")
    # A suspension before the last gestión moves only the ceiling; a running one counts for its later part.
    assert vence(["2012-06-01"], ("2011-01-01", "2011-01-10")) == ("2017-06-01", "2020-03-20")
    assert vence(["2012-06-01"], ("2012-05-23", "2012-06-11")) == ("2017-06-11", "2020-03-30")
    assert vence([], ("2015-03-11", "2015-03-20")) == ("2015-03-10", "2020-03-20")


def test_prescripcion_que_no_cuadra() -> None:
    with pytest.raises(ReglaError) as error:
        extincion.prescripcion(D("2020-01-10"), [D("2020-01-09")])
    assert "anterior" in error.value.mensaje
    with pytest.raises(ReglaError):
        extincion.prescripcion(D("2020-01-10"), [], [Suspension(D("2021-01-10"), D("2021-01-09"))])


FECHAS = st.dates(date(2010, 1, 1), date(2030, 12, 31))
BISIESTO = timedelta(days=4)


@given(FECHAS, st.lists(st.integers(0, 4000), max_size=6), st.integers(0, 3000), st.integers(0, 400))
def test_prescripcion_nunca_pasa_del_tope_ni_pierde_por_una_gestion(
    exigible: date, saltos: list[int], inicio: int, largo: int
) -> None:
    pausa = Suspension(exigible + timedelta(days=inicio), exigible + timedelta(days=inicio + largo))
    gestiones = [exigible + timedelta(days=n) for n in saltos]
    base = extincion.prescripcion(exigible, [], [pausa])
    con = extincion.prescripcion(exigible, gestiones, [pausa])
    assert con.vence <= con.tope == base.tope
    # Five years from another day may hold one leap day less, and 29 February may have to be looked for.
    assert base.vence - BISIESTO <= con.vence
    assert extincion.prescripcion(exigible, list(reversed(gestiones)), [pausa]).vence == con.vence
    assert con.vence >= extincion.prescripcion(exigible, gestiones).vence - BISIESTO
