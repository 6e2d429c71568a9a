"""What a suspension does to a term, in words: how many days, up to when, or why it does not stop it."""

from __future__ import annotations

import datetime as dt

from workflow.params import loader
from workflow.params.suspensiones import causales
from workflow.queries import causas
from workflow.queries.plazos import Reloj
from workflow.queries.suspensiones import Efecto, Pausa, efectos, tramos

HOY = dt.date(2026, 11, 20)
INICIO = dt.date(2026, 1, 15)


def pausa(clave: str, desde: dt.date, hasta: dt.date | None = None, numero: int = 1) -> Pausa:
    return Pausa(numero, clave, causales()[clave].nombre, "Oficio 1", desde, hasta)


def de(clave: str, *pausas: Pausa) -> list[Efecto]:
    return list(efectos(loader.plazo(clave), pausas, HOY, INICIO))


def test_la_que_no_detiene_dice_el_articulo() -> None:
    (uno,) = de("resolucion", pausa("requerimiento", dt.date(2026, 3, 1), dt.date(2026, 3, 10)))
    assert (uno.detiene, uno.dias) == (False, 0)
    assert uno.nota == "Este plazo no se detiene por esta causa (CFF 50)."


def test_la_que_detiene_dice_sus_dias() -> None:
    (uno,) = de("visita_max", pausa("huelga", dt.date(2026, 3, 1), dt.date(2026, 3, 10)))
    assert (uno.detiene, uno.dias, uno.hasta, uno.nota) == (True, 10, dt.date(2026, 3, 10), "")
    (antes,) = de("visita_max", pausa("huelga", dt.date(2025, 12, 1), dt.date(2025, 12, 10)))
    assert (antes.dias, antes.nota) == (0, "Sus días no tocan este plazo.")
    (a_medias,) = de("visita_max", pausa("huelga", dt.date(2026, 1, 10), dt.date(2026, 1, 20)))
    assert a_medias.dias == 6


def test_la_que_sigue_cuenta_hasta_hoy() -> None:
    (uno,) = de("visita_max", pausa("huelga", dt.date(2026, 11, 18)))
    assert (uno.abierta, uno.dias, uno.hasta) == (True, 3, None)


def test_el_tope_la_corta_y_se_dice() -> None:
    larga = pausa("requerimiento", dt.date(2026, 2, 1), dt.date(2026, 10, 31))
    (uno,) = de("visita_max", larga)
    assert uno.hasta == dt.date(2026, 7, 31)
    assert uno.nota == "Su tope es de 6 meses (CFF 46-A-IV)."
    (tramo,) = tramos("visita_max", [larga], HOY)
    assert (tramo.desde, tramo.hasta) == (dt.date(2026, 2, 1), dt.date(2026, 7, 31))


def test_corre_hasta_que_se_levanta_o_llega_su_tope() -> None:
    abierta = pausa("huelga", dt.date(2026, 11, 18))
    assert abierta.corre(HOY)
    assert not pausa("huelga", dt.date(2026, 11, 18), HOY).corre(HOY)
    topada = Pausa(1, "requerimiento", "", "", dt.date(2026, 1, 1), None, tope=dt.date(2026, 6, 30))
    assert not topada.corre(HOY)


def reloj(clave: str, *, contado: bool = True, abierto: bool = True) -> Reloj:
    d = loader.plazo(clave)
    en = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    return Reloj(
        1, clave, d.nombre, HOY, "", "enplazo", "", "", "", "", d.cita, d.confianza, 0.0, (), abierto, contado,
        en, None,
    )  # fmt: skip


def test_cada_causa_dice_lo_que_detiene_en_el_caso() -> None:
    relojes = [reloj("visita_max"), reloj("resolucion"), reloj("sesion_fecha", contado=False)]
    todas = {c.clave: c for c in causas.de(relojes, [pausa("huelga", HOY)])}
    assert todas["huelga"].corre
    assert not todas["huelga"].elegible
    assert todas["fallecimiento"].explicacion.startswith("Detiene todos los plazos que corren. Las tareas")
    nombre = loader.plazo("visita_max").nombre
    assert todas["requerimiento"].explicacion.startswith(
        f"Detiene: {nombre}. Cuenta 6 meses a lo más cada vez"
    )
    assert todas["reposicion"].tope == "Cuenta 2 meses a lo más."
    assert todas["juicio"].explicacion.startswith("No detiene ningún plazo que corra hoy")
    assert not todas["juicio"].elegible
    relojes.append(reloj("ultima_parcial"))
    todas = {c.clave: c for c in causas.de(relojes, [])}
    menos = loader.plazo("resolucion").nombre
    assert todas["fuerza_mayor"].explicacion.startswith(
        f"Detiene todos los plazos que corren, menos: {menos}."
    )
    assert [c.elegible for c in todas.values()] == sorted((c.elegible for c in todas.values()), reverse=True)
