"""What the count of terms refuses, and what its derivation says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from workflow.errors import DomainError
from workflow.params.loader import plazo
from workflow.rules.calendario import Motivo
from workflow.rules.errores import CODIGOS, ReglaError
from workflow.rules.plazos import Suspension, aplicar, calcular

D = date.fromisoformat
BUENO: dict[str, Any] = {
    "longitud": 5,
    "unidad": "habiles",
    "desde": date(2026, 3, 12),
    "inicio": "dia_siguiente",
}


@pytest.mark.parametrize(
    ("cambio", "dice"),
    [
        ({"longitud": 0}, "1 o más"),
        ({"longitud": -3}, "1 o más"),
        ({"longitud": True}, "1 o más"),
        ({"longitud": "5"}, "1 o más"),
        ({"unidad": "dias"}, "unidad"),
        ({"inicio": "hoy"}, "inicio"),
        ({"regimen": "lft"}, "regimen"),
        ({"suspensiones": [Suspension(D("2026-03-20"), D("2026-03-19"))]}, "antes de empezar"),
        ({"longitud": 10**7}, "9999"),
        ({"longitud": 10**7, "unidad": "meses"}, "9999"),
        ({"longitud": 10**5, "unidad": "anios"}, "9999"),
        ({"longitud": 10**7, "unidad": "naturales"}, "9999"),
        ({"desde": date.max, "unidad": "meses"}, "9999"),
        ({"desde": date.max, "inicio": "surte_efectos"}, "9999"),
        (
            {
                "desde": D("9990-01-01"),
                "unidad": "anios",
                "suspensiones": [Suspension(D("9991-01-01"), date.max)],
            },
            "9999",
        ),
    ],
)
def test_rechaza(cambio: dict[str, Any], dice: str) -> None:
    with pytest.raises(ReglaError, match=dice) as error:
        calcular(**(BUENO | cambio))
    assert error.value.codigo == "DATO_INVALIDO"
    assert error.value.codigo in CODIGOS
    assert isinstance(error.value, DomainError)


def test_fechas_anteriores_a_la_lista() -> None:
    with pytest.raises(ReglaError) as error:
        calcular(**(BUENO | {"desde": D("1999-01-01")}))
    assert error.value.codigo == "PARAMETRO_NO_VIGENTE"
    # A term that never rolls asks for no list of días inhábiles.
    antiguo = calcular(5, "anios", D("1999-01-01"), "dia_siguiente", prorroga=False)
    assert antiguo.vence == D("2004-01-01")
    assert antiguo.pasos[-1].de_que == "jueves 1 de enero de 2004. Este plazo no se recorre."


@pytest.mark.parametrize("clave", ["citatorio", "entrega_bienes", "max_reenvios", "acuerdo_cumplimiento"])
def test_los_que_no_se_cuentan(clave: str) -> None:
    with pytest.raises(ReglaError, match="quien lo abre"):
        aplicar(plazo(clave), D("2026-01-05"))


def test_la_derivacion_nombra_cada_dia_saltado() -> None:
    resultado = calcular(
        8,
        "habiles",
        D("2026-10-29"),
        "dia_siguiente",
        inhabiles_extra={D("2026-11-02"): Motivo("Día de muertos", "CCT del Instituto")},
        suspensiones=[Suspension(D("2026-11-04"), D("2026-11-04"), "Sismo", "Acuerdo 1")],
    )
    assert resultado.vence == D("2026-11-12")
    pasos = {paso.que: paso for paso in resultado.pasos}
    assert pasos["Día 1"].fechas == (D("2026-10-30"),)
    adicional = pasos["No se cuenta 1 día inhábil del calendario de la oficina"]
    assert adicional.de_que == "2 de noviembre, Día de muertos"
    assert adicional.articulo == "CCT del Instituto"
    suspension = pasos["No se cuenta 1 día de suspensión"]
    assert (suspension.de_que, suspension.articulo) == ("4 de noviembre, Sismo", "Acuerdo 1")
    assert len(pasos["No se cuentan 4 sábados y domingos"].fechas) == 4
    assert pasos["Vence"].de_que == "jueves 12 de noviembre de 2026. Es hábil; no se recorre."


def test_la_derivacion_dice_por_que_se_recorre() -> None:
    def ultimo(*args: Any, **kwargs: Any) -> tuple[str, str, str]:
        paso = calcular(*args, **kwargs).pasos[-1]
        return paso.que, paso.de_que, paso.articulo

    que, de_que, articulo = ultimo(12, "meses", D("2025-01-31"), "dia_siguiente")
    assert que == "Se recorre al siguiente día hábil"
    assert "Sábado" in de_que
    assert "martes 3 de febrero de 2026" in de_que
    assert articulo == "CFF 12"
    que, de_que, articulo = ultimo(5, "habiles", D("2026-06-05"), "dia_siguiente", "racerf")
    assert "viernes" in de_que
    assert articulo == "RACERF 3"
    que, de_que, _ = ultimo(12, "meses", D("2025-01-31"), "dia_siguiente", prorroga=False)
    assert (que, de_que) == (
        "Vence",
        "sábado 31 de enero de 2026. Es inhábil, pero este plazo no se recorre.",
    )


def test_la_derivacion_de_meses_y_naturales() -> None:
    meses = calcular(
        1,
        "meses",
        D("2026-01-31"),
        "dia_siguiente",
        suspensiones=[Suspension(D("2026-02-10"), D("2026-02-10"), "Sismo", "Acuerdo 1")],
    )
    assert meses.dia_uno == D("2026-02-01")
    assert meses.dias == ()
    assert meses.contados_al(D("2026-02-20")) == 0
    textos = [f"{paso.que}: {paso.de_que}" for paso in meses.pasos]
    assert any("ese mes no tiene día 31" in texto for texto in textos)
    assert any(texto.startswith("Se suma 1 día de suspensión: Sismo: del 10 de febrero") for texto in textos)
    assert "Acuerdo 1" in {paso.articulo for paso in meses.pasos}
    naturales = calcular(2, "naturales", D("2026-01-31"), "dia_siguiente", prorroga=False)
    assert any("día natural que cuenta: domingo 1 de febrero" in paso.de_que for paso in naturales.pasos)
    anios = calcular(1, "anios", D("2026-01-30"), "dia_siguiente")
    assert any(paso.que.startswith("1 año después") for paso in anios.pasos)
