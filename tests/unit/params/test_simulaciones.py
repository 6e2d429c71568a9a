"""The facts of the simulator: all of the catalogue, each row hanging from one before it, refused otherwise."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from workflow.params import loader, simulaciones
from workflow.params.errores import ParametroInvalido, ReglaError

HECHO: dict[str, Any] = {
    "clave": "ejemplo",
    "grupo": "Grupo",
    "hecho": "pasa algo",
    "notificacion": True,
    "cita": "CFF 1",
    "confianza": "verificado",
    "vigente_desde": date(2020, 1, 1),
    "renglones": [{"plazo": "pago_credito"}],
}


def archivo(carpeta: Path, *hechos: dict[str, Any]) -> Path:
    ruta = carpeta / "simulaciones.yaml"
    ruta.write_text(yaml.safe_dump({"simulaciones": list(hechos)}, allow_unicode=True), encoding="utf-8")
    return ruta


def con(**cambios: Any) -> dict[str, Any]:
    return HECHO | cambios


def test_los_hechos_de_la_casa() -> None:
    hechos = simulaciones.hechos()
    assert len(hechos) >= 40
    catalogo = loader.catalogo_plazos()
    for hecho in hechos.values():
        assert hecho.hecho[0].islower(), hecho.clave
        for renglon in hecho.renglones:
            assert not renglon.plazo or renglon.plazo in catalogo
            assert renglon.sigue in {"", *hechos}
    cedula = simulaciones.hecho("cedula")
    assert cedula.notificacion
    assert {"pago_credito", "aclaracion", "inconformidad", "multa_20", "juicio_tfja"} <= {
        r.plazo for r in cedula.renglones
    }
    with pytest.raises(ReglaError, match="Elige de la lista"):
        simulaciones.hecho("nada")


def test_lo_que_no_se_escribe_es_del_catalogo(tmp_path: Path) -> None:
    leido = simulaciones.hechos(archivo(tmp_path, con()))["ejemplo"]
    (renglon,) = leido.renglones
    assert (renglon.id, renglon.nombre, renglon.cita, renglon.confianza) == ("pago_credito", "", "", "")


DIA = {"id": "d", "dia": "siguiente", "nombre": "n", "al_vencer": "a", "cita": "c", "confianza": "diseno"}


@pytest.mark.parametrize(
    ("hecho", "queja"),
    [
        (con(otra=1), "claves desconocidas"),
        (con(renglones=[]), "lista, no vacía"),
        (con(renglones=["x"]), "lista, no vacía"),
        (con(renglones=[{"plazo": "no_existe"}]), "no existe el plazo"),
        (con(renglones=[{"plazo": "pago_credito"}] * 2), "renglón repetido"),
        (con(renglones=[{"plazo": "pago_credito", "desde": "x"}]), "no es un renglón anterior"),
        (con(renglones=[{"plazo": "pago_credito", "antes_de": "x"}]), "no es un renglón anterior"),
        (con(renglones=[{"plazo": "pago_credito", "raro": "x"}]), "claves desconocidas"),
        (con(renglones=[{"plazo": "pago_credito", "dia": "siguiente"}]), "«dia» va con"),
        (con(renglones=[{"plazo": "citatorio"}]), "«dia» va con"),
        (con(renglones=[{k: v for k, v in DIA.items() if k != "dia"}]), "«dia» va con"),
        (con(renglones=[{k: v for k, v in DIA.items() if k != "cita"}]), "falta «cita»"),
        (con(renglones=[DIA | {"dia": "ayer"}]), "no puede ser «ayer»"),
        (con(renglones=[{"nombre": "sin id"}]), "falta «id»"),
        (con(renglones=[{"plazo": "pago_credito", "sigue": "nadie"}]), "no existe el hecho"),
        (con(renglones=[DIA, DIA | {"id": "e", "antes_de": "d"}]), "«antes_de» va con"),
        (con(renglones=[DIA, {"plazo": "aclaracion", "desde": "d", "antes_de": "d"}]), "«antes_de» va con"),
        (con(renglones=[{"plazo": "aclaracion", "con": ["pago_credito"]}]), "«con» sólo va"),
        (con(renglones=[DIA, {"plazo": "aclaracion", "antes_de": "d", "con": "x"}]), "lista de plazos"),
        (con(renglones=[DIA, {"plazo": "aclaracion", "antes_de": "d", "con": ["citatorio"]}]), "contados"),
        (con(renglones=[DIA, {"plazo": "aclaracion", "antes_de": "d", "con": ["x"]}]), "no existe el plazo"),
    ],
)
def test_un_hecho_mal_escrito_no_entra(hecho: dict[str, Any], queja: str, tmp_path: Path) -> None:
    with pytest.raises(ParametroInvalido, match=queja):
        simulaciones.hechos(archivo(tmp_path, hecho))


def test_un_hecho_repetido_no_entra(tmp_path: Path) -> None:
    with pytest.raises(ParametroInvalido, match="hecho repetido"):
        simulaciones.hechos(archivo(tmp_path, con(), con()))


def test_un_dia_propio_dice_su_confianza(tmp_path: Path) -> None:
    leido = simulaciones.hechos(archivo(tmp_path, con(renglones=[DIA])))["ejemplo"]
    assert leido.renglones[0].confianza == "diseno"
