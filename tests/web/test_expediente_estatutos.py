"""The statute clocks of a case: caducidad of its facts, what has not begun, prescripción of a credit."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import select

from models.acto import Acto
from models.credito import ClaseCredito, Credito
from models.denuncia import Denuncia
from models.propuesta import Propuesta, TipoActo
from tests.factories.credito import DESDE
from tests.web.mesa import propuesta
from tests.web.personal import Oficina
from tests.web.publico import Persona
from tests.web.segunda import expediente_completo
from workflow.operations import plazo as asientos
from workflow.operations.sujeto import leer
from workflow.params.fechas import MESES

Caso = tuple[Oficina, str, int]


@pytest.fixture
def caso(app: Flask) -> Caso:
    """A denuncia assigned to Ana: (office, folio, id)."""
    oficina = Oficina(app)
    denuncia_id, _ = oficina.asignada()
    with oficina.ctx() as ctx:
        return oficina, ctx.session.get_one(Denuncia, denuncia_id).folio, denuncia_id


def con_hechos(oficina: Oficina, denuncia_id: int, **hechos: Any) -> dt.date:
    """Put other facts; returns today."""
    with oficina.ctx() as ctx:
        d = ctx.session.get_one(Denuncia, denuncia_id)
        resto = {k: v for k, v in d.hechos.items() if k not in ("periodo_desde", "periodo_hasta")}
        d.hechos = resto | {k: v for k, v in hechos.items() if v is not None}
        ctx.session.commit()
        hoy: dt.date = ctx.hoy
        return hoy


def relojes(p: Persona, folio: str) -> list[str]:
    assert p.ir(f"/caso/{folio}").status_code == 200
    return [" ".join(r.text_content().split()) for r in html.fromstring(p.pagina.text).find_class("reloj")]


def test_caducidad_del_mes_mas_antiguo(caso: Caso) -> None:
    oficina, folio, denuncia_id = caso
    hoy = con_hechos(oficina, denuncia_id, periodo_desde="2010-03-01", periodo_hasta=None)
    p = oficina.entra("ana.trejo")
    vistos = relojes(p, folio)
    assert len(vistos) <= 4
    (caducidad,) = [r for r in vistos if "Caducidad del hecho" in r]
    # The oldest month that may still be charged is that of five years ago: it ends its five years this month.
    assert f"de {hoy.year - 5} es lo más antiguo que puede cobrarse" in caducidad
    assert "LSS 297" in caducidad
    perdidos = (hoy.year - 5 - 2010) * 12 + hoy.month - 3
    assert f"{perdidos} meses ya no pueden cobrarse" in caducidad
    enlace = f"/caso/{folio}/estatuto/caducidad"
    assert enlace in [a.get("href") for a in html.fromstring(p.pagina.text).iter("a")]
    assert p.ir(enlace).status_code == 200
    assert "Por verificar" in p.texto
    assert "Dos lecturas" in p.texto
    meses = html.fromstring(p.pagina.text).xpath("//tbody/tr")
    assert len(meses) == 62  # the sixty at reach, this month, and the last one lost
    assert "Ya no puede cobrarse" in meses[0].text_content()
    assert "Ya no puede cobrarse" not in meses[1].text_content()


def test_hechos_que_ya_no_pueden_cobrarse(caso: Caso) -> None:
    oficina, folio, denuncia_id = caso
    con_hechos(oficina, denuncia_id, periodo_desde="1996-02-10", periodo_hasta="2000-02-29")
    p = oficina.entra("ana.trejo")
    (caducidad,) = [r for r in relojes(p, folio) if "Caducidad del hecho" in r]
    assert "Ningún mes puede cobrarse" in caducidad
    assert "49 meses ya no pueden" in caducidad
    assert p.ir(f"/caso/{folio}/estatuto/caducidad").status_code == 200


@pytest.mark.parametrize(
    "hechos",
    [
        {"periodo_desde": None},
        {"periodo_desde": "no sé"},
        {"periodo_desde": "2999-01-01"},
        {"periodo_desde": "2024-05-01", "periodo_hasta": "2023-05-01"},
    ],
)
def test_sin_fechas_que_sirvan_no_hay_reloj(caso: Caso, hechos: dict[str, Any]) -> None:
    oficina, folio, denuncia_id = caso
    con_hechos(oficina, denuncia_id, **hechos)
    p = oficina.entra("ana.trejo")
    assert not [r for r in relojes(p, folio) if "Caducidad del hecho" in r]
    assert p.ir(f"/caso/{folio}/estatuto/caducidad").status_code == 404


def test_lo_que_no_tiene_no_existe(caso: Caso) -> None:
    oficina, folio, _ = caso
    p = oficina.entra("ana.trejo")
    assert p.ir(f"/caso/{folio}/estatuto/prescripcion").status_code == 404
    assert p.ir(f"/caso/{folio}/estatuto/otro").status_code == 404
    assert oficina.entra("raul.ibarra").ir(f"/caso/{folio}/estatuto/caducidad").status_code == 404


def test_los_seis_meses_que_aun_no_empiezan(caso: Caso) -> None:
    oficina, folio, denuncia_id = caso
    with oficina.ctx() as ctx:
        asientos.abrir(ctx, leer(ctx, "denuncia", denuncia_id), "visita_max")
        ctx.session.commit()
        hoy = ctx.hoy
    p = oficina.entra("ana.trejo")
    (resolucion,) = [r for r in relojes(p, folio) if "resolución" in r]
    assert "Aún no empieza" in resolucion
    enlaces = [a.get("href") for a in html.fromstring(p.pagina.text).iter("a")]
    assert f"/caso/{folio}/simular?hecho=acta_final&fecha={hoy.isoformat()}" in enlaces


@pytest.fixture
def acto(app: Flask) -> tuple[Oficina, str, int]:
    """A visit of León with facts of three years: (office, folio, id)."""
    oficina = Oficina(app)
    propuesta_id = propuesta(oficina, "C614077210")
    with oficina.ctx() as ctx:
        p = ctx.session.get_one(Propuesta, propuesta_id)
        fila = Acto(
            folio="ACT-2026-000001-1",
            tipo=TipoActo.VISITA,
            propuesta_id=p.id,
            patron_id=p.patron_id,
            expediente_id=p.expediente_id,
            subdelegacion_id=p.subdelegacion_id,
            periodos=[{"desde": "2023-01-01", "hasta": "2025-12-31"}],
            alcance={},
            auditores=[],
            programado_en=ctx.now,
        )
        ctx.session.add(fila)
        ctx.session.commit()
        return oficina, fila.folio, fila.id


def test_el_credito_de_un_acto_prescribe(acto: tuple[Oficina, str, int]) -> None:
    oficina, folio, acto_id = acto
    p = oficina.entra("jose.cazares")
    (caducidad,) = [r for r in relojes(p, folio) if "Caducidad del hecho" in r]
    assert "Enero de 2023 es lo más antiguo" in caducidad
    assert p.ir(f"/caso/{folio}/estatuto/prescripcion").status_code == 404
    with oficina.ctx() as ctx:
        fila = ctx.session.get_one(Acto, acto_id)
        ctx.session.add(
            Credito(
                folio="CRE-1",
                acto_id=acto_id,
                clase=next(iter(ClaseCredito)),
                expediente_id=fila.expediente_id,
                subdelegacion_id=fila.subdelegacion_id,
                patron_id=fila.patron_id,
                exigible_desde=dt.date(2026, 4, 7),
                creado_en=ctx.now,
            )
        )
        ctx.session.commit()
    (prescripcion,) = [r for r in relojes(p, folio) if "Prescripción del crédito" in r]
    assert "7 abr 2031" in prescripcion
    assert p.ir(f"/caso/{folio}/estatuto/prescripcion").status_code == 200
    assert "Exigible desde" in p.texto
    assert "7 de abril de 2036" in p.texto  # the ceiling of ten years, in the steps
    for parte in ("/plazos", "/simular", "/simular?hecho=acta_final&fecha=2026-11-20"):
        assert p.ir(f"/caso/{folio}{parte}").status_code == 200


def test_lo_que_ya_se_fijo_no_caduca(app: Flask) -> None:
    """The oldest month of a credit is its own; served, and in its enforcement, nothing is left to determine."""
    oficina = Oficina(app)
    _, credito, pae = expediente_completo(oficina)
    p = oficina.entra("hector.rios")
    (caducidad,) = [r for r in relojes(p, credito) if "Caducidad del hecho" in r]
    assert f"{MESES[DESDE.month - 1].capitalize()} de {DESDE.year} es lo más antiguo" in caducidad
    assert not [r for r in relojes(p, pae) if "Caducidad del hecho" in r]
    with oficina.ctx() as ctx:
        ctx.session.scalars(select(Credito).where(Credito.folio == credito)).one().notificado = ctx.hoy
        ctx.session.commit()
    assert not [r for r in relojes(p, credito) if "Caducidad del hecho" in r]
    assert p.ir(f"/caso/{credito}/estatuto/caducidad").status_code == 404
