"""Separation of duties (procesos §1.7): who did cannot judge, and her substitute neither."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from models.acto import Acto, EstadoActo
from models.comite import Asistencia, Asunto, Excusa, MotivoExcusa, Sesion
from models.proceso import Tarea
from tests.integration.dominio.apoyo import Juego, acto, actuar, con_roles
from workflow.actions import comite, tarea
from workflow.context import Ctx
from workflow.errors import DatoInvalido, NoEncontrado, NoPermitido

TODOS = {
    "Presidencia": "a_favor",
    "Vigencia de Derechos": "a_favor",
    "Cobranza": "a_favor",
    "Afiliación Vigencia": "a_favor",
    "Servicios Jurídicos": "a_favor",
    "Supervisión de Auditoría": "a_favor",
}


def _abrir(juego: Juego, sesion: str = "s1", excusas: list[dict[str, object]] | None = None) -> None:
    juego._tarea(
        "abrir_asunto", sesion, {"apertura": "asunto", "asunto": "@asunto d1", "excusas": excusas or []}
    )


def _en_sesion(juego: Juego, excusas: list[dict[str, object]] | None = None) -> None:
    juego._hasta("validada", "d1")
    juego._convocar("s1", ["d1"])
    juego._tarea("pasar_lista", "s1")
    _abrir(juego, excusas=excusas)


def _asunto(ctx: Ctx) -> Asunto:
    return ctx.session.scalars(select(Asunto).order_by(Asunto.id.desc())).first()  # type: ignore[return-value]


def _cambiar(juego: Juego, de: str, **campos: object) -> None:
    def poner(ctx: Ctx) -> None:
        for campo, valor in campos.items():
            setattr(juego.propuesta(ctx, de), campo, valor)

    with juego.como() as ctx:
        actuar(ctx, poner)


@pytest.mark.parametrize("como_suplente", [False, True])
def test_quien_analizo_no_revisa_su_dictamen(juego: Juego, como_suplente: bool) -> None:
    juego._hasta("analisis", "d1")
    juego._tarea("analizar_denuncia", "d1", {"presuncion": "no", "acto_sugerido": None})
    analista = con_roles(juego.obra.persona("ana.trejo"), "analista_auditoria", "jefe_auditoria")
    actor = analista
    if como_suplente:
        jefe = juego.obra.persona("jose.cazares")
        actor = replace(jefe, suplencias=frozenset({analista.usuario_id or 0}))
    with juego.como() as ctx:
        fila = juego._abierta(ctx, "revisar_dictamen", "d1")
    for hacer in (
        lambda ctx: tarea.tomar(ctx, fila.id),
        lambda ctx: tarea.completar(ctx, fila.id, {"visto_bueno": True}, fila.version),
    ):
        with juego.obra.como(actor) as ctx, pytest.raises(NoPermitido, match="Analizaste esta denuncia"):
            hacer(ctx)


def test_el_asiento_de_quien_analizo_sale_antes_de_votar(juego: Juego) -> None:
    """Also when another analyst has the case by now, and when somebody substitutes her in the seat."""
    juego._hasta("validada", "d1")
    juego._comite("1101", {"asientos": {"Cobranza": {"usuario_id": "@persona ana.trejo"}}})
    otro = juego.obra.persona("bruno.salas").usuario_id
    with juego.como() as ctx:
        actuar(ctx, lambda c: setattr(juego.denuncia(c), "analista_id", otro))
    suplencia = {"asiento": "@asiento Cobranza", "usuario": "@persona hector.rios", "oficio": [1]}
    juego._convocar("s1", ["d1"], {"suplencias": [suplencia]})
    juego._tarea("pasar_lista", "s1")
    _abrir(juego)
    with juego.como() as ctx:
        (excusa,) = ctx.session.scalars(select(Excusa)).all()
        assert excusa.motivo is MotivoExcusa.PARTICIPO_EN_ANALISIS
        assert excusa.asiento_id == juego._buscar(ctx, "asiento", "Cobranza")
    juego._tarea("fijar_mocion", "d1")
    with juego.como() as ctx:
        items = set(ctx.session.scalars(select(Tarea.item).where(Tarea.nodo == "emitir_voto")))
        assert str(excusa.asiento_id) not in items
        assert len(items) == 5


def test_con_excusa_ya_no_se_abre_nada_mas(juego: Juego) -> None:
    """The president declares a conflict: another confirms, he validates nothing, and the next time he is out."""
    conflicto = [{"asiento": "@asiento Presidencia", "motivo": "interes", "detalle": "Socio del patrón."}]
    _en_sesion(juego, conflicto)
    mocion = {"mocion": "diferir", "informacion_pedida": "Cruce con CFDI.", "propone": "@asiento Cobranza"}
    juego._tarea("fijar_mocion", "d1", mocion)
    with pytest.raises(NoPermitido, match="Declaraste una excusa"):
        _como_excusado(juego, "emitir_voto")
    juego._votar({asiento: voto for asiento, voto in TODOS.items() if asiento != "Presidencia"}, "d1")
    juego._tarea("formular_acuerdo", "d1")
    with juego.como() as ctx:
        fila = juego._abierta(ctx, "confirmar_acuerdo", "d1")
        # Not hers any more: the first seat with vote that is present and has no conflict.
        assert fila.asignada_a == juego.obra.persona("julia.nieto").usuario_id
    juego._tarea("confirmar_acuerdo", "d1", quien="julia.nieto")
    juego._tarea("abrir_asunto", "s1", {"apertura": "orden_agotado"})
    juego._acta("s1")
    juego._tarea("completar_informacion", "d1")
    with pytest.raises(NoPermitido, match="Declaraste una excusa"):
        juego._tarea("validar_propuesta", "d1", quien="rosa.medina")
    juego._tarea("validar_propuesta", "d1", quien="omar.fuentes")
    juego._convocar("s2", ["d1"])
    juego._tarea("pasar_lista", "s2")
    _abrir(juego, "s2")
    with juego.como() as ctx:
        (excusa,) = ctx.session.scalars(select(Excusa).where(Excusa.asunto_id == _asunto(ctx).id)).all()
        assert excusa.asiento_id == juego._buscar(ctx, "asiento", "Presidencia")


def _como_excusado(juego: Juego, nodo: str) -> None:
    with juego.como() as ctx:
        fila = ctx.session.scalars(select(Tarea).where(Tarea.nodo == nodo, Tarea.estado == "abierta")).first()
        assert fila is not None
        quien = replace(juego.obra.persona("rosa.medina"), suplencias=frozenset({fila.asignada_a or 0}))
    with juego.obra.como(quien) as ctx:
        tarea.completar(ctx, fila.id, {"voto": "a_favor"}, fila.version)


def test_propone_alguien_presente_y_sin_excusa(juego: Juego) -> None:
    _en_sesion(juego, [{"asiento": "@asiento Cobranza", "motivo": "interes", "detalle": ""}])
    with pytest.raises(DatoInvalido, match="sin excusa"):
        juego._tarea("fijar_mocion", "d1", {"propone": "@asiento Cobranza"})


def test_el_voto_de_quien_preparo_no_decide_solo(juego: Juego) -> None:
    _en_sesion(juego)
    _cambiar(juego, "d1", preparada_por=juego.obra.persona("hector.rios").usuario_id)
    juego._tarea("fijar_mocion", "d1")
    juego._votar({a: "a_favor" if a == "Cobranza" else "abstencion" for a in TODOS}, "d1")
    with juego.como() as ctx:
        mocion = _asunto(ctx).mociones[-1]
        assert mocion.resultado == "diferida"
        assert mocion.computo is not None
        assert "quien preparó la ficha" in mocion.computo["pasos"][-1]


def test_una_persona_un_asiento(juego: Juego) -> None:
    juego._hasta("validada", "d1")
    juego._nueva_sesion("s1")
    for suplencias, dice in (
        ([("Cobranza", "irma.solano")], "ya ocupa otro asiento"),
        ([("Cobranza", "omar.fuentes"), ("Presidencia", "omar.fuentes")], "ya ocupa otro asiento"),
        ([("Cobranza", "nestor.polo")], "no tiene cuenta activa en este territorio"),
        ([("Cobranza", "omar.fuentes"), ("Cobranza", "teresa.gil")], "dos suplencias"),
    ):
        filas = [
            {"asiento": f"@asiento {asiento}", "usuario": f"@persona {quien}", "oficio": [1]}
            for asiento, quien in suplencias
        ]
        asuntos = [{"propuesta": "@propuesta d1", "orden": 1}]
        datos = {"asuntos": asuntos, "fecha_hora": juego.cita(), "suplencias": filas}
        with pytest.raises(DatoInvalido, match=dice):
            juego._tarea("preparar_sesion", "s1", datos)


@pytest.mark.parametrize("preside", ["Cobranza", "Secretaría técnica"])
def test_quien_preside(juego: Juego, preside: str) -> None:
    """The presidency when it is there; without it the secretariat or a seat with vote."""
    juego._hasta("validada", "d1")
    juego._convocar("s1", ["d1"])
    with pytest.raises(DatoInvalido, match="le toca presidir"):
        juego._lista("s1", ["Secretaría técnica", *TODOS], preside)
    presentes = ["Secretaría técnica", *(asiento for asiento in TODOS if asiento != "Presidencia")]
    with pytest.raises(DatoInvalido, match="debe estar presente"):
        juego._lista("s1", presentes, "Presidencia")
    juego._lista("s1", presentes, preside)
    with juego.como() as ctx:
        sesion = ctx.session.get_one(Sesion, juego.ids["s1"][1])
        assert sesion.preside_id == juego._buscar(ctx, "asiento", preside)


def test_sin_nadie_no_hay_quien_presida(juego: Juego) -> None:
    juego._hasta("validada", "d1")
    juego._convocar("s1", ["d1"])
    juego._lista("s1", [])
    with juego.como() as ctx:
        sesion = ctx.session.get_one(Sesion, juego.ids["s1"][1])
        assert sesion.preside_id is None
        assert sesion.estado.value == "sin_quorum"


def test_el_radar_pide_explicar_y_el_grupo_queda(juego: Juego) -> None:
    juego._hasta("validada", "d1")
    juego._sesionar("s1", ["d1"])
    daniela, marco = (juego.obra.persona(p).usuario_id or 0 for p in ("daniela.solis", "marco.pena"))
    with juego.como() as ctx:
        actuar(ctx, acto, EstadoActo.SIN_EFECTOS, auditores=[daniela])
    with pytest.raises(DatoInvalido, match="ya auditó a este patrón") as error:
        juego._tarea("designar_auditor", "d1")
    assert set(error.value.campos) == {"justificacion"}
    juego._tarea("designar_auditor", "d1", {"justificacion": "Conoce la obra y no hay otra persona."})
    with juego.como() as ctx:
        nacido = ctx.session.get_one(Acto, juego._buscar(ctx, "acto", "d1"))
        assert nacido.auditores == [daniela, marco]
        assert nacido.alcance["jefe_grupo"] == marco


def test_la_firma_es_de_quien_ocupo_el_asiento_y_sella_el_acta(juego: Juego) -> None:
    _en_sesion(juego)
    juego._tarea("fijar_mocion", "d1")
    juego._votar(TODOS, "d1")
    juego._tarea("formular_acuerdo", "d1")
    juego._tarea("confirmar_acuerdo", "d1")
    juego._tarea("abrir_asunto", "s1", {"apertura": "orden_agotado"})
    otra = con_roles(juego.obra.persona("omar.fuentes"), "secretario_comite")
    with juego.como() as ctx:
        fila = juego._abierta(ctx, "revisar_acta", "s1")
    with juego.obra.como(otra) as ctx, pytest.raises(NoPermitido):
        tarea.completar(ctx, fila.id, {"acta": {"medio": "autografa", "firmo": True}}, fila.version)
    juego._acta("s1")
    with juego.como() as ctx:
        firmas = [a.firma for a in ctx.session.scalars(select(Asistencia)) if a.firma]
        digestos = [str(firma["digesto"]) for firma in firmas]
        assert len(set(digestos)) == len(digestos) == 7
        assert all(len(d) == 64 for d in digestos)


def test_solo_la_secretaria_gobierna_su_sesion(juego: Juego) -> None:
    _en_sesion(juego)
    with juego.como() as ctx:
        asunto_id, sesion_id = _asunto(ctx).id, juego.ids["s1"][1]
        asiento = juego._buscar(ctx, "asiento", "Cobranza") or 0
    with juego.como("jose.cazares") as ctx:
        for hacer in (
            lambda: comite.cerrar_votacion(ctx, asunto_id),
            lambda: comite.cancelar(ctx, sesion_id, "Porque sí, sin más"),
            lambda: comite.registrar_salida(ctx, sesion_id, asiento),
            lambda: comite.nueva_sesion(ctx, 1),
        ):
            with pytest.raises(NoEncontrado):
                hacer()
    with juego.como("sergio.luna") as ctx:
        with pytest.raises(NoPermitido, match="no está en votación"):
            comite.cerrar_votacion(ctx, asunto_id)
        with pytest.raises(DatoInvalido, match="todavía no empieza"):
            comite.cancelar(ctx, sesion_id, "Ya empezó hace rato")


def test_el_acto_nace_como_se_acordo(juego: Juego) -> None:
    juego._hasta("validada", "d1")
    tramo = {"desde": "2025-01-01", "hasta": "2025-12-31"}
    juego._sesionar("s1", ["d1"], formular_acuerdo={"ejercicios": [{"periodo": tramo}]})
    juego._tarea("designar_auditor", "d1")
    with juego.como() as ctx:
        assert ctx.session.get_one(Acto, juego._buscar(ctx, "acto", "d1")).periodos == [tramo]
