"""The organisation of the demonstration: 35 OOAD by name, two units with everyone that the diagrams name."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select

from models.comite import Asiento, Cargo, Comite
from models.organizacion import Ooad, Rol, Subdelegacion, Territorio, Usuario, UsuarioRol
from models.patron import Patron
from workflow.actions._transaction import action
from workflow.adapters import contrasena
from workflow.context import Ctx

CLAVE_DEMO = "denuncias-demo"
DOMINIO = "demo.invalid"
_DATOS = Path(__file__).parent / "organizacion.yaml"


@cache
def datos() -> dict[str, Any]:
    """The organisation as written in `organizacion.yaml`."""
    leido: dict[str, Any] = yaml.safe_load(_DATOS.read_text(encoding="utf-8"))
    return leido


def correo(persona: str) -> str:
    """Address of a demo person: a domain that cannot exist."""
    return f"{persona}@{DOMINIO}"


@action
def cargar(ctx: Ctx) -> bool:
    """Load the organisation once; False when it was already there."""
    if ctx.session.scalar(select(Ooad.id).limit(1)) is not None:
        return False
    ooads = {clave: Ooad(clave=clave, nombre=nombre) for clave, nombre in datos()["ooad"]}
    ctx.session.add_all(ooads.values())
    ctx.session.flush()
    ooad = ooads[datos()["ooad_demo"]]
    unidades = _unidades(ctx, ooad)
    personas = _personas(ctx, ooad, unidades)
    _comites(ctx, unidades, personas)
    _patrones(ctx, unidades)
    return True


def _unidades(ctx: Ctx, ooad: Ooad) -> dict[str, Subdelegacion]:
    unidades = {}
    for fila in datos()["subdelegaciones"]:
        unidad = Subdelegacion(
            ooad_id=ooad.id, clave=fila["clave"], nombre=fila["nombre"], domicilio=fila["domicilio"]
        )
        ctx.session.add(unidad)
        ctx.session.flush()
        for desde, hasta in fila["territorio"]:
            ctx.session.add(Territorio(subdelegacion_id=unidad.id, cp_desde=desde, cp_hasta=hasta))
        unidades[unidad.clave] = unidad
    return unidades


def _personas(ctx: Ctx, ooad: Ooad, unidades: dict[str, Subdelegacion]) -> dict[str, Usuario]:
    # One password for all, hashed once: argon2 is slow on purpose.
    clave_hash = contrasena.hacer(CLAVE_DEMO)
    personas = {}
    for persona, (nombre, cargo, unidad, roles) in datos()["personas"].items():
        personas[persona] = Usuario(
            correo=correo(persona),
            nombre=nombre,
            cargo=cargo,
            clave_hash=clave_hash,
            subdelegacion_id=unidades[unidad].id if unidad in unidades else None,
            ooad_id=ooad.id if unidad == "ooad" else None,
            es_demo=True,
            roles=[UsuarioRol(rol=Rol(rol)) for rol in roles],
        )
    ctx.session.add_all(personas.values())
    ctx.session.flush()
    return personas


def _comites(ctx: Ctx, unidades: dict[str, Subdelegacion], personas: dict[str, Usuario]) -> None:
    for clave, comite in datos()["comites"].items():
        ctx.session.add(
            Comite(
                nombre=comite["nombre"],
                subdelegacion_id=unidades[clave].id,
                vigente_desde=dt.date(2026, 1, 1),
                asientos=[
                    Asiento(
                        orden=orden,
                        nombre=nombre,
                        cargo=Cargo(cargo),
                        con_voto=con_voto,
                        usuario_id=personas[persona].id,
                    )
                    for orden, (nombre, cargo, con_voto, persona) in enumerate(comite["asientos"], 1)
                ],
            )
        )
    ctx.session.flush()


def _patrones(ctx: Ctx, unidades: dict[str, Subdelegacion]) -> None:
    for registro, fila in datos()["patrones"].items():
        rfc, nombre, giro, domicilio, cp, municipio, trabajadores, unidad, clase = fila
        ctx.session.add(
            Patron(
                registro_patronal=registro,
                rfc=rfc,
                nombre=nombre,
                giro=giro,
                domicilio=domicilio,
                codigo_postal=cp,
                municipio=municipio,
                trabajadores=trabajadores,
                clase_riesgo=clase,
                subdelegacion_id=unidades[unidad].id,
            )
        )
