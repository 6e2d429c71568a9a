"""Seeded random cédulas: a few workers, wages that change in the middle of a month, wages registered below."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from random import Random
from typing import Any

from tests.legal.oraculo.azar import minimo_de, uma_de, un_dia
from tests.legal.oraculo.numeros import escribir, redondear

Caso = dict[str, Any]


def cedula(azar: Random) -> Caso:
    """From one to four workers over some months; now and then a fault."""
    zona = azar.choice(["general", "general", "zlfn"])
    comienza = un_dia(azar, 2019 if zona == "zlfn" else 2016, 2025)
    comienza = max(comienza, dt.date(2016, 1, 28))
    trabajadores: list[Caso] = [
        {"id": f"Trabajador {n}", "periodos": periodos(azar, comienza, zona)}
        for n in range(azar.randint(1, 4))
    ]
    ultimo = max(periodo["hasta"] for uno in trabajadores for periodo in uno["periodos"])
    fecha = dt.date.fromisoformat(ultimo) + dt.timedelta(days=azar.choice([0, 10, 60, azar.randint(0, 2600)]))
    fecha = max(min(fecha, dt.date(2026, 12, 31)), dt.date.fromisoformat(ultimo))
    if azar.random() < 0.05:
        fecha -= dt.timedelta(days=1 + (fecha - dt.date.fromisoformat(ultimo)).days)
    caso: Caso = {
        "regla": "cedula",
        "fecha": fecha.isoformat(),
        "trabajadores": trabajadores,
        "zona": zona,
        "clase_riesgo": azar.choice(["I", "II", "III", "IV", "V"]),
    }
    if azar.random() < 0.4:
        caso["prima"] = azar.choice(["0.50", "7.12345", "15.00"])
        del caso["clase_riesgo"]
    if azar.random() < 0.5:
        caso["infracciones"] = infracciones(azar, comienza)
    return caso


def periodos(azar: Random, comienza: dt.date, zona: str) -> list[dict[str, Any]]:
    """Periods one after the other, with or without days between them."""
    salen = []
    desde = comienza + dt.timedelta(days=azar.randint(0, 40))
    for _ in range(azar.randint(1, 3)):
        hasta = desde + dt.timedelta(days=azar.choice([0, 14, 30, azar.randint(0, 150)]))
        unidad, minimo = Fraction(uma_de(desde)), Fraction(minimo_de(desde, zona))
        real = redondear(azar.choice([minimo, minimo * 2, unidad * 4, unidad * 26, minimo + unidad]))
        periodo = {"desde": desde.isoformat(), "hasta": hasta.isoformat(), "salario_real": escribir(real)}
        if azar.random() < 0.6:
            registrado = redondear(
                azar.choice([minimo, real / 2, real, real + 1, minimo + 5, real - unidad / 9])
            )
            periodo["salario_registrado"] = escribir(registrado)
        if azar.random() < 0.3:
            periodo["cuota_diaria"] = escribir(azar.choice([minimo, real]))
        salen.append(periodo)
        desde = hasta + dt.timedelta(days=azar.choice([1, 1, 2, 20]))
        if azar.random() < 0.02:
            desde = hasta
    azar.shuffle(salen)
    return salen


def infracciones(azar: Random, dia: dt.date) -> list[Caso]:
    """Some fines proposed, the one on what was omitted among them or not."""
    salen: list[Caso] = []
    for clave in azar.sample(["304", "304-A-II", "304-A-III", "304-A-IV"], azar.randint(0, 3)):
        una: Caso = {"infraccion": clave, "fecha": dia.isoformat()}
        if clave == "304":
            una["porcentaje"] = azar.choice(["40", "75.5", "100", "40", "39.99"])
        elif azar.random() < 0.8:
            minimo = Fraction(uma_de(dia)) * 20
            una["importe"] = escribir(
                redondear(minimo * azar.choice([Fraction(1), Fraction(2), Fraction(13, 7)]))
            )
        if azar.random() < 0.3:
            una["reincidencia"] = True
        salen.append(una)
    return salen
