"""Contract 4.8."""

from __future__ import annotations

from typing import Any

from tests.legal.oraculo.entrada import FALTANTE, Lector

VOTOS = ["a_favor", "en_contra", "abstencion"]


def votacion(caso: dict[str, Any]) -> dict[str, Any]:
    """Quorum, counts and result."""
    lector = Lector(caso)
    asientos = lector.crudo("asientos")
    if asientos is not None and not isinstance(asientos, list):
        lector.mal()
        asientos = None
    asientos = asientos or []
    preside = lector.crudo("preside")
    mayoria = lector.palabra("mayoria", ["simple", "dos_tercios"])
    lector.crudo("voto_de_calidad")
    calidad = lector.si_no("voto_de_calidad", False)
    revisar(lector, asientos, preside)
    lector.terminar()

    votan = [uno for uno in asientos if uno["con_voto"] and not uno["excusa"]]
    presentes = [uno for uno in votan if uno["presente"]]
    requerido = len(votan) // 2 + 1
    cuenta = {voto: sum(1 for uno in presentes if uno.get("voto") == voto) for voto in VOTOS}
    pendientes = sum(1 for uno in presentes if uno.get("voto") is None)
    salen = {
        "quorum": len(presentes) >= requerido,
        "quorum_requerido": requerido,
        "presentes": len(presentes),
        "a_favor": cuenta["a_favor"],
        "en_contra": cuenta["en_contra"],
        "abstenciones": cuenta["abstencion"],
        "pendientes": pendientes,
    }
    if not salen["quorum"]:
        return {**salen, "resultado": "sin_quorum"}
    if pendientes:
        return {**salen, "resultado": "abierta"}
    del_presidente = [uno.get("voto") for uno in presentes if uno["id"] == preside]
    return {**salen, "resultado": decidir(cuenta, len(presentes), mayoria, calidad, del_presidente)}


def decidir(cuenta: dict[str, int], presentes: int, mayoria: str, calidad: bool, suyo: list[str]) -> str:
    """With quorum and every vote cast."""
    favor, contra = cuenta["a_favor"], cuenta["en_contra"]
    if mayoria == "dos_tercios":
        return "aprobada" if favor * 3 >= presentes * 2 else "rechazada"
    if favor > contra:
        return "aprobada"
    if favor < contra:
        return "rechazada"
    if calidad and suyo == ["a_favor"]:
        return "aprobada"
    if calidad and suyo == ["en_contra"]:
        return "rechazada"
    return "diferida"


def revisar(lector: Lector, asientos: list[Any], preside: object) -> None:
    """Faults of the seats and of who presides."""
    vistos: list[object] = []
    for uno in asientos:
        if not isinstance(uno, dict):
            lector.mal()
            continue
        revisar_asiento(lector, uno)
        if uno.get("id") in vistos:
            lector.mal()
        vistos.append(uno.get("id"))
    if preside is not None and (type(preside) not in (str, int) or preside not in vistos):
        lector.mal()


def revisar_asiento(lector: Lector, uno: dict[str, Any]) -> None:
    """Faults of one seat."""
    lector.fallas |= {
        FALTANTE for clave in ("id", "con_voto", "presente", "excusa") if uno.get(clave) is None
    }
    if type(uno.get("id")) not in (str, int, type(None)):
        lector.mal()
    if any(not isinstance(uno.get(clave, False), bool) for clave in ("con_voto", "presente", "excusa")):
        lector.mal()
    voto = uno.get("voto")
    if voto is not None and voto not in VOTOS:
        lector.mal()
    vota = uno.get("con_voto") is True and uno.get("presente") is True and uno.get("excusa") is False
    if voto is not None and not vota:
        lector.mal()
