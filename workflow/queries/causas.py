"""The grounds on which a case may be stopped: what each would stop in it today, up to when, by which article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workflow.params import loader
from workflow.params.suspensiones import Causal, causales, detiene
from workflow.queries.plazos import CONFIANZA, Reloj
from workflow.queries.suspensiones import Pausa


@dataclass(frozen=True)
class Causa:
    """A ground as the page of the pause offers it. `detiene`, `no_detiene`: names of the open terms.

    `tope`: how long it may count, in words, empty where the law sets no end. `corre`: it already stops the case.
    """

    clave: str
    nombre: str
    cita: str
    confianza: str
    detiene: tuple[str, ...]
    no_detiene: tuple[str, ...]
    tope: str
    tareas: str
    corre: bool

    @property
    def opcion(self) -> tuple[str, str, str]:
        """As a choice of a form."""
        return self.clave, self.nombre, self.explicacion

    @property
    def elegible(self) -> bool:
        """True where choosing it would stop something."""
        return bool(self.detiene) and not self.corre

    @property
    def explicacion(self) -> str:
        """What choosing it does, in sentences."""
        if not self.detiene:
            return f"No detiene ningún plazo que corra hoy en este caso. {self.cita}."
        partes = [self._que(), self.tope, self.tareas, f"{self.cita}."]
        return " ".join(p for p in [*partes, self.confianza] if p)

    def _que(self) -> str:
        """Whichever list is shorter: what it stops, or what it does not."""
        if not self.no_detiene:
            return "Detiene todos los plazos que corren."
        if len(self.no_detiene) < len(self.detiene):
            return f"Detiene todos los plazos que corren, menos: {'; '.join(self.no_detiene)}."
        return f"Detiene: {'; '.join(self.detiene)}."


def de(relojes: Sequence[Reloj], pausas: Sequence[Pausa]) -> tuple[Causa, ...]:
    """Every ground, those that stop something today first. No query."""
    abiertos = [r for r in relojes if r.abierto and r.contado]
    corren = {p.clave for p in pausas if p.hasta is None}
    todas = [_causa(clave, causal, abiertos, corren) for clave, causal in causales().items()]
    return tuple(sorted(todas, key=lambda c: (c.corre, not c.detiene)))


def _causa(clave: str, causal: Causal, abiertos: Sequence[Reloj], corren: set[str]) -> Causa:
    confianza = "" if causal.confianza == "verificado" else f"{CONFIANZA[causal.confianza]}."
    return Causa(
        clave=clave,
        nombre=causal.nombre,
        cita=causal.cita,
        confianza=confianza,
        detiene=tuple(dict.fromkeys(r.nombre for r in abiertos if detiene(clave, r.clave))),
        no_detiene=tuple(dict.fromkeys(r.nombre for r in abiertos if not detiene(clave, r.clave))),
        tope=_tope(causal),
        tareas="Las tareas quedan en espera." if causal.detiene_tareas else "Las tareas siguen.",
        corre=clave in corren or causal.nombre in corren,
    )


def _tope(causal: Causal) -> str:
    if not causal.tope:
        return ""
    una = loader.plazo(causal.tope).descripcion
    if not causal.tope_suma:
        return f"Cuenta {una} a lo más."
    return f"Cuenta {una} a lo más cada vez, y {loader.plazo(causal.tope_suma).descripcion} en total."
