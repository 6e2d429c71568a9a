"""What reaches an act or an enforcement from outside of its tasks comes through who may say it, not by a message
written by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from models.proceso import Mensaje
from tests.integration.dominio.apoyo import Juego
from tests.process.escenario import Escena
from workflow.actions import usuario
from workflow.actions.demo.organizacion import correo

BPMN = Path(__file__).parents[3] / "bpmn"
SOLICITUD, CIERRE = "acuerdo_conclusivo_solicitado", "acuerdo_conclusivo_cerrado"
INFORME = "informe_banco_recibido"


def _por_oficio(paso: dict[str, Any]) -> dict[str, Any]:
    """The same step by the oficio of the PRODECON that ventanilla or the auditor captures."""
    if paso.get("mensaje") == SOLICITUD:
        return {"promocion": SOLICITUD, "de": "a1"}
    if paso.get("mensaje") == CIERRE:
        suscrito = paso.get("con", {}).get("suscrito", False)
        return {"promocion": f"acuerdo_conclusivo_{'suscrito' if suscrito else 'sin_suscribir'}", "de": "a1"}
    if paso.get("oir") == INFORME:
        return {"promocion": INFORME, "de": paso["de"]}
    return paso


@pytest.mark.una_base("sqlite")
@pytest.mark.parametrize(
    "caso",
    [
        "acto_fiscalizacion/casos/acuerdo_conclusivo",
        "acto_fiscalizacion/casos/acuerdo_no_suscrito",
        "pae/casos/cuentas",
    ],
)
def test_lo_que_dice_otra_autoridad_llega_por_su_oficio(juego: Juego, caso: str) -> None:
    guion = json.loads((BPMN / f"{caso}.json").read_text(encoding="utf-8"))
    pasos = [_por_oficio(paso) for paso in guion["pasos"]]
    assert pasos != guion["pasos"]
    Escena(juego.obra, {**guion, "pasos": pasos}).jugar()


def _con_acto(juego: Juego) -> int:
    juego._hasta("validada", "d1")
    juego._sesionar("s1", ["d1"])
    juego._tarea("designar_auditor", "d1")
    return int(juego.valor("@acto d1"))


def _enviados(juego: Juego) -> list[int]:
    with juego.como() as ctx:
        consulta = select(Mensaje.valor).where(Mensaje.nombre == "visitadores_modificados")
        return [int(valor) for valor in ctx.session.scalars(consulta.order_by(Mensaje.id))]


def test_quien_deja_de_ser_auditora_se_sustituye_en_sus_actos(juego: Juego) -> None:
    acto_id = _con_acto(juego)
    with juego.como() as ctx:
        usuario.bloquear(ctx, correo("ana.trejo"))
    assert _enviados(juego) == []
    with juego.como() as ctx:
        usuario.cambiar_roles(ctx, correo("marco.pena"), quitar=("auditor",))
    assert _enviados(juego) == [acto_id]
    with juego.como() as ctx:
        usuario.bloquear(ctx, correo("daniela.solis"))
    assert _enviados(juego) == [acto_id, acto_id]
    with juego.como() as ctx:
        usuario.bloquear(ctx, correo("daniela.solis"), activo=True)
    assert len(_enviados(juego)) == 2
