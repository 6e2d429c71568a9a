"""Accounts: who may change them, what is refused, when sessions end, what the log keeps."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.bitacora import Entrada
from models.organizacion import Ooad, Rol, Subdelegacion, Usuario
from workflow.actions import usuario as acciones
from workflow.context import Actor, Ctx
from workflow.errors import DatoInvalido, NoEncontrado, NoPermitido
from workflow.queries import usuario as consultas

CLAVE = "una frase larga"


@pytest.fixture
def unidad(sesion: Session) -> str:
    """Key of a subdelegación."""
    ooad = Ooad(clave="P-OOAD", nombre="OOAD de prueba")
    sesion.add(ooad)
    sesion.flush()
    sesion.add(Subdelegacion(clave="P-SUB", nombre="Subdelegación de prueba", ooad_id=ooad.id))
    sesion.commit()
    return "P-SUB"


def _una(ctx: Ctx, correo: str = "ana@example.mx") -> Usuario:
    return ctx.session.scalars(select(Usuario).where(Usuario.correo == correo)).unique().one()


def test_crear(ctx: Ctx, unidad: str) -> None:
    alta = acciones.Alta(" Ana@Example.MX ", " Ana Trejo ", CLAVE, unidad=unidad, roles=("vocal", "vocal"))
    with pytest.raises(DatoInvalido):
        acciones.crear(ctx, alta)  # blanks around an address are not an address
    acciones.crear(
        ctx, acciones.Alta("Ana@Example.MX", " Ana Trejo ", CLAVE, unidad=unidad, roles=("vocal",))
    )
    ana = _una(ctx)
    assert (ana.nombre, ana.activo, ana.es_demo) == ("Ana Trejo", True, False)
    assert ana.subdelegacion is not None
    assert ana.ooad_id == ana.subdelegacion.ooad_id
    assert [r.rol for r in ana.roles] == [Rol.VOCAL]
    assert CLAVE not in ana.clave_hash
    (cuenta,) = [c for c in consultas.listar(ctx) if c.correo == "ana@example.mx"]
    assert (cuenta.unidad, cuenta.roles) == ("Subdelegación de prueba", ["vocal"])


@pytest.mark.parametrize(
    ("cambio", "dice"),
    [
        ({"correo": "ana"}, "no es un correo"),
        ({"contrasena": "corta"}, "12 a 128"),
        ({"contrasena": "x" * 129}, "12 a 128"),
        ({"roles": ("rey",)}, "No hay un rol"),
        ({"unidad": "NO"}, "No hay una unidad"),
        ({"nombre": "  "}, "nombre"),
    ],
)
def test_crear_rechaza(cambio: dict, dice: str, ctx: Ctx) -> None:
    datos = {"correo": "ana@example.mx", "nombre": "Ana", "contrasena": CLAVE, **cambio}
    with pytest.raises(DatoInvalido, match=dice):
        acciones.crear(ctx, acciones.Alta(**datos))
    assert consultas.listar(ctx) == []


def test_un_correo_una_cuenta(ctx: Ctx) -> None:
    acciones.crear(ctx, acciones.Alta("ana@example.mx", "Ana", CLAVE))
    with pytest.raises(DatoInvalido, match="Ya hay una cuenta"):
        acciones.crear(ctx, acciones.Alta("ANA@example.mx", "Otra", CLAVE))


def test_bloquear_termina_las_sesiones(ctx: Ctx) -> None:
    acciones.crear(ctx, acciones.Alta("ana@example.mx", "Ana", CLAVE))
    serie = _una(ctx).sesion_serie
    acciones.bloquear(ctx, "Ana@example.mx")
    acciones.bloquear(ctx, "ana@example.mx")  # twice is once
    assert (_una(ctx).activo, _una(ctx).sesion_serie) == (False, serie + 1)
    acciones.bloquear(ctx, "ana@example.mx", activo=True)
    assert _una(ctx).activo


def test_roles(ctx: Ctx) -> None:
    acciones.crear(ctx, acciones.Alta("ana@example.mx", "Ana", CLAVE, roles=("vocal", "auditor")))
    serie = _una(ctx).sesion_serie
    quedan = acciones.cambiar_roles(ctx, "ana@example.mx", dar=("juridico",), quitar=("vocal",))
    assert quedan == ["auditor", "juridico"]
    assert _una(ctx).sesion_serie == serie + 1
    assert acciones.cambiar_roles(ctx, "ana@example.mx", dar=("juridico",)) == ["auditor", "juridico"]
    assert _una(ctx).sesion_serie == serie + 1, "nothing changed: sessions stay"


def test_quien_no_es_nadie(ctx: Ctx) -> None:
    with pytest.raises(NoEncontrado):
        acciones.bloquear(ctx, "nadie@example.mx")


def test_solo_la_administracion(ctx: Ctx) -> None:
    acciones.crear(ctx, acciones.Alta("ana@example.mx", "Ana", CLAVE))
    ctx.actor = Actor("persona", usuario_id=_una(ctx).id, roles=frozenset({"jefe_auditoria"}))
    with pytest.raises(NoPermitido):
        acciones.cambiar_roles(ctx, "ana@example.mx", dar=("administrador",))
    ctx.actor = Actor("persona", usuario_id=_una(ctx).id, roles=frozenset({"administrador"}))
    assert acciones.cambiar_roles(ctx, "ana@example.mx", dar=("vocal",)) == ["vocal"]


def test_la_bitacora_no_guarda_correos(ctx: Ctx) -> None:
    acciones.crear(ctx, acciones.Alta("ana@example.mx", "Ana", CLAVE))
    acciones.bloquear(ctx, "ana@example.mx")
    entradas = ctx.session.scalars(select(Entrada).order_by(Entrada.id)).all()
    assert [e.verbo for e in entradas] == ["cuenta_creada", "cuenta_cerrada"]
    assert all("ana" not in str(e.datos).lower() for e in entradas)
