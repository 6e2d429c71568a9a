"""What a hostile or clumsy hand sends to collection: days that could not be, money lost, ids of others."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from models.documento import Documento
from models.pae import Inmovilizacion, Pae
from models.proceso import EstadoTarea
from tests.factories import pae as fabrica
from tests.factories.casa import ZONA, Obra
from tests.integration.dominio.apoyo import Juego
from tests.web.personal import Oficina, apretar
from tests.web.segunda import expediente_completo
from workflow.adapters import reloj

pytestmark = pytest.mark.una_base("postgresql")
EMBARGO_DE_CUENTAS = {
    "traba": "cuentas",
    "bienes": None,
    "gravamen_bajo_protesta": None,
    "depositario_provisional": None,
}
UNO = {"entidad": "Banco Uno", "cuenta": "4412", "importe": "1000.00"}
OTRA = {"entidad": "Banco Uno", "cuenta": "7781", "importe": "500.00"}
DOS_CUENTAS = [{"entidad": "Banco Uno", "cuenta": "7781"}, {"entidad": "Banco Uno", "cuenta": "4412"}]


@pytest.fixture
def oficina(app: Flask) -> Oficina:
    return Oficina(app)


@pytest.fixture
def juego(oficina: Oficina, monkeypatch: pytest.MonkeyPatch) -> Juego:
    """An enforcement about to begin, on 4 May 2026 for the scene and for the pages."""
    obra = Obra([oficina.app.extensions["denuncias"].obra], dt.datetime(2026, 5, 4, 10, 0, tzinfo=ZONA))
    monkeypatch.setattr(reloj, "ahora", lambda *_, **__: obra.ahora.astimezone(dt.UTC))
    juego = Juego(obra)
    juego._paso({"exigir": "p1", "creditos": {"c1": "8000"}})
    return juego


def hace(juego: Juego, nodo: str, rechaza: str | None = None, **con: Any) -> None:
    juego._paso(
        {"ejecutar": nodo, "de": "p1", "con": con} | ({"rechaza": rechaza} if rechaza is not None else {})
    )


def retenidas(juego: Juego) -> dict[str, str]:
    """What each account of the enforcement holds."""
    with juego.como() as ctx:
        filas = ctx.session.scalars(select(Inmovilizacion)).all()
        return {fila.cuenta: str(fila.informado) for fila in filas}


def test_lo_que_retuvo_el_banco_ni_se_pierde_ni_llega_antes(juego: Juego) -> None:
    for nodo in ("elaborar_mandamiento", "firmar_mandamiento", "requerir_pago"):
        hace(juego, nodo)
    hace(juego, "trabar_embargo", **EMBARGO_DE_CUENTAS)
    hace(juego, "ordenar_inmovilizacion", entidades=DOS_CUENTAS, importe="1000.00")
    juego._paso({"oir": "informe_banco_recibido", "de": "p1", "con": {"oficio_id": 1}})
    hace(juego, "registrar_informe", "antes de que se le ordenara", fecha="2026-04-30", cuentas=[UNO])
    hace(juego, "registrar_informe", "no se le ordenó nada más", cuentas=[UNO, OTRA, OTRA])
    # Two orders to one bank are answered each by its own account, whatever their order.
    hace(juego, "registrar_informe", cuentas=[UNO, OTRA])
    assert retenidas(juego) == {"4412": "1000.00", "7781": "500.00"}
    juego._paso({"reloj": "2026-05-06T11:00"})
    juego._paso({"tarea": "practicar_diligencia", "de": "p1", "con": {"fecha_hora": "2026-05-06T10:00"}})
    juego._paso({"vencer": "surte_efectos", "de": "p1"})
    dinero = {"importe": "1500.00", "excedente_liberado": "0.00"}
    hace(juego, "transferir_fondos", "antes de que el banco informara", fecha="2026-05-03", **dinero)
    hace(juego, "transferir_fondos", **dinero)


def test_una_firma_no_lleva_el_archivo_de_otro_caso(oficina: Oficina, juego: Juego) -> None:
    """The scan of a signature is one that was attached in the case, as any other paper of a form."""
    hace(juego, "elaborar_mandamiento")
    with juego.como() as ctx:
        ajeno = fabrica.anexo(ctx, ctx.session.get_one(Pae, juego.ids["p1"][1]))
        ctx.session.get_one(Documento, ajeno).sujeto_id += 1
        ctx.session.commit()
    tarea = next(t for t in oficina.tareas("firmar_mandamiento") if t.sujeto_id == juego.ids["p1"][1])
    p = oficina.entra("rosa.medina")
    for escaneo in (ajeno, 999_999):
        p.ir(f"/tarea/{tarea.id}")
        datos = {"firma": "firmada", "rubrica__medio": "autografa", "rubrica__firmo": "si"}
        apretar(p, **datos, rubrica__documento_id=str(escaneo))
        assert p.pagina.status_code == 422, escaneo
        assert "lo que enviaste no está en ella" in p.texto
    assert oficina.tarea(tarea.id).estado == EstadoTarea.ABIERTA


HOJAS = (
    "",
    "linea",
    "documentos",
    "proceso",
    "plazos",
    "relacionados",
    "cuenta",
    "cedula",
    "simular",
    "restitucion",
)


def test_ninguna_hoja_del_cobro_es_un_500(oficina: Oficina) -> None:
    p = oficina.entra("hector.rios")
    vistas = {
        f"{folio[:3]} {hoja}": p.cliente.get(f"/caso/{folio}/{hoja}".rstrip("/")).status_code
        for folio in expediente_completo(oficina)[1:]
        for hoja in HOJAS
    }
    assert {hoja: codigo for hoja, codigo in vistas.items() if codigo not in (200, 404)} == {}
    # Both kinds of case offer «Simular una fecha» among their terms.
    assert vistas["CRE simular"] == vistas["PAE simular"] == 200
