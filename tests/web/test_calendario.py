"""The calendar's pages: everybody of the staff reads, the administrator adds, once, and sees what moves."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import event, func, select

from models.plazo import CambioCalendario, DiaInhabil, EstadoCambio
from tests.factories.calendario import sembrar
from tests.web.personal import Oficina
from tests.web.publico import Persona
from workflow.operations import calendario_lote

DIA = {
    "fecha": "2026-11-25",
    "unidad": "instituto",
    "motivo": "Asueto del Contrato Colectivo",
    "cita": "CCT; CFF 12",
}


@pytest.fixture
def oficina(app: Flask) -> Oficina:
    return Oficina(app)


def _campos(p: Persona) -> dict[str, str]:
    """The hidden and typed fields of the page's main form."""
    (forma,) = html.fromstring(p.pagina.text).xpath("//main//form[@method='post']")
    return {
        i.get("name"): i.get("value") or i.text or ""
        for i in forma.xpath(".//input[@name] | .//textarea[@name]")
    }


def _token(p: Persona) -> str:
    return str(html.fromstring(p.pagina.text).xpath("//input[@name='csrf_token']/@value")[0])


def _manda(p: Persona, camino: str, datos: dict[str, Any]) -> Any:
    datos = {"csrf_token": _token(p), **datos}
    p.pagina = p.cliente.post(camino, data=datos, follow_redirects=True)
    return p.pagina


def _cuantos(oficina: Oficina, modelo: Any = DiaInhabil) -> int:
    with oficina.ctx() as ctx:
        return ctx.session.scalar(select(func.count()).select_from(modelo)) or 0


def test_el_ano_con_sus_capas(oficina: Oficina) -> None:
    with oficina.ctx() as ctx:
        unidad = oficina.usuario("jose.cazares").subdelegacion_id
        ctx.session.add_all(
            [
                DiaInhabil(fecha=dt.date(2026, 4, 2), motivo="Jueves santo", cita="CCT", registrado_en=ctx.now),
                DiaInhabil(
                    fecha=dt.date(2026, 6, 3), subdelegacion_id=unidad, motivo="Inundación", cita="Oficio 1",
                    registrado_en=ctx.now,
                ),
            ]
        )  # fmt: skip
        ctx.session.commit()
    p = oficina.entra("jose.cazares")
    assert p.ir("/calendario?anio=2026").status_code == 200
    arbol = html.fromstring(p.pagina.text)
    assert len(arbol.xpath("//table[contains(@class, 'mes')]")) == 12
    assert len(arbol.xpath("//td[contains(@class, 'cff')]")) == 8
    assert [td.text for td in arbol.xpath("//td[contains(@class, 'instituto')]")] == ["2"]
    assert [td.text for td in arbol.xpath("//td[contains(@class, 'unidad')]")] == ["3"]
    for palabra in (
        "Navidad",
        "Jueves santo",
        "Inundación",
        "Leído en la ley",
        "Según la cita capturada",
        "CFF 12",
    ):
        assert palabra in p.texto
    assert "Agregar día inhábil" not in p.texto
    assert "/calendario?anio=2025" in p.pagina.text
    p.ir("/calendario?anio=2027")
    assert "lunes 15 de marzo de 2027" in p.texto
    for malo in ("anio=1900", "anio=9999", "anio=x", "anio=2026&unidad=999"):
        assert p.ir(f"/calendario?{malo}").status_code == 404, malo
    for camino in ("/calendario/agregar", "/calendario/importar"):
        assert p.ir(camino).status_code == 404


def test_agregar_paso_a_paso(oficina: Oficina) -> None:
    oficina.denuncia()
    p = oficina.entra("admin")
    p.ir("/calendario")
    assert "Agregar día inhábil" in p.texto
    p.ir("/calendario/agregar")
    with oficina.ctx() as ctx:
        hoy = ctx.hoy
    dia = next(d for d in (hoy + dt.timedelta(days=n) for n in range(1, 9)) if d.weekday() < 5)
    _manda(p, "/calendario/agregar", DIA | {"fecha": dia.isoformat()})
    assert "Revisa antes de agregar" in p.texto
    assert "Por clase de plazo" in p.texto
    assert _cuantos(oficina) == 0
    campos = _campos(p)
    campos.pop("cambiar", None)
    _manda(p, "/calendario/confirmar", campos)
    assert "Terminado" in p.texto
    assert "Cada caso lo dice en su línea de tiempo" in p.texto
    assert "El día quedó agregado al calendario." in p.texto
    # The same form again is the same day; another reason is told, with what was typed.
    _manda(p, "/calendario/confirmar", campos | {"csrf_token": _token(p)})
    assert p.pagina.status_code == 200
    assert "Terminado" in p.texto
    _manda(p, "/calendario/confirmar", campos | {"csrf_token": _token(p), "motivo": "Por otra razón"})
    assert p.pagina.status_code == 422
    assert "alguien lo agregó como" in p.texto
    assert "Por otra razón" in p.pagina.text
    assert "Mira quién lo agregó" in p.texto
    assert _cuantos(oficina) == _cuantos(oficina, CambioCalendario) == 1


