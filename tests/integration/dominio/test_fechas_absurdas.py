"""Days that exist and cannot be, 1900 and 2199: each is refused by its field, with the day that is allowed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from models.acto import Acto
from models.credito import Credito
from models.documento import Documento
from models.pago import OrigenPago, Pago
from tests.factories.casa import ZONA
from tests.integration.dominio.apoyo import Juego, actuar
from workflow.actions import pago
from workflow.errors import DatoInvalido
from workflow.operations import plazo
from workflow.operations.sujeto import de_acto
from workflow.rules.calendario import fecha_larga

ANTES, DESPUES = dt.date(1900, 3, 5), dt.date(2199, 3, 5)


def papeles(juego: Juego) -> int | None:
    with juego.como() as ctx:
        return ctx.session.scalar(select(func.count(Documento.id)))


def refuta(juego: Juego, nodo: str, con: dict[str, Any], campo: str, *dice: str, de: str = "a1") -> None:
    """The task refuses `con` on `campo` with those words, and nothing is written."""
    antes = papeles(juego)
    with pytest.raises(DatoInvalido) as error:
        juego._tarea(nodo, de, con)
    assert campo in error.value.campos, error.value.campos
    dicho = f"{error.value.mensaje} {error.value.campos[campo]}"
    assert [uno for uno in dice if uno not in dicho] == [], dicho
    assert papeles(juego) == antes


@pytest.mark.parametrize("corre", ["", "visita_max"])
def test_una_visita_se_programa_mientras_se_puede_actuar(juego: Juego, corre: str) -> None:
    """Until what runs ends; where nothing runs yet, no longer than the powers that would begin today."""
    juego.obra.ahora = dt.datetime(2026, 3, 2, 9, 0, tzinfo=ZONA)
    juego._paso({"visitar": "a1"})
    if corre:
        with juego.como() as ctx:
            acto = ctx.session.get_one(Acto, juego.ids["a1"][1])
            actuar(ctx, plazo.abrir, de_acto(acto), corre)
    ultimo = dt.date(2027, 3, 2) if corre else dt.date(2031, 3, 2)
    cita = "CFF 46-A" if corre else "LSS 297"
    refuta(
        juego, "programar_diligencia", {"fecha_hora": f"{ANTES}T10:00"}, "fecha_hora", "29 de junio de 2006"
    )
    ayer = {"fecha_hora": "2026-02-27T10:00"}
    refuta(juego, "programar_diligencia", ayer, "fecha_hora", "no hayan pasado")
    for dia in (DESPUES, ultimo + dt.timedelta(days=1)):
        con = {"fecha_hora": f"{dia}T10:00", "habilitacion": "Se habilitó por el oficio 12."}
        refuta(juego, "programar_diligencia", con, "fecha_hora", fecha_larga(ultimo), cita)
    habilitada = {"habilitacion": "Se habilitó por el oficio 12."}
    juego._tarea("programar_diligencia", "a1", {"fecha_hora": f"{ultimo}T10:00", **habilitada})


def test_lo_que_ya_vencio_no_impide_programar(juego: Juego) -> None:
    """Who determines is told that the powers ended; a day has to be found all the same."""
    juego.obra.ahora = dt.datetime(2026, 3, 2, 9, 0, tzinfo=ZONA)
    juego._paso({"visitar": "a1"})
    with juego.como() as ctx:
        acto = ctx.session.get_one(Acto, juego.ids["a1"][1])
        actuar(ctx, plazo.abrir, de_acto(acto), "visita_max", desde=dt.date(2024, 1, 8))
    juego._tarea("programar_diligencia", "a1", {"fecha_hora": "2026-03-05T10:00"})


def test_los_edictos_son_de_este_caso_y_cada_dia_una_vez(juego: Juego) -> None:
    juego.obra.ahora = dt.datetime(2026, 3, 12, 9, 0, tzinfo=ZONA)
    juego._paso({"ordenar_notificacion": "a1", "con": {"medio": "edictos"}})

    def fechas(*dias: dt.date) -> dict[str, Any]:
        return {"via": "dof", "fechas": [{"fecha": str(dia)} for dia in dias]}

    doce, trece, diecisiete = (dt.date(2026, 3, dia) for dia in (12, 13, 17))
    refuta(juego, "publicar_edictos", fechas(ANTES), "fechas", "antes de ordenar")
    refuta(
        juego,
        "publicar_edictos",
        fechas(DESPUES),
        "fechas",
        "no puede ser posterior al",
        "de 2031",
        "LSS 297",
    )
    repetidas = fechas(doce, trece, doce, diecisiete)
    refuta(juego, "publicar_edictos", repetidas, "fechas.2.fecha", "12 de marzo de 2026", "dos renglones")
    juego._tarea("publicar_edictos", "a1", fechas(doce, trece, diecisiete))


def test_una_diligencia_se_practico_cuando_se_pudo(juego: Juego) -> None:
    juego.obra.ahora = dt.datetime(2026, 3, 12, 13, 0, tzinfo=ZONA)
    juego._paso({"ordenar_notificacion": "a1"})
    for dia, dice in ((ANTES, "29 de junio de 2006"), (DESPUES, "ya pasaron")):
        refuta(juego, "practicar_diligencia", {"fecha_hora": f"{dia}T10:00"}, "fecha_hora", dice)


def test_la_almoneda_se_verifica_en_sus_dias(juego: Juego) -> None:
    juego.obra.ahora = dt.datetime(2026, 6, 8, 9, 0, tzinfo=ZONA)
    juego._paso({"abrir_lote": "l1"})
    hasta_la_convocatoria: list[dict[str, Any]] = [
        {"tarea": "encargar_avaluo", "de": "l1"},
        {"tarea": "rendir_avaluo", "de": "l1", "con": {"fotos": ["@documento l1.foto"]}},
        {"reloj": "2026-06-10T11:00"},
        {"tarea": "practicar_diligencia", "de": "l1", "con": {"fecha_hora": "2026-06-10T10:00"}},
        {"vencer": "surte_efectos", "de": "l1"},
        {"reloj": "2026-06-11T09:00"},
    ]
    for paso in hasta_la_convocatoria:
        juego._paso(paso)
    for dia, dice in ((ANTES, "la subasta abre después"), (DESPUES, "El remate se verifica a más tardar el")):
        refuta(juego, "convocar_remate", {"fecha_subasta": str(dia)}, "fecha_subasta", dice, de="l1")


def test_un_pago_es_de_cuando_se_debia(juego: Juego) -> None:
    """Before it is served too: nothing is owed a century before, and tomorrow has not come."""
    juego._paso({"determinar": "c1"})
    with juego.como() as ctx:
        fila = ctx.session.get_one(Credito, juego.ids["c1"][1])
        for dia, dice in (
            (ANTES, "todavía no se debía: escribe una fecha desde el"),
            (DESPUES, "después de hoy"),
        ):
            with pytest.raises(DatoInvalido, match=dice):
                pago.registrar(ctx, [fila.id], dia, Decimal(1), OrigenPago.BANCO, "LC-1")
        assert ctx.session.scalar(select(func.count(Pago.id))) == 0
