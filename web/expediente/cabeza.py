"""What every page of a case shows above its own content: head, clocks, sub-navigation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import abort, redirect, url_for

from web.ctx import contexto
from web.permisos import Permiso, tiene
from workflow.queries import estatutos, expediente, pendientes, plazos, suspensiones
from workflow.queries.promocion_patron import recibe
from workflow.queries.suspensiones import Pausa

SECCIONES = (
    ("resumen", "Resumen"),
    ("linea", "Línea de tiempo"),
    ("documentos", "Documentos"),
    ("proceso", "Proceso"),
    ("plazos", "Plazos"),
    ("relacionados", "Relacionados"),
)


PROMOCION = "promociones.forma"
RESTITUCION = ("Restitución", "restituciones.del_caso", Permiso.CASO)
# Pages of a case that live in other sections of the site.
OTRAS: dict[str, tuple[tuple[str, str, Permiso], ...]] = {
    "denuncia": (RESTITUCION,),
    "acto": (
        ("Trabajadores", "trabajadores.ver", Permiso.CASO),
        RESTITUCION,
        ("Promociones", PROMOCION, Permiso.PROMOCION),
    ),
    "credito": (RESTITUCION, ("Promociones", PROMOCION, Permiso.PROMOCION)),
    "pae": (("Promociones", PROMOCION, Permiso.PROMOCION),),
}


@dataclass(frozen=True)
class Cabeza:
    """The case that a page is about, with its clocks and its open tasks."""

    caso: expediente.Caso
    relojes: list[plazos.Reloj]
    tareas: list[pendientes.TareaAbierta]
    pausas: list[Pausa]
    pausa: Pausa | None
    datos: dict[str, Any]

    @property
    def abiertas(self) -> list[Pausa]:
        """The suspensions that nobody has lifted."""
        return [p for p in self.pausas if p.hasta is None]


def abrir(folio: str, seccion: str) -> Cabeza:
    """The head of the case `folio`; a session has its own page and is sent there."""
    ctx = contexto()
    caso = expediente.abrir(ctx, folio)
    if caso.tipo == "sesion":
        abort(redirect(url_for("comite.sesion", folio=caso.folio), 303))
    pausas = suspensiones.leer(ctx, caso.sujeto)
    relojes = plazos.de_sujeto(ctx, caso.sujeto, pausas)
    de_ley = estatutos.de(ctx, caso, relojes, pausas)
    tareas = pendientes.tareas(ctx, caso.sujeto)
    pausa = next((p for p in pausas if p.corre(ctx.hoy)), None)
    datos = {
        "caso": caso,
        # The law's own clock says more than the term of the same name in the ledger.
        "tira": plazos.tira(
            [r for r in relojes if r.clave not in {e.clave for e in de_ley}], plazos.VISIBLES - len(de_ley)
        ),
        "estatutos": de_ley,
        "secciones": _secciones(caso, seccion),
        "seccion": seccion,
        "siguiente": next((t for t in tareas if t.mia and not t.en_espera), None),
        "pausa": pausa,
        "con_pausas": any(p.hasta is None for p in pausas),
        "puede_pausar": tiene(Permiso.SUSPENDER) and not caso.final,
    }
    return Cabeza(caso, relojes, tareas, pausas, pausa, datos)


def _secciones(caso: expediente.Caso, actual: str) -> list[dict[str, Any]]:
    lista = list(SECCIONES)
    if caso.tipo == "credito":
        lista[1:1] = [("cedula", "Cédula"), ("cuenta", "Cuenta")]
    if caso.tipo == "denuncia" and tiene(Permiso.ACCESOS):
        lista.append(("accesos", "Bitácora de accesos"))
    otras = [
        {"texto": texto, "url": url_for(adonde, folio=caso.folio), "actual": False}
        for texto, adonde, permiso in OTRAS.get(caso.tipo, ())
        if tiene(permiso) and (adonde != PROMOCION or recibe(contexto(), caso.tipo))
    ]
    suyas = [
        {
            "texto": texto,
            "url": url_for(f"expediente.{nombre}", folio=caso.folio),
            "actual": nombre == actual,
        }
        for nombre, texto in lista
    ]
    return suyas[:1] + otras + suyas[1:]
