"""A task is completed: one transaction, nothing that people see lags."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import func, select

from models.bitacora import Entrada
from models.denuncia import Denuncia, Prioridad
from models.organizacion import Subdelegacion
from models.plazo import Plazo
from models.proceso import EstadoInstancia, EstadoTarea, EventoPaso, Paso
from tests.integration.motor.apoyo import CasaDePrueba
from workflow.actions import tarea
from workflow.engine.projection import NEVER
from workflow.errors import Conflicto, DatoInvalido, EstadoIlegal, NoEncontrado, NoPermitido, YaHecha


def hacer(casa: CasaDePrueba, quien: str, instancia: int, **datos: object) -> tarea.Resultado:
    abierta = casa.tarea(instancia)
    with casa.ctx(quien) as ctx:
        return tarea.completar(ctx, abierta.id, datos, abierta.version)


def test_recorre_y_proyecta(casa: CasaDePrueba) -> None:
    instancia = casa.iniciar("caso")
    primera = casa.tarea(instancia)
    assert (primera.nodo, primera.rol, primera.titulo) == (
        "revisar",
        "analista_auditoria",
        "Comercial del Norte",
    )
    with casa.lecturas() as s:
        plazo = s.scalars(select(Plazo)).one()
    assert (plazo.clave, primera.plazo_id, primera.vence_en) == ("sla_analisis", plazo.id, plazo.dispara_en)

    resultado = hacer(casa, "ana", instancia, resultado="procede")
    segunda = casa.tarea(instancia)
    assert [(x.id, x.nodo) for x in resultado.siguientes] == [(segunda.id, "firmar")]
    assert (segunda.vence_en, segunda.plazo_id) == (NEVER, None)
    with casa.lecturas() as s:
        assert s.get_one(Plazo, plazo.id).cerrado_en == casa.now

    assert hacer(casa, "jorge", instancia, firmado="si").terminada
    fila = casa.instancia(instancia)
    assert (fila.estado, fila.fin, fila.estado_motor) == (EstadoInstancia.TERMINADA, "atendido", None)
    assert fila.datos_fin is not None
    assert fila.datos_fin["firmado"] is True
    assert not casa.tareas(instancia)
    hechos = [(p.nodo, p.usuario_id is not None) for p in casa.todo(Paso) if p.evento == EventoPaso.HECHO]
    assert ("revisar", True) in hechos
    assert ("registrar", False) in hechos
    assert ("firmar", True) in hechos
    with casa.lecturas() as s:
        assert s.scalar(select(func.count(Entrada.id)).where(Entrada.verbo == "completar_tarea")) == 2


def test_lo_enviado_queda_y_el_borrador_se_va(casa: CasaDePrueba) -> None:
    instancia = casa.iniciar("caso")
    abierta = casa.tarea(instancia)
    with casa.ctx("ana") as ctx:
        version = tarea.guardar_borrador(ctx, abierta.id, {"resultado": "proc"}, abierta.version)
        tarea.completar(ctx, abierta.id, {"resultado": "procede"}, version)
    hecha = casa.tareas(instancia, todas=True)[0]
    assert (hecha.estado, hecha.respuesta, hecha.borrador) == (
        EstadoTarea.HECHA,
        {"resultado": "procede"},
        None,
    )


def test_la_tarea_que_vuelve_es_de_quien_la_hizo(casa: CasaDePrueba) -> None:
    instancia = casa.iniciar("caso")
    hacer(casa, "ana", instancia, resultado="procede")
    hacer(casa, "jorge", instancia, firmado="no")
    assert (
        casa.tarea(instancia).asignada_a is None
    )  # the analyst's tasks belong to the analyst of the denuncia
    with casa.ctx() as ctx:
        denuncia = ctx.session.get_one(Denuncia, casa.instancia(instancia).sujeto_id)
        denuncia.analista_id = casa.actor("alba").usuario_id
        ctx.session.commit()
    hacer(casa, "ana", instancia, resultado="procede")
    assert casa.tarea(instancia).asignada_a == casa.actor("jorge").usuario_id
    hacer(casa, "jorge", instancia, firmado="no")
    assert casa.tarea(instancia).asignada_a == casa.actor("alba").usuario_id
    with casa.ctx("ana") as ctx, pytest.raises(NoPermitido, match="Alba"):
        tarea.completar(ctx, casa.tarea(instancia).id, {"resultado": "procede"}, 1)


def test_dos_veces_el_mismo_formulario(casa: CasaDePrueba) -> None:
    instancia = casa.iniciar("caso")
    abierta = casa.tarea(instancia)
    with casa.ctx("ana") as ctx:
        tarea.completar(ctx, abierta.id, {"resultado": "procede"}, abierta.version)
        with pytest.raises(YaHecha, match="Ya habías hecho esta tarea el viernes 20 de noviembre"):
            tarea.completar(ctx, abierta.id, {"resultado": "procede"}, abierta.version)
    with casa.ctx("alba") as ctx, pytest.raises(YaHecha, match="Ana"):
        tarea.completar(ctx, abierta.id, {"resultado": "procede"}, abierta.version)
    assert casa.verbos.veces("revisar") == 1


def test_dos_personas_a_la_vez(casa: CasaDePrueba) -> None:
    """One wins; the other is told. Nothing happens twice."""
    instancia = casa.iniciar("caso")
    abierta = casa.tarea(instancia)
    salida: dict[str, object] = {}
    barrera = threading.Barrier(2)

    def completar(quien: str, aqui: CasaDePrueba) -> None:
        with aqui.ctx(quien) as ctx:
            barrera.wait()
            try:
                salida[quien] = tarea.completar(ctx, abierta.id, {"resultado": "procede"}, abierta.version)
            except Conflicto as error:
                salida[quien] = error

    hilos = [
        threading.Thread(target=completar, args=("ana", casa)),
        threading.Thread(target=completar, args=("alba", casa.otra())),
    ]
    for h in hilos:
        h.start()
    for h in hilos:
        h.join(30)
    assert sorted(type(v).__name__ for v in salida.values()) == ["Resultado", "YaHecha"]
    assert casa.verbos.veces("revisar") == 1
    assert [t.nodo for t in casa.tareas(instancia)] == ["firmar"]


def test_version_vieja(casa: CasaDePrueba) -> None:
    instancia = casa.iniciar("caso")
    abierta = casa.tarea(instancia)
    with casa.ctx("alba") as ctx:
        tarea.guardar_borrador(ctx, abierta.id, {"resultado": "no_procede"}, abierta.version)
    with casa.ctx("ana") as ctx, pytest.raises(Conflicto, match="cambió"):
        tarea.completar(ctx, abierta.id, {"resultado": "procede"}, abierta.version)
    assert casa.tarea(instancia).borrador == {"resultado": "no_procede"}
    assert casa.verbos.veces("revisar") == 0


def test_dato_invalido_no_cambia_nada(casa: CasaDePrueba) -> None:
    instancia = casa.iniciar("caso")
    antes = casa.instancia(instancia)
    with pytest.raises(DatoInvalido) as error:
        hacer(casa, "ana", instancia, resultado="quizá")
    assert "resultado" in error.value.campos
    despues = casa.instancia(instancia)
    assert (antes.version, antes.estado_motor) == (despues.version, despues.estado_motor)


def test_sin_rol_o_de_otra_unidad_no_existe(casa: CasaDePrueba) -> None:
    instancia = casa.iniciar("caso")
    with pytest.raises(NoEncontrado):
        hacer(casa, "jorge", instancia, resultado="procede")
    with casa.ctx() as ctx:
        otra = ctx.session.scalars(select(Subdelegacion.id).order_by(Subdelegacion.id.desc())).first()
        ctx.session.get_one(Denuncia, casa.instancia(instancia).sujeto_id).subdelegacion_id = otra
        ctx.session.commit()
    hacer(casa, "ana", instancia, resultado="procede")  # her task was of her unit when it was projected
    with pytest.raises(NoEncontrado):
        hacer(casa, "jorge", instancia, firmado="si")


def test_la_instancia_sigue_a_su_sujeto(casa: CasaDePrueba) -> None:
    """An operation that moves the denuncia to another unit takes the case and its tasks along."""
    instancia = casa.iniciar("caso")

    def mover(ctx: object, call: object) -> None:
        s = ctx.session  # type: ignore[attr-defined]
        denuncia = s.get_one(Denuncia, call.instance.sujeto_id)  # type: ignore[attr-defined]
        denuncia.subdelegacion_id = s.scalars(
            select(Subdelegacion.id).order_by(Subdelegacion.id.desc())
        ).first()
        denuncia.prioridad = Prioridad.URGENTE

    casa.verbos.antes["registrar"] = mover
    hacer(casa, "ana", instancia, resultado="procede")
    firma = casa.tarea(instancia)
    assert (
        firma.subdelegacion_id
        == casa.instancia(instancia).subdelegacion_id
        != casa.actor("ana").subdelegacion_id
    )
    assert firma.prioridad == 2


def test_tomar_y_soltar(casa: CasaDePrueba) -> None:
    instancia = casa.iniciar("caso")
    abierta = casa.tarea(instancia)
    with casa.ctx("ana") as ctx:
        tarea.tomar(ctx, abierta.id)
    with casa.ctx("alba") as ctx, pytest.raises(NoPermitido, match="La tiene Ana"):
        tarea.tomar(ctx, abierta.id)
    with casa.ctx("ana") as ctx:
        tarea.soltar(ctx, abierta.id)
    with casa.ctx("alba") as ctx:
        tarea.tomar(ctx, abierta.id)
    assert casa.tarea(instancia).asignada_a == casa.actor("alba").usuario_id
    with casa.ctx("alba") as ctx:
        tarea.devolver(ctx, abierta.id, "Soy pariente del patrón")
    with casa.ctx("jorge") as ctx:
        tarea.asignar(ctx, abierta.id, casa.actor("ana").usuario_id or 0)
        with pytest.raises(DatoInvalido):
            tarea.asignar(ctx, abierta.id, casa.actor("jorge").usuario_id or 0)
    assert casa.tarea(instancia).asignada_a == casa.actor("ana").usuario_id


def test_un_estado_ilegal_es_una_frase(casa: CasaDePrueba) -> None:
    from models.denuncia import EstadoDenuncia

    instancia = casa.iniciar("caso")
    casa.verbos.antes["revisar"] = lambda ctx, call: ctx.session.get_one(
        Denuncia, call.instance.sujeto_id
    ).pasar_a(EstadoDenuncia.RESTITUIDA)
    with pytest.raises(EstadoIlegal):
        hacer(casa, "ana", instancia, resultado="procede")
    assert casa.tarea(instancia).nodo == "revisar"