def test_lo_mal_escrito_se_dice_y_se_conserva(oficina: Oficina) -> None:
    p = oficina.entra("admin")
    p.ir("/calendario/agregar")
    malos = (
        ({"fecha": "2026-02-30"}, "Escribe una fecha que exista"),
        ({"fecha": ""}, "Escribe una fecha que exista"),
        ({"fecha": "2026-11-22"}, "El domingo 22 de noviembre de 2026 ya es inhábil"),
        ({"fecha": "2026-11-16"}, "ya es inhábil: aniversario de la revolución (CFF 12)"),
        ({"fecha": "1999-11-17"}, "Pon un año de la lista vigente"),
        ({"fecha": "2062-11-15"}, "Revisa el año"),
        ({"motivo": " "}, "Escríbelo."),
        ({"motivo": "x" * 201}, "Escribe hasta 200 letras."),
        ({"cita": "x" * 301}, "Escribe hasta 300 letras."),
        ({"unidad": "999"}, "Elige una de la lista."),
        ({"unidad": "¹"}, "Elige todo el instituto o una unidad"),
    )
    for camino in ("/calendario/agregar", "/calendario/confirmar"):
        for cambio, frase in malos:
            _manda(p, camino, DIA | cambio)
            assert p.pagina.status_code == 422, cambio
            assert frase in p.texto, cambio
            assert "Falta corregir un dato" in p.texto
            (forma,) = html.fromstring(p.pagina.text).xpath("//main//form[@method='post']")
            escrito = {i.get("name"): i.get("value") for i in forma.xpath(".//input[@name]")}
            for campo, valor in (DIA | cambio).items():
                assert campo == "unidad" or escrito[campo] == valor
    _manda(p, "/calendario/agregar", DIA | {"cambiar": "1"})
    assert p.pagina.status_code == 200
    assert DIA["motivo"] in p.pagina.text
    assert _cuantos(oficina) == 0


def test_un_dia_que_ya_paso_se_permite_y_se_dice(oficina: Oficina) -> None:
    p = oficina.entra("admin")
    p.ir("/calendario/agregar")
    _manda(p, "/calendario/agregar", DIA | {"fecha": "2025-11-25"})
    assert p.pagina.status_code == 200
    assert "Es un día que ya pasó." in p.texto
    _manda(p, "/calendario/confirmar", _campos(p))
    assert _cuantos(oficina) == 1


def test_el_avance_se_ve_y_se_refresca_solo(oficina: Oficina, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendario_lote, "LOTE", 0)
    monkeypatch.setattr("workflow.actions.calendario.EN_PETICION", 0)
    with oficina.ctx() as ctx:
        sembrar(ctx, 40)
    p = oficina.entra("admin")
    p.ir("/calendario/agregar")
    _manda(p, "/calendario/confirmar", DIA | {"fecha": "2026-03-05"})
    assert "En curso" in p.texto
    assert "Van 0 de" in p.texto
    assert 'http-equiv="refresh"' in p.pagina.text
    monkeypatch.undo()
    with oficina.ctx() as ctx:
        from workflow.actions import calendario

        calendario.avanzar(ctx)
        cambio = ctx.session.scalars(select(CambioCalendario)).one()
        assert cambio.estado is EstadoCambio.TERMINADO
    p = oficina.entra("jose.cazares")
    p.ir(f"/calendario/cambios/{cambio.id}")
    assert "Se movieron" in p.texto
    assert 'http-equiv="refresh"' not in p.pagina.text
    assert p.ir("/calendario/cambios/999").status_code == 404
    p.ir("/calendario")
    assert "Últimos cambios" in p.texto


