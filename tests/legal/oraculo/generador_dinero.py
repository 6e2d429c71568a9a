"""Seeded random cases of the rules of money."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from random import Random
from typing import Any

from tests.legal.oraculo.azar import algo_despues, dinero, minimo_de, uma_de, un_dia
from tests.legal.oraculo.entrada import leer_numero
from tests.legal.oraculo.numeros import escribir, redondear
from tests.legal.oraculo.tablas import CEAV_HASTA, MULTAS

Caso = dict[str, Any]
CENTAVO = Fraction(1, 100)


def cuotas(azar: Random) -> Caso:
    """Wages on the edges of the minimum, the brackets and the cap."""
    desde = (
        max(un_dia(azar, 2016, 2026), dt.date(2016, 1, 28))
        if azar.random() < 0.95
        else un_dia(azar, 2015, 2028)
    )
    hasta = desde + dt.timedelta(days=azar.choice([0, 0, 1, 27, 29, 30, 31, azar.randint(0, 400)]))
    if azar.random() < 0.4:
        desde = desde.replace(day=1)
    zona = azar.choice(["general", "general", "zlfn"])
    unidad, minimo = Fraction(uma_de(desde)), Fraction(minimo_de(desde, zona))
    veces = azar.choice([Fraction(3), Fraction(25), *(Fraction(tope) for tope in CEAV_HASTA)])
    filo = azar.choice(
        [minimo, minimo, veces * unidad, (veces + CENTAVO) * unidad, (veces + CENTAVO / 2) * unidad]
    )
    sbc = redondear(filo) + azar.choice([-1, 0, 0, 1]) * CENTAVO
    if azar.random() < 0.3:
        sbc = Fraction(azar.randint(100, 400000), 100)
    caso: Caso = {
        "regla": "cuotas",
        "sbc": escribir(sbc),
        "desde": desde.isoformat(),
        "hasta": hasta.isoformat(),
    }
    if azar.random() < 0.6:
        caso["clase_riesgo"] = azar.choice(["I", "II", "III", "IV", "V"])
    if azar.random() < 0.05:
        caso["prima"] = azar.choice(["0.49", "0.49999", "15.01", "0", "2.598401", "100", "-2.5", "2,5"])
    elif "clase_riesgo" not in caso or azar.random() < 0.02:
        caso["prima"] = azar.choice(
            ["0.50", "15.00", "0.54355", "2.5984", f"{azar.randint(50, 1500) / 100:.2f}"]
        )
    if zona != "general" or azar.random() < 0.3:
        caso["zona"] = zona
    if azar.random() < 0.4:
        caso["cuota_diaria"] = escribir(azar.choice([minimo, minimo + CENTAVO, minimo - CENTAVO, sbc]))
    return caso


def accesorios(azar: Random) -> Caso:
    """Payments before, on and after each monthly edge, up to beyond sixty months."""
    debio = un_dia(azar, 2015, 2027) if azar.random() < 0.1 else un_dia(azar, 2016, 2026)
    if azar.random() < 0.4:
        debio = debio.replace(day=17)
    pago = algo_despues(azar, debio, azar.choice([1, 2, 12, 60, 61, 70]))
    if azar.random() < 0.8 and pago > dt.date(2026, 12, 31):
        pago = max(debio, dt.date(2026, azar.randint(1, 12), azar.randint(1, 28)))
    caso: Caso = {
        "regla": "accesorios",
        "importe": dinero(azar),
        "debio_pagarse": debio.isoformat(),
        "fecha_pago": pago.isoformat(),
    }
    if azar.random() < 0.4:
        caso["concepto"] = azar.choice(["cuotas", "multa"])
    return caso


def multa(azar: Random) -> Caso:
    """Fines on the edges of the range and of its half."""
    clave = azar.choice(["304", *MULTAS])
    fecha = un_dia(azar, 2016, 2026) if azar.random() < 0.9 else un_dia(azar, 2014, 2029)
    caso: Caso = {"regla": "multa", "infraccion": clave, "fecha": fecha.isoformat()}
    if clave == "304":
        caso["omitido"] = dinero(azar)
        omitido = leer_numero(caso["omitido"], 2) or Fraction(0)
        minimo, maximo = redondear(omitido * 40 / 100), redondear(omitido)
    else:
        unidad = Fraction(uma_de(fecha))
        minimo, maximo = (redondear(unidad * veces) for veces in MULTAS[clave])
    if azar.random() < 0.7:
        dentro = minimo + Fraction(azar.randint(0, int((maximo - minimo) * 100)), 100)
        elegido = azar.choice(
            [minimo, maximo, redondear(maximo / 2), minimo - CENTAVO, maximo + CENTAVO, dentro, dentro]
        )
        caso["importe"] = escribir(max(elegido, Fraction(0)))
    if azar.random() < 0.5:
        caso["reincidencia"] = azar.choice([True, False])
    if azar.random() < 0.5:
        caso["pago_oportuno"] = azar.choice([True, False])
    return caso


def gastos_ejecucion(azar: Random) -> Caso:
    """Credits around the floor and the ceiling."""
    fecha = azar.choice(
        [dt.date(2025, 12, 31), dt.date(2026, 1, 1), un_dia(azar, 2023, 2026), un_dia(azar, 2021, 2030)]
    )
    filo = Fraction(azar.choice(["28000", "31500", "4323000", "4894000"])) + Fraction(
        azar.randint(-60, 60), 100
    )
    legales = [["requerimiento"], ["embargo"], ["requerimiento", "embargo"], ["remate"]]
    actos = [azar.choice(legales) for _ in range(azar.randint(1, 5))]
    if azar.random() < 0.1:
        malos: list[Any] = [
            [],
            ["remate", "embargo"],
            ["notificacion"],
            "embargo",
            ["remate", "remate"],
            [["embargo"]],
            None,
        ]
        actos.append(azar.choice(malos))
    return {
        "regla": "gastos_ejecucion",
        "credito": azar.choice([escribir(filo), dinero(azar)]),
        "actos": actos,
        "fecha": fecha.isoformat(),
    }
