"""Quórum and result of a vote (contract §4.8), and what the result does to the motion voted.

Pure: the same seats in any order give the same answer. Composition, majority and casting vote are
configuration of the committee, so they come in as values.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workflow.rules.errores import dato_invalido

VOTOS = ("a_favor", "en_contra", "abstencion")
MAYORIAS = ("simple", "dos_tercios")
AL_APROBARSE = {"como_se_propone": "aprobada", "cambio_de_acto": "cambio_de_acto", "diferir": "diferida"}
MOCIONES = tuple(AL_APROBARSE)
RESULTADOS = ("aprobada", "rechazada", "diferida", "sin_quorum", "abierta")
RESULTADOS_DE_MOCION = (
    "aprobada",
    "cambio_de_acto",
    "diferida",
    "rechazada",
    "mocion_desechada",
    "sin_quorum",
    "abierta",
)


@dataclass(frozen=True, slots=True)
class Asiento:
    """One seat of the committee as it stands for one matter; `voto` is one of `VOTOS` or None."""

    id: str | int
    con_voto: bool
    presente: bool
    excusa: bool
    voto: str | None = None

    @property
    def vota(self) -> bool:
        """True where the seat votes on the matter: it has a vote and is not excused."""
        return self.con_voto and not self.excusa


@dataclass(frozen=True, slots=True)
class ResultadoVotacion:
    """The count and its consequence; `pasos` say in Spanish how it came about."""

    quorum: bool
    quorum_requerido: int
    presentes: int
    a_favor: int
    en_contra: int
    abstenciones: int
    pendientes: int
    resultado: str
    voto_de_calidad_usado: bool
    pasos: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Cuenta:
    """Votes cast and seats that decide."""

    votan: int
    presentes: int
    a_favor: int
    en_contra: int
    abstenciones: int
    pendientes: int

    @property
    def requerido(self) -> int:
        """Half of the voting seats, rounded down, plus one."""
        return self.votan // 2 + 1


def hay_quorum(asientos: Iterable[Asiento]) -> bool:
    """True where enough voting seats are present to open a matter."""
    votan = [asiento for asiento in asientos if asiento.vota]
    return sum(asiento.presente for asiento in votan) >= len(votan) // 2 + 1


def computar(
    asientos: Sequence[Asiento], preside: str | int | None, mayoria: str, voto_de_calidad: bool
) -> ResultadoVotacion:
    """The result of a vote.

    Raises ReglaError DATO_INVALIDO for a repeated seat, a president who holds no seat, an unknown word, or a
    vote of a seat that is absent, excused or without vote.
    """
    _revisar(asientos, preside, mayoria)
    cuenta = _contar(asientos)
    quorum = cuenta.presentes >= cuenta.requerido
    calidad = _voto_de(asientos, preside) if voto_de_calidad else None
    if not quorum:
        resultado, razon = "sin_quorum", "Sin quórum no hay votación."
    elif cuenta.pendientes:
        resultado, razon = "abierta", f"Faltan votos: {cuenta.pendientes}."
    else:
        resultado, razon = _decidir(cuenta, mayoria, calidad)
    decidida = resultado in {"aprobada", "rechazada"} and mayoria == "simple"
    return ResultadoVotacion(
        quorum=quorum,
        quorum_requerido=cuenta.requerido,
        presentes=cuenta.presentes,
        a_favor=cuenta.a_favor,
        en_contra=cuenta.en_contra,
        abstenciones=cuenta.abstenciones,
        pendientes=cuenta.pendientes,
        resultado=resultado,
        voto_de_calidad_usado=decidida and cuenta.a_favor == cuenta.en_contra,
        pasos=(*_pasos(cuenta), razon),
    )


def resultado_de_mocion(mocion: str, resultado: str) -> str:
    """What the result of the vote means for the matter, one of `RESULTADOS_DE_MOCION`.

    A lost `cambio_de_acto` or `diferir` only drops that motion; a tie nobody breaks defers the matter.
    """
    if mocion not in MOCIONES:
        raise dato_invalido(f"La moción debe ser una de: {', '.join(MOCIONES)}.")
    if resultado not in RESULTADOS:
        raise dato_invalido(f"El resultado debe ser uno de: {', '.join(RESULTADOS)}.")
    if resultado == "aprobada":
        return {"como_se_propone": "aprobada", "cambio_de_acto": "cambio_de_acto", "diferir": "diferida"}[
            mocion
        ]
    if resultado == "rechazada" and mocion != "como_se_propone":
        return "mocion_desechada"
    return resultado


def _revisar(asientos: Sequence[Asiento], preside: str | int | None, mayoria: str) -> None:
    if mayoria not in MAYORIAS:
        raise dato_invalido(f"«mayoria» debe ser una de: {', '.join(MAYORIAS)}.")
    ids = [asiento.id for asiento in asientos]
    if len(set(ids)) != len(ids):
        raise dato_invalido("Hay un asiento repetido: cada asiento vota una sola vez.")
    if preside is not None and preside not in ids:
        raise dato_invalido("Quien preside debe ocupar uno de los asientos.")
    for asiento in asientos:
        _revisar_voto(asiento)


def _revisar_voto(asiento: Asiento) -> None:
    if asiento.voto is None:
        return
    if asiento.voto not in VOTOS:
        raise dato_invalido(f"El voto debe ser uno de: {', '.join(VOTOS)}.")
    if not asiento.con_voto:
        raise dato_invalido(f"El asiento {asiento.id} no tiene voto y aparece votando.")
    if asiento.excusa:
        raise dato_invalido(f"El asiento {asiento.id} está excusado de este asunto y aparece votando.")
    if not asiento.presente:
        raise dato_invalido(f"El asiento {asiento.id} está ausente y aparece votando.")


def _contar(asientos: Sequence[Asiento]) -> _Cuenta:
    votan = [asiento for asiento in asientos if asiento.vota]
    presentes = [asiento for asiento in votan if asiento.presente]
    votos = [asiento.voto for asiento in presentes]
    return _Cuenta(
        votan=len(votan),
        presentes=len(presentes),
        a_favor=votos.count("a_favor"),
        en_contra=votos.count("en_contra"),
        abstenciones=votos.count("abstencion"),
        pendientes=votos.count(None),
    )


def _voto_de(asientos: Sequence[Asiento], preside: str | int | None) -> str | None:
    return next((asiento.voto for asiento in asientos if asiento.id == preside), None)


def _decidir(cuenta: _Cuenta, mayoria: str, calidad: str | None) -> tuple[str, str]:
    if mayoria == "dos_tercios":
        if cuenta.a_favor * 3 >= cuenta.presentes * 2:
            return "aprobada", "A favor, al menos dos tercios de los presentes con voto."
        return "rechazada", "No reúne dos tercios de los presentes con voto."
    if cuenta.a_favor > cuenta.en_contra:
        return "aprobada", "Más votos a favor que en contra."
    if cuenta.a_favor < cuenta.en_contra:
        return "rechazada", "Más votos en contra que a favor."
    if calidad == "a_favor":
        return "aprobada", "Empate: decide el voto de calidad, a favor."
    if calidad == "en_contra":
        return "rechazada", "Empate: decide el voto de calidad, en contra."
    return "diferida", "Empate sin voto de calidad que lo decida: se difiere."


def _pasos(cuenta: _Cuenta) -> tuple[str, ...]:
    return (
        f"Votan en este asunto {cuenta.votan} asientos; el quórum es {cuenta.requerido}.",
        f"Presentes con voto: {cuenta.presentes}.",
        f"A favor {cuenta.a_favor}, en contra {cuenta.en_contra}, abstenciones {cuenta.abstenciones}.",
    )
