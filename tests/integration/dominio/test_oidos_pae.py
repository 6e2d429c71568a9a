"""Claims and petitions inside an enforcement, beyond its scenarios: each holds only what it names."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from models.bien import Bien, EstadoBien
from models.pae import Pae
from models.plazo import Suspension
from models.proceso import Mensaje
from tests.factories.casa import ZONA
from tests.integration.dominio.apoyo import Juego, actuar
from workflow.operations import plazo, terceria
from workflow.operations.sujeto import de_pae
from workflow.queries import promocion_patron as promociones


@pytest.fixture
def trabado(juego: Juego) -> Juego:
    """Two goods attached for one fine; who keeps them is to be named."""
    juego.obra.ahora = dt.datetime(2026, 5, 4, 10, 0, tzinfo=ZONA)
    juego._paso({"exigir": "p1", "creditos": {"c1": "10000"}, "clase": "multa"})
    for nodo in ("elaborar_mandamiento", "firmar_mandamiento", "requerir_pago", "trabar_embargo"):
        juego._paso({"ejecutar": nodo, "de": "p1"})
    for numero in (1, 2):
        juego._paso({"bien": f"b{numero}", "de": "p1", "numero": numero})
    return juego


def _reclamar(juego: Juego, sobre: str | None, resumen: str = "Es mío.") -> None:
    juego._paso({"promocion": "terceria_presentada", "de": "p1", "sobre": sobre, "resumen": resumen})


def _resolver(juego: Juego, bien: str, tercero: str, **con: Any) -> None:
    datos = {"bien": f"@bien {bien}", "tercero": tercero, "motivo": "No lo acredita.", **con}
    juego._paso({"ejecutar": "resolver_terceria", "de": "p1", "con": datos})


def _detenidos(juego: Juego) -> list[int]:
    """Numbers of the goods that may not be put on sale now."""
    with juego.como() as ctx:
        pae = ctx.session.get_one(Pae, juego.ids["p1"][1])
        todos = terceria.reclamables(ctx, pae)
        detenidos = terceria.detenidos(ctx, pae, todos)
        return [uno.numero for uno in todos if uno.id in detenidos]


def _en_pausa(juego: Juego) -> bool:
    with juego.como() as ctx:
        return bool(plazo.suspendidas(ctx, de_pae(ctx.session.get_one(Pae, juego.ids["p1"][1]))))


def test_a_claim_holds_the_good_that_it_names(trabado: Juego) -> None:
    _reclamar(trabado, "@bien b2")
    assert _detenidos(trabado) == [2]
    with trabado.como() as ctx:
        dicho = ctx.session.scalars(select(Mensaje).where(Mensaje.nombre == "terceria_presentada")).one()
        assert dicho.datos["bien_reclamado_id"] == trabado.ids["b2"][1]


def test_a_claim_that_names_none_holds_all(trabado: Juego) -> None:
    _reclamar(trabado, None)
    assert _detenidos(trabado) == [1, 2]
    _resolver(trabado, "b1", "no_procede")
    assert _detenidos(trabado) == []


def test_of_two_claims_on_one_good_the_second_still_holds_it(trabado: Juego) -> None:
    _reclamar(trabado, "@bien b1")
    _reclamar(trabado, "@bien b1", "Otro dueño dice lo mismo.")
    _resolver(trabado, "b1", "no_procede")
    assert _detenidos(trabado) == [1]
    _resolver(trabado, "b1", "procede")
    assert _detenidos(trabado) == []
    with trabado.como() as ctx:
        assert ctx.session.get_one(Bien, trabado.ids["b1"][1]).estado is EstadoBien.RECLAMADO_TERCERO
        pausas = ctx.session.scalars(select(Suspension).where(Suspension.sujeto_tipo == "bien")).all()
        assert len({p.causal for p in pausas}) == 2
        assert all(p.hasta is not None for p in pausas)


def test_a_good_that_left_ends_its_claim_without_reason(trabado: Juego) -> None:
    """Freed by a payment meanwhile: the claim is answered, and nothing waits for it."""
    _reclamar(trabado, "@bien b1")
    with trabado.como() as ctx:
        actuar(
            ctx,
            lambda c: c.session.get_one(Bien, trabado.ids["b1"][1]).pasar_a(EstadoBien.LIBERADO),
        )
    trabado._paso(
        {
            "ejecutar": "resolver_terceria",
            "de": "p1",
            "con": {"bien": "@bien b1"},
            "rechaza": "ya no está embargado",
        }
    )
    _resolver(trabado, "b1", "no_procede")
    assert _detenidos(trabado) == []


def test_a_claim_is_answered_without_a_good_only_when_none_is_left(trabado: Juego) -> None:
    """It kept its task open for ever: the form asked for a good that the list could not offer."""
    for bien in ("b1", "b2"):
        _reclamar(trabado, f"@bien {bien}", f"El bien {bien} es mío.")
    sin_bien = {"bien": None, "tercero": "no_procede", "motivo": "Quedó sin materia."}
    negado = {"ejecutar": "resolver_terceria", "de": "p1", "con": sin_bien}
    trabado._paso({**negado, "rechaza": "Di sobre qué bien resuelves."})
    with trabado.como() as ctx:
        for bien in ("b1", "b2"):
            fila = trabado.ids[bien][1]
            actuar(ctx, lambda c, fila=fila: c.session.get_one(Bien, fila).pasar_a(EstadoBien.LIBERADO))
    for _ in range(2):
        trabado._paso(negado)
    assert _detenidos(trabado) == []
    with trabado.como() as ctx:
        assert ctx.session.scalars(select(Suspension).where(Suspension.hasta.is_(None))).all() == []


def test_a_paper_names_only_a_good_of_its_enforcement(trabado: Juego) -> None:
    trabado._paso(
        {
            "promocion": "terceria_presentada",
            "de": "p1",
            "sobre": 9999,
            "rechaza": "no puede tratar de ese bien",
        }
    )
    with trabado.como("hector.rios") as ctx:
        caso = promociones.abrir(ctx, ctx.session.get_one(Pae, trabado.ids["p1"][1]).folio)
        assert [texto.split(":")[0] for _, texto in promociones.sobre(ctx, caso)] == ["Bien 1", "Bien 2"]


@pytest.mark.parametrize(
    ("resolucion", "estado", "sigue"),
    [("improcedente", "en_pae", "nombrar_depositario"), ("procedente", "sin_efectos", "liberar_bienes")],
)
def test_a_guaranteed_petition_on_the_fine_holds_it_until_it_is_answered(
    trabado: Juego, resolucion: str, estado: str, sigue: str
) -> None:
    """LSS 304 D; RACERF 192: what is attached covers the fine."""
    trabado._paso({"promocion": "promocion_multa", "de": "c1"})
    assert _en_pausa(trabado)
    con = {"resolucion": resolucion}
    trabado._paso({"ejecutar": "resolver_multa_tardia", "de": "p1", "con": con})
    assert not _en_pausa(trabado)
    trabado._paso({"ver_pae": "p1", "con": {"creditos": [estado]}})
    trabado._paso({"ejecutar": sigue, "de": "p1"})
