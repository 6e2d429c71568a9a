"""Seeded random cases of identifiers and ballots."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.legal.oraculo.identificador import digito_curp, digito_rfc, nss

Caso = dict[str, Any]
LETRAS, CONSONANTES, CIFRAS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "BCDFGHJKLMNPQRSTVWXYZ", "0123456789"
ESTADOS = ["AS", "BC", "DF", "JC", "MC", "NL", "NE", "OC", "YN", "ZS"]


def varias(azar: Random, alfabeto: str, cuantas: int) -> str:
    """So many letters of the alphabet."""
    return "".join(azar.choice(alfabeto) for _ in range(cuantas))


def fecha_corta(azar: Random) -> str:
    """Six digits of a day that exists in every year."""
    return f"{azar.randint(0, 99):02d}{azar.randint(1, 12):02d}{azar.randint(1, 28):02d}"


def vestir(azar: Random, texto: str) -> str:
    """Another case, spaces and dashes, sometimes one character changed, lost or added."""
    if azar.random() < 0.35:
        lugar = azar.randrange(len(texto))
        texto = (
            texto[:lugar]
            + azar.choice(["", azar.choice(CIFRAS), azar.choice(CIFRAS) * 2])
            + texto[lugar + 1 :]
        )
    if azar.random() < 0.3:
        texto = texto.lower()
    if azar.random() < 0.3:
        lugar = azar.randrange(len(texto) + 1)
        texto = texto[:lugar] + azar.choice([" ", "-", " - ", "  "]) + texto[lugar:]
    return texto


def identificador(azar: Random) -> Caso:
    """Sound ones and ones with a changed digit."""
    tipo = azar.choice(["nss", "curp", "rfc", "registro_patronal"])
    if tipo == "nss":
        diez = varias(azar, CIFRAS, 10)
        valor = next(diez + ultima for ultima in CIFRAS if nss(diez + ultima)[0])
    elif tipo == "curp":
        inicio = azar.choice(CONSONANTES) + azar.choice("AEIOUX") + varias(azar, CONSONANTES, 2)
        # The seventeenth is a digit for those born before 2000 and a letter after.
        diecisiete = inicio + fecha_corta(azar) + azar.choice("HM") + azar.choice(ESTADOS)
        diecisiete += varias(azar, CONSONANTES, 3) + azar.choice("0123ABC")
        valor = diecisiete + digito_curp(diecisiete)
    elif tipo == "rfc":
        letras = varias(azar, LETRAS + "&Ñ", 3) if azar.random() < 0.5 else varias(azar, LETRAS, 4)
        cuerpo = letras + fecha_corta(azar) + varias(azar, LETRAS + CIFRAS, 2)
        valor = cuerpo + digito_rfc(cuerpo.rjust(12))
    else:
        valor = azar.choice(LETRAS + CIFRAS) + varias(azar, CIFRAS, azar.choice([9, 10]))
    return {"regla": "identificador", "tipo": tipo, "valor": vestir(azar, valor)}


def votacion(azar: Random) -> Caso:
    """Committees of none to fifteen, mostly with sound votes."""
    asientos: list[Caso] = []
    asisten = azar.choice([0.5, 0.8, 1.0])
    votos = azar.choice(
        [
            ["a_favor", "en_contra"],
            ["a_favor", "a_favor", "en_contra"],
            ["a_favor", "en_contra", "abstencion"],
        ]
    )
    callan = azar.choice([0.0, 0.0, 0.2])
    for numero in range(azar.choice([0, 1, 2, 3, 4, 5, 6, 7, 9, 12, 15])):
        con_voto, presente = azar.random() < 0.85, azar.random() < asisten
        excusa = azar.random() < 0.1
        voto: object = (
            azar.choice(votos) if con_voto and presente and not excusa and azar.random() >= callan else None
        )
        if azar.random() < 0.01:
            voto = azar.choice(["a_favor", "si", "", 1])
        asientos.append(
            {
                "id": f"asiento-{numero}",
                "con_voto": con_voto,
                "presente": presente,
                "excusa": excusa,
                "voto": voto,
            }
        )
    if azar.random() < 0.3:
        # A tie, or nearly.
        votan = [uno for uno in asientos if uno["con_voto"] and uno["presente"] and not uno["excusa"]]
        for lugar, uno in enumerate(votan):
            uno["voto"] = ("a_favor", "en_contra")[lugar % 2]
    if asientos and azar.random() < 0.03:
        asientos[-1]["id"] = asientos[0]["id"]
    if asientos and azar.random() < 0.05:
        asientos[0].pop(azar.choice(list(asientos[0])))
    if asientos and azar.random() < 0.03:
        asientos[0][azar.choice(list(asientos[0]))] = azar.choice([None, "si", 1, [], "a_favor"])
    ids = [uno["id"] for uno in asientos if "id" in uno]
    return {
        "regla": "votacion",
        "asientos": asientos,
        "preside": azar.choice(ids) if ids and azar.random() < 0.97 else "nadie",
        "mayoria": azar.choice(["simple", "dos_tercios"]),
        "voto_de_calidad": azar.choice([True, False]),
    }
