"""Tasks of a committee belong to its seats; what one did before keeps one from other tasks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from models.comite import Asiento, Asistencia, Asunto, Cargo, Comite, Excusa, MotivoExcusa, Sesion
from models.denuncia import Denuncia
from models.organizacion import Subdelegacion, Usuario
from models.patron import Patron
from models.proceso import EstadoTarea, Tarea
from models.propuesta import OrigenPropuesta, Propuesta
from tests.integration.motor.apoyo import INICIO, CasaDePrueba
from workflow.engine.projection import Assignee
from workflow.errors import NoPermitido
from workflow.operations import _asignacion, _caso, _deberes


@dataclass
class Mesa:
    sesion: int
    asunto: int
    propuesta: int
    asientos: dict[str, int]
    personas: dict[str, int]


@pytest.fixture
def mesa(casa: CasaDePrueba) -> Mesa:
    """A committee of three seats, one of them taken by a substitute, with one matter."""
    denuncia = casa.denuncia()
    with casa.sesiones() as s:
        unidad = s.scalars(select(Subdelegacion).order_by(Subdelegacion.id)).first()
        assert unidad is not None
        expediente = s.get_one(Denuncia, denuncia).expediente_id
        personas = {u.nombre: u.id for u in s.scalars(select(Usuario))}
        comite = Comite(
            nombre="Comité de Programación", subdelegacion_id=unidad.id, vigente_desde=dt.date(2026, 1, 1)
        )
        s.add(comite)
        s.flush()
        asientos = {}
        for n, (cargo, quien) in enumerate(
            ((Cargo.PRESIDENCIA, "Jorge"), (Cargo.SECRETARIA, "Ana"), (Cargo.VOCALIA, "Ana"))
        ):
            asiento = Asiento(
                comite_id=comite.id, orden=n, nombre=cargo, cargo=cargo, usuario_id=personas[quien]
            )
            s.add(asiento)
            s.flush()
            asientos[str(cargo)] = asiento.id
        sesion = Sesion(
            folio="SES-1", comite_id=comite.id, expediente_id=expediente, subdelegacion_id=unidad.id
        )
        propuesta = Propuesta(
            folio="PRO-1",
            origen=OrigenPropuesta.DENUNCIA,
            expediente_id=expediente,
            subdelegacion_id=unidad.id,
            patron_id=s.scalars(select(Patron.id)).one(),
            integrada_en=INICIO,
            urgente=True,
        )
        s.add_all([sesion, propuesta])
        s.flush()
        asunto = Asunto(sesion_id=sesion.id, propuesta_id=propuesta.id, orden=1)
        s.add_all(
            [
                asunto,
                Asistencia(sesion_id=sesion.id, asiento_id=asientos["vocalia"], usuario_id=personas["Alba"]),
            ]
        )
        s.get_one(Denuncia, denuncia).propuesta_id = propuesta.id
        s.commit()
        return Mesa(sesion.id, asunto.id, propuesta.id, asientos, personas)


def de(casa: CasaDePrueba, mesa: Mesa, rol: str, item: int | None, tipo: str = "asunto") -> Assignee | None:
    caso = SimpleNamespace(id=0, sujeto_tipo=tipo, sujeto_id=mesa.asunto if tipo == "asunto" else mesa.sesion)
    with casa.ctx() as ctx:
        return _asignacion.responsable(ctx, caso, rol, "emitir_voto", item)


def test_cada_asiento_tiene_su_persona(casa: CasaDePrueba, mesa: Mesa) -> None:
    # The seat of the vocal is taken by a substitute in this session; the others by their holders.
    assert de(casa, mesa, "vocal", mesa.asientos["vocalia"]) == Assignee(mesa.personas["Alba"], reserved=True)
    assert de(casa, mesa, "vocal", mesa.asientos["presidencia"]) == Assignee(
        mesa.personas["Jorge"], reserved=True
    )
    assert de(casa, mesa, "presidente_comite", None) == Assignee(mesa.personas["Jorge"])
    assert de(casa, mesa, "secretario_comite", None, "sesion") == Assignee(mesa.personas["Ana"])
    assert de(casa, mesa, "vocal", None) is None


def test_como_se_llama_cada_sustantivo(casa: CasaDePrueba, mesa: Mesa) -> None:
    with casa.ctx() as ctx:
        asunto = _caso.leer(ctx, "asunto", mesa.asunto)
        assert (asunto.folio, asunto.title, asunto.priority) == ("PRO-1", "Comercial del Norte", 2)
        assert _caso.leer(ctx, "sesion", mesa.sesion).title == "Comité de Programación"
        assert _caso.leer(ctx, "propuesta", mesa.propuesta).priority == 2


def hecha(casa: CasaDePrueba, quien: int) -> None:
    """Whoever `quien` is, she analysed the denuncia of the proposal."""
    caso = casa.iniciar("caso", 1)
    with casa.sesiones() as s:
        t = s.scalars(select(Tarea).where(Tarea.instancia_id == caso)).one()
        t.nodo, t.estado, t.hecha_por, t.hecha_en = "analizar_denuncia", EstadoTarea.HECHA, quien, INICIO
        s.commit()


def test_quien_analizo_no_vota_ni_revisa(casa: CasaDePrueba, mesa: Mesa) -> None:
    hecha(casa, mesa.personas["Ana"])
    voto = SimpleNamespace(operacion="emitir_voto", sujeto_tipo="asunto", sujeto_id=mesa.asunto)
    dictamen = SimpleNamespace(operacion="revisar_dictamen", sujeto_tipo="denuncia", sujeto_id=1)
    for tarea in (voto, dictamen):
        with casa.ctx("ana") as ctx, pytest.raises(NoPermitido, match="Analizaste"):
            _deberes.comprobar(ctx, tarea)
        with casa.ctx("alba") as ctx:
            _deberes.comprobar(ctx, tarea)
    otro = SimpleNamespace(operacion="firmar_acta", sujeto_tipo="sesion", sujeto_id=mesa.sesion)
    with casa.ctx("ana") as ctx:
        _deberes.comprobar(ctx, otro)


def test_la_suplencia_hereda_la_exclusion(casa: CasaDePrueba, mesa: Mesa) -> None:
    from dataclasses import replace

    hecha(casa, mesa.personas["Ana"])
    voto = SimpleNamespace(operacion="emitir_voto", sujeto_tipo="asunto", sujeto_id=mesa.asunto)
    with casa.ctx("alba") as ctx, pytest.raises(NoPermitido):
        _deberes.comprobar(
            replace(ctx, actor=replace(ctx.actor, suplencias=frozenset({mesa.personas["Ana"]}))), voto
        )


def test_la_excusa_cierra_el_asunto(casa: CasaDePrueba, mesa: Mesa) -> None:
    with casa.sesiones() as s:
        s.add(
            Excusa(
                asunto_id=mesa.asunto,
                asiento_id=mesa.asientos["vocalia"],
                motivo=MotivoExcusa.INTERES,
                declarada_en=INICIO,
            )
        )
        s.commit()
    voto = SimpleNamespace(operacion="emitir_voto", sujeto_tipo="asunto", sujeto_id=mesa.asunto)
    with casa.ctx("alba") as ctx, pytest.raises(NoPermitido, match="excusa"):
        _deberes.comprobar(ctx, voto)
    with casa.ctx("jorge") as ctx:
        _deberes.comprobar(ctx, voto)