CSV = """fecha,unidad,motivo,cita
2026-12-24,,Asueto,CCT; CFF 12
31/12/2026,1101,Oficina cerrada,Oficio 33
"""


def test_importar_todo_o_nada(oficina: Oficina) -> None:
    p = oficina.entra("admin")
    p.ir("/calendario/importar")
    malo = (
        CSV
        + "2026-12-25,,Navidad,CFF 12\n2026-02-30,,x,y\n2026-12-28,nada,x,y\n2026-12-24,,Otra vez,y\n2026-12-29,,,y\n"
    )
    _manda(p, "/calendario/importar", {"texto": malo})
    assert p.pagina.status_code == 422
    assert "5 renglones tienen algo que corregir" in p.texto
    for frase in (
        "ya es inhábil: navidad",
        "Esa fecha no existe",
        "Esa unidad no existe",
        "otro renglón",
        "motivo y su",
    ):
        assert frase in p.texto, frase
    assert _campos(p)["texto"].strip() == malo.strip()
    for nada in ({"texto": ""}, {"texto": "a,b\n1,2"}, {"texto": "fecha,unidad,motivo,cita\n"}):
        _manda(p, "/calendario/importar", nada)
        assert p.pagina.status_code == 422
    archivo = (io.BytesIO(CSV.replace(",", ";").replace("CCT; CFF 12", "CCT").encode("cp1252")), "anio.csv")
    _manda(p, "/calendario/importar", {"archivo": archivo})
    assert p.pagina.status_code == 200
    campos = _campos(p)
    _manda(p, "/calendario/importar/confirmar", campos)
    assert "2 días inhábiles nuevos" in p.texto
    assert _cuantos(oficina) == 2
    _manda(p, "/calendario/importar/confirmar", campos | {"csrf_token": _token_de(p)})
    assert "2 días inhábiles nuevos" in p.texto
    # One that stands already among new ones: nothing of the file is added.
    _manda(
        p,
        "/calendario/importar/confirmar",
        {"csrf_token": _token_de(p), "texto": CSV + "2026-12-30,,Nuevo,CCT\n"},
    )
    assert p.pagina.status_code == 422
    assert _cuantos(oficina) == 2


@pytest.mark.parametrize(
    "renglones",
    [
        '2026-12-24,,Asueto,"CCT\n2026-12-28,,Asueto,CCT\n',  # the 28th would be lost inside a citation
        "2026-12-24,," + "x" * 140_000 + ",CCT\n",  # longer than the reader of the language takes
    ],
)
def test_unas_comillas_sin_cerrar_no_se_tragan_dias(oficina: Oficina, renglones: str) -> None:
    p = oficina.entra("admin")
    p.ir("/calendario/importar")
    _manda(p, "/calendario/importar", {"texto": "fecha,unidad,motivo,cita\n" + renglones})
    assert p.pagina.status_code == 422
    assert "comillas sin cerrar" in p.texto
    assert _cuantos(oficina) == 0


def _token_de(p: Persona) -> str:
    """The token of a page without a form of its own: that of the button to leave."""
    return str(html.fromstring(p.pagina.text).xpath("//input[@name='csrf_token']/@value")[0])


def test_las_consultas_no_crecen_con_los_plazos(oficina: Oficina, app: Flask) -> None:
    p = oficina.entra("admin")
    cuentas: dict[str, list[int]] = {"ver": [], "previa": []}
    motor = app.extensions["denuncias"].motor
    for cuantos in (40, 400):
        with oficina.ctx() as ctx:
            sembrar(ctx, cuantos)
        for pagina, pedir in (
            ("ver", lambda: p.ir("/calendario?anio=2026")),
            ("previa", lambda: _manda(p, "/calendario/agregar", DIA | {"fecha": "2026-03-05"})),
        ):
            p.ir("/calendario/agregar")
            ordenes: list[str] = []

            def anotar(*args: Any, ordenes: list[str] = ordenes) -> None:
                ordenes.append(args[2])

            event.listen(motor, "before_cursor_execute", anotar)
            assert pedir().status_code == 200
            event.remove(motor, "before_cursor_execute", anotar)
            cuentas[pagina].append(len(ordenes))
    assert cuentas["ver"][0] == cuentas["ver"][1] <= 12, cuentas
    assert cuentas["previa"][0] == cuentas["previa"][1] <= 16, cuentas
