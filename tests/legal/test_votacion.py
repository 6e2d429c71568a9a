"""Quórum, majorities, ties and motions: contract §4.8 and procesos §5."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.rules.errores import ReglaError
from workflow.rules.votacion import (
    MAYORIAS,
    MOCIONES,
    RESULTADOS_DE_MOCION,
    VOTOS,
    Asiento,
    computar,
    hay_quorum,
    resultado_de_mocion,
)

LETRAS = {"f": "a_favor", "c": "en_contra", "a": "abstencion", "-": None}


def asientos(votos: str, ausentes: int = 0, excusados: int = 0, sin_voto: int = 0) -> list[Asiento]:
    """Seats from a string: f in favour, c against, a abstention, - no vote yet; the others at the end."""
    lista = [Asiento(n, True, True, False, LETRAS[v]) for n, v in enumerate(votos)]
    lista += [Asiento(f"ausente{n}", True, False, False) for n in range(ausentes)]
    lista += [Asiento(f"excusado{n}", True, True, True) for n in range(excusados)]
    return lista + [Asiento(f"voz{n}", False, True, False) for n in range(sin_voto)]


@pytest.mark.parametrize(
    ("votos", "otros", "mayoria", "calidad", "resultado"),
    [
        ("ffffff", {}, "simple", True, "aprobada"),
        ("fffccc", {}, "simple", True, "aprobada"),  # seat 0 presides and voted in favour
        ("cffccf", {}, "simple", True, "rechazada"),
        ("fffccc", {}, "simple", False, "diferida"),
        ("affcc", {}, "simple", True, "diferida"),  # the president abstained
        ("aaaaaa", {}, "simple", True, "diferida"),
        ("fcc", {}, "simple", True, "rechazada"),
        ("faa", {}, "simple", False, "aprobada"),
        ("ffffcc", {}, "dos_tercios", True, "aprobada"),
        ("fffacc", {}, "dos_tercios", True, "rechazada"),
        ("fffccc", {}, "dos_tercios", True, "rechazada"),
        ("ff", {"ausentes": 3}, "simple", True, "sin_quorum"),
        ("fff", {"ausentes": 3}, "simple", True, "sin_quorum"),
        ("ffff", {"ausentes": 3}, "simple", True, "aprobada"),
        ("ff-", {"ausentes": 1}, "simple", True, "abierta"),
        ("ffc", {"excusados": 1, "sin_voto": 2, "ausentes": 1}, "simple", False, "aprobada"),
        ("", {}, "simple", False, "sin_quorum"),
    ],
)
def test_resultados(votos: str, otros: dict[str, int], mayoria: str, calidad: bool, resultado: str) -> None:
    lista = asientos(votos, **otros)
    assert computar(lista, 0 if votos else None, mayoria, calidad).resultado == resultado


def test_la_excusa_baja_el_quorum() -> None:
    resultado = computar(asientos("ffc-", excusados=1), 0, "simple", False)
    assert (resultado.quorum_requerido, resultado.presentes, resultado.pendientes) == (3, 4, 1)
    assert hay_quorum(asientos("ff-", ausentes=2))
    assert not hay_quorum(asientos("ff", ausentes=2))


def test_el_voto_de_calidad_queda_dicho() -> None:
    assert computar(asientos("fc"), 0, "simple", True).voto_de_calidad_usado
    assert not computar(asientos("fff"), 0, "simple", True).voto_de_calidad_usado
    assert not computar(asientos("fc"), 0, "dos_tercios", True).voto_de_calidad_usado


@pytest.mark.parametrize(
    "malo",
    [
        Asiento("x", False, True, False, "a_favor"),
        Asiento("x", True, False, False, "a_favor"),
        Asiento("x", True, True, True, "en_contra"),
        Asiento("x", True, True, False, "quizá"),
        Asiento(0, True, True, False, "a_favor"),
    ],
)
def test_votos_que_no_pueden_ser(malo: Asiento) -> None:
    with pytest.raises(ReglaError) as error:
        computar([*asientos("ff"), malo], 0, "simple", False)
    assert error.value.codigo == "DATO_INVALIDO"


def test_mayoria_y_presidencia_desconocidas() -> None:
    with pytest.raises(ReglaError):
        computar(asientos("ff"), 0, "absoluta", False)
    with pytest.raises(ReglaError):
        computar(asientos("ff"), "nadie", "simple", False)


@pytest.mark.parametrize(
    ("mocion", "resultado", "queda"),
    [
        ("como_se_propone", "aprobada", "aprobada"),
        ("como_se_propone", "rechazada", "rechazada"),
        ("cambio_de_acto", "aprobada", "cambio_de_acto"),
        ("cambio_de_acto", "rechazada", "mocion_desechada"),
        ("diferir", "aprobada", "diferida"),
        ("diferir", "rechazada", "mocion_desechada"),
        ("como_se_propone", "diferida", "diferida"),
        ("diferir", "sin_quorum", "sin_quorum"),
        ("cambio_de_acto", "abierta", "abierta"),
    ],
)
def test_mociones(mocion: str, resultado: str, queda: str) -> None:
    assert resultado_de_mocion(mocion, resultado) == queda
    assert queda in RESULTADOS_DE_MOCION


def test_mocion_desconocida() -> None:
    assert len(MOCIONES) == 3
    for mocion, resultado in (("archivar", "aprobada"), ("diferir", "ganada")):
        with pytest.raises(ReglaError):
            resultado_de_mocion(mocion, resultado)


@st.composite
def comites(draw: st.DrawFn) -> list[Asiento]:
    lista = []
    for n in range(draw(st.integers(1, 15))):
        con_voto, presente, excusa = draw(st.booleans()), draw(st.booleans()), draw(st.booleans())
        voto = draw(st.sampled_from([*VOTOS, None])) if con_voto and presente and not excusa else None
        lista.append(Asiento(n, con_voto, presente, excusa, voto))
    return lista


@given(comites(), st.sampled_from(MAYORIAS), st.booleans())
def test_nunca_se_aprueba_sin_quorum_ni_con_votos_pendientes(
    lista: list[Asiento], mayoria: str, calidad: bool
) -> None:
    r = computar(lista, 0, mayoria, calidad)
    assert r.a_favor + r.en_contra + r.abstenciones + r.pendientes == r.presentes
    votan = sum(a.con_voto and not a.excusa for a in lista)
    assert r.quorum == (r.presentes > votan / 2)
    assert r.quorum == hay_quorum(lista)
    if r.resultado == "aprobada":
        assert r.quorum
        assert r.pendientes == 0
        assert r.a_favor >= r.en_contra
    assert (r.resultado == "sin_quorum") == (not r.quorum)


@given(comites(), st.sampled_from(MAYORIAS), st.booleans(), st.randoms(use_true_random=False))
def test_el_orden_de_los_asientos_no_importa(
    lista: list[Asiento], mayoria: str, calidad: bool, azar: random.Random
) -> None:
    esperado = computar(lista, 0, mayoria, calidad)
    for _ in range(100):
        azar.shuffle(lista)
        assert computar(lista, 0, mayoria, calidad) == esperado
