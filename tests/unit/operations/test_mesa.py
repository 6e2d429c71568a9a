"""What the seats weigh: quorum, the vote of who prepared the ficha, the seal of the rounds."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.operations import quorum, votacion
from workflow.operations._guardas import se_tocan
from workflow.rules import votacion as regla

PREPARO = 50


def _asunto(votos: list[str], *, preside: int = 1, suplente: bool = False) -> tuple[Any, list[regla.Asiento]]:
    """Seat 1 is of whoever prepared the ficha; `suplente`: somebody else sits in it."""
    asistencias = []
    for numero, _ in enumerate(votos, 1):
        titular = PREPARO if numero == 1 else numero
        asistencias.append(
            SimpleNamespace(
                asiento_id=numero,
                usuario_id=99 if suplente and numero == 1 else titular,
                asiento=SimpleNamespace(usuario_id=titular, con_voto=True),
                presente=True,
            )
        )
    asunto = SimpleNamespace(
        propuesta=SimpleNamespace(preparada_por=PREPARO),
        sesion=SimpleNamespace(asistencias=asistencias, preside_id=preside),
    )
    lista = [regla.Asiento(n, True, True, False, voto) for n, voto in enumerate(votos, 1)]
    return asunto, lista


@pytest.mark.parametrize(
    ("votos", "preside", "suplente", "solo_ella"),
    [
        (["a_favor", "abstencion", "abstencion"], 2, False, True),
        (["en_contra", "abstencion", "abstencion"], 2, False, True),
        (["a_favor", "abstencion", "abstencion"], 2, True, True),
        (["a_favor", "a_favor", "abstencion"], 2, False, False),
        (["abstencion", "a_favor", "abstencion"], 2, False, False),
        (["a_favor", "en_contra", "abstencion"], 1, False, True),
        (["a_favor", "en_contra", "abstencion"], 2, False, False),
        (["a_favor", "a_favor", "en_contra"], 1, False, False),
    ],
)
def test_su_voto_nunca_decide_solo(votos: list[str], preside: int, suplente: bool, solo_ella: bool) -> None:
    asunto, lista = _asunto(votos, preside=preside, suplente=suplente)
    computo = regla.computar(lista, preside, "simple", True)
    assert computo.resultado in ("aprobada", "rechazada")
    assert votacion._decide_quien_preparo(asunto, lista, computo) is solo_ella


@given(st.lists(st.sampled_from(regla.VOTOS), min_size=2, max_size=7), st.booleans())
def test_si_nadie_preparo_decide_la_regla(votos: list[str], calidad: bool) -> None:
    asunto, lista = _asunto(votos)
    asunto.propuesta.preparada_por = None
    computo = regla.computar(lista, 1, "simple", calidad)
    assert votacion._decide_quien_preparo(asunto, lista, computo) is False


@given(st.lists(st.sampled_from(regla.VOTOS), min_size=3, max_size=7))
def test_con_su_abstencion_el_sentido_no_cambia_o_era_suyo(votos: list[str]) -> None:
    """Where the guard stays silent, others than her decided too."""
    asunto, lista = _asunto(votos, preside=2)
    computo = regla.computar(lista, 2, "simple", True)
    if computo.resultado in ("aprobada", "rechazada") and not votacion._decide_quien_preparo(
        asunto, lista, computo
    ):
        assert {"a_favor", "en_contra"} & set(votos[1:])


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), min_size=1, max_size=9))
def test_los_excusados_salen_de_los_dos_lados(asientos: list[tuple[bool, bool, bool]]) -> None:
    sesion = SimpleNamespace(
        asistencias=[
            SimpleNamespace(asiento_id=n, presente=presente, asiento=SimpleNamespace(con_voto=voto))
            for n, (voto, presente, _) in enumerate(asientos)
        ]
    )
    fuera = frozenset(n for n, (_, _, excusa) in enumerate(asientos) if excusa)
    cuenta = quorum._cuenta(quorum.asientos(sesion, excusados=fuera))
    votan = [(voto, presente) for voto, presente, excusa in asientos if voto and not excusa]
    assert cuenta.con_voto == len(votan)
    assert cuenta.requerido == len(votan) // 2 + 1
    assert cuenta.presentes == sum(presente for _, presente in votan)
    assert cuenta.hay == (cuenta.presentes >= cuenta.requerido)


def _mociones(sentidos: list[str]) -> Any:
    votos = [
        SimpleNamespace(asiento_id=n, sentido=SimpleNamespace(value=s), razon=None, constancia=f"C{n}")
        for n, s in enumerate(sentidos)
    ]
    mocion = SimpleNamespace(
        numero=1, tipo=SimpleNamespace(value="diferir"), resultado="diferida", votos=votos
    )
    return SimpleNamespace(mociones=[mocion])


@given(st.lists(st.sampled_from(regla.VOTOS), min_size=1, max_size=7), st.data())
def test_el_sello_cambia_con_un_voto_y_no_con_el_orden(sentidos: list[str], data: st.DataObject) -> None:
    asunto = _mociones(sentidos)
    sello = votacion.sello(asunto)
    asunto.mociones[0].votos.reverse()
    assert votacion.sello(asunto) == sello
    cual = data.draw(st.integers(0, len(sentidos) - 1))
    otro = data.draw(st.sampled_from([v for v in regla.VOTOS if v != sentidos[cual]]))
    assert votacion.sello(_mociones([*sentidos[:cual], otro, *sentidos[cual + 1 :]])) != sello


DIAS = st.dates().map(lambda dia: dia.isoformat())


@given(DIAS, DIAS, st.none() | DIAS, st.none() | DIAS)
def test_dos_periodos_se_tocan_en_los_dos_sentidos(a: str, b: str, fa: str | None, fb: str | None) -> None:
    uno = {"desde": min(a, fa or a), "hasta": max(a, fa) if fa else None}
    otro = {"desde": min(b, fb or b), "hasta": max(b, fb) if fb else None}
    esperado = max(str(uno["desde"]), str(otro["desde"])) <= min(
        uno["hasta"] or "9999-12-31", otro["hasta"] or "9999-12-31"
    )
    assert se_tocan([uno], [otro]) is se_tocan([otro], [uno]) is esperado
