"""What a visit refuses, two who draw at once, what is kept when the line drops, its ledger worked by hand."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from sqlalchemy import func, select

from models.acta import Acta, TipoActa
from models.acto import Acto
from models.documento import Documento
from models.plazo import Suspension
from models.proceso import Tarea
from models.requerimiento import EstadoRequerimiento, Requerimiento
from tests.factories import visita as fabrica
from tests.factories.casa import ZONA
from tests.integration.dominio.apoyo import Juego, actuar, con_roles
from tests.process.escenario import COMUNES
from tests.process.pasos.visita import VISITADORES, ver_visita, visitar
from workflow.actions import tarea
from workflow.context import Ctx
from workflow.errors import Conflicto, DatoInvalido, EnEspera, NoPermitido, YaHecha
from workflow.operations import plazo, requerimiento
from workflow.operations.folio import siguiente
from workflow.operations.sujeto import de_acto

D = dt.date.fromisoformat
TESTIGOS = COMUNES["tareas"]["levantar_inicio"]["datos"]["testigos"]
IDENTIFICADOS = COMUNES["tareas"]["levantar_inicio"]["datos"]["identificacion_visitadores"]


@pytest.fixture
def visita(juego: Juego) -> Juego:
    """The visitadores at the door: Tuesday 3 March 2026, half past twelve."""
    visitar(juego, "a1")
    juego._tarea("programar_diligencia", "a1")
    a_las(juego, "2026-03-03T12:30")
    return juego


@pytest.fixture
def iniciada(visita: Juego) -> Juego:
    """And begun; it is 8 April, one in the afternoon."""
    visita._tarea("acudir_domicilio", "a1")
    visita._tarea("levantar_inicio", "a1")
    a_las(visita, "2026-04-08T13:00")
    return visita


def a_las(juego: Juego, cuando: str) -> None:
    juego.obra.ahora = dt.datetime.fromisoformat(cuando).replace(tzinfo=ZONA)


def refuta(juego: Juego, nodo: str, con: dict[str, Any], campo: str, dice: str) -> None:
    """The task refuses `con` on `campo`, and nothing is written."""
    antes = cuantas(juego)
    with pytest.raises(DatoInvalido, match=dice) as error:
        juego._tarea(nodo, "a1", con)
    assert campo in error.value.campos
    assert cuantas(juego) == antes


def cuantas(juego: Juego) -> tuple[int | None, int | None]:
    with juego.como() as ctx:
        return ctx.session.scalar(select(func.count(Acta.id))), ctx.session.scalar(
            select(func.count(Documento.id))
        )


def acto_de(juego: Juego, ctx: Ctx) -> Acto:
    return ctx.session.get_one(Acto, juego.ids["a1"][1])


def con_fecha(dia: str, campo: str = "fecha", inicio: str = "10:15", fin: str = "12:00") -> dict[str, str]:
    return {campo: f"{dia}T{inicio}", "hora_fin": f"{dia}T{fin}"}


# -- day and hour ----------------------------------------------------------------------------------------
def test_un_acta_en_domingo_pide_habilitacion(iniciada: Juego) -> None:
    domingo = con_fecha("2026-04-05")
    refuta(iniciada, "desahogar_visita", domingo, "habilitacion", "domingo 5 de abril de 2026")
    refuta(iniciada, "desahogar_visita", {**domingo, "habilitacion": "Sí"}, "habilitacion", "habilitación")
    razon = "Se habilitó el domingo 5 de abril con el oficio 12: ese día trabaja el turno que se revisa."
    iniciada._tarea("desahogar_visita", "a1", {**domingo, "habilitacion": razon})
    with iniciada.como() as ctx:
        acta = ctx.session.scalars(select(Acta).order_by(Acta.id.desc())).first()
        assert acta is not None
        assert acta.datos["habilitacion"] == razon
        papel = ctx.session.get_one(Documento, acta.documento_id)
        assert papel.datos["datos"]["habilitacion"] == razon


def test_fuera_de_horario_y_hora_que_no_llega(iniciada: Juego) -> None:
    noche = con_fecha("2026-04-07", inicio="18:01", fin="20:00")
    refuta(iniciada, "desahogar_visita", noche, "habilitacion", "fuera del horario")
    refuta(iniciada, "desahogar_visita", con_fecha("2026-04-09"), "fecha", "todavía no llegan")
    refuta(
        iniciada, "desahogar_visita", con_fecha("2026-04-08", fin="14:00"), "hora_fin", "todavía no llegan"
    )
    refuta(iniciada, "desahogar_visita", con_fecha("2026-04-08", fin="10:00"), "hora_fin", "antes de empezar")
    # Begun in time it may be closed later (CFF 13).
    iniciada._tarea("desahogar_visita", "a1", con_fecha("2026-04-07", inicio="17:30", fin="21:00"))


def test_ningun_acta_antes_de_la_orden_ni_del_inicio(visita: Juego) -> None:
    visita._tarea("acudir_domicilio", "a1")
    antes = con_fecha("2026-02-27", "fecha_hora")
    refuta(visita, "levantar_inicio", antes, "fecha_hora", "antes de que se firme la orden")
    visita._tarea("levantar_inicio", "a1")
    refuta(
        visita,
        "desahogar_visita",
        con_fecha("2026-03-03", fin="10:16", inicio="10:00"),
        "fecha",
        "acta de inicio",
    )


def test_la_ultima_acta_va_despues_de_las_demas(iniciada: Juego) -> None:
    iniciada._tarea("desahogar_visita", "a1")
    sin = dict.fromkeys(("fecha", "hora_fin", "lugar", "hechos", "testigos", "firmas"))
    iniciada._tarea("desahogar_visita", "a1", {"actuacion": "concluir", **sin})
    refuta(
        iniciada,
        "levantar_ultima_parcial",
        con_fecha("2026-04-07", "fecha_hora"),
        "fecha_hora",
        "después de las demás",
    )


# -- people ----------------------------------------------------------------------------------------------
def test_dos_testigos_distintos_que_no_visitan_ni_atienden(visita: Juego) -> None:
    visita._tarea("acudir_domicilio", "a1")
    uno, otro = TESTIGOS
    refuta(visita, "levantar_inicio", {"testigos": [uno]}, "testigos", "Revisa")
    refuta(
        visita,
        "levantar_inicio",
        {"testigos": [uno, {**uno, "nombre": "luis  ortega PAZ"}]},
        "testigos",
        "dos testigos",
    )
    atiende = [uno, {**otro, "nombre": "Laura Campos Ruiz"}]
    refuta(visita, "levantar_inicio", {"testigos": atiende}, "testigos.1.nombre", "no es testigo")
    visitador = [{**uno, "nombre": visita.obra.persona("marco.pena").nombre}, otro]
    refuta(visita, "levantar_inicio", {"testigos": visitador}, "testigos.0.nombre", "no es testigo")


def test_solo_actuan_los_visitadores_que_nombra_la_orden(visita: Juego) -> None:
    visita._tarea("acudir_domicilio", "a1")
    ajena = visita.obra.persona("jose.cazares").usuario_id
    filas = [{**IDENTIFICADOS[0], "visitador": ajena}]
    refuta(
        visita,
        "levantar_inicio",
        {"identificacion_visitadores": filas},
        "identificacion_visitadores.0.visitador",
        "no nombra",
    )
    refuta(
        visita,
        "levantar_inicio",
        {"identificacion_visitadores": IDENTIFICADOS[:1] * 2},
        "identificacion_visitadores.1.visitador",
        "dos veces",
    )
    vieja = [{**IDENTIFICADOS[0], "vigencia": "2026-03-02"}]
    refuta(
        visita,
        "levantar_inicio",
        {"identificacion_visitadores": vieja},
        "identificacion_visitadores.0.vigencia",
        "no estaba vigente",
    )
    # Another auditor of the unit, whom the order does not name.
    datos = visita.valor(COMUNES["tareas"]["levantar_inicio"]["datos"])
    otro = con_roles(visita.obra.persona("jose.cazares"), "auditor")
    with visita.como() as ctx:
        tarea_id = visita._abierta(ctx, "levantar_inicio", "a1").id
    with visita.como("daniela.solis") as ctx:
        tarea.soltar(ctx, tarea_id)
    with visita.como() as ctx:
        fila = ctx.session.get_one(Tarea, tarea_id)
    with visita.obra.como(otro) as ctx, pytest.raises(NoPermitido, match="La orden no te nombra"):
        tarea.completar(ctx, fila.id, datos, fila.version)


def test_una_fotografia_es_una_imagen_de_su_expediente(visita: Juego) -> None:
    def anexar(ctx: Ctx) -> tuple[int, int]:
        acto = acto_de(visita, ctx)
        return fabrica.fotografia(ctx, acto).id, fabrica.fotografia(ctx, acto, "application/pdf").id

    with visita.como() as ctx:
        foto, papel = actuar(ctx, anexar)
    refuta(visita, "acudir_domicilio", {"foto": [papel]}, "foto", "no es una fotografía")
    visita._tarea("acudir_domicilio", "a1")
    visita._tarea("levantar_inicio", "a1", {"foto": [foto]})
    with visita.como() as ctx:
        acta = ctx.session.scalars(select(Acta)).one()
        assert acta.datos["fotos"] == [{"documento_id": foto, "sha256": "cd" * 32}]
        assert ctx.session.get_one(Documento, acta.documento_id).datos["datos"]["huellas"] == ["cd" * 32]


def test_nada_deja_ver_quien_denuncio(juego: Juego) -> None:
    juego._presentar("d1")
    visitadores = [juego.obra.persona(quien).usuario_id for quien in VISITADORES]

    def empezar(ctx: Ctx) -> int:
        expediente = juego.denuncia(ctx).expediente_id
        return fabrica.iniciada(ctx, visitadores, expediente_id=expediente).id

    with juego.como() as ctx:
        juego.ids["a1"] = ("acto", actuar(ctx, empezar))
    juego._tarea("programar_diligencia", "a1")
    a_las(juego, "2026-03-03T12:30")
    juego._tarea("acudir_domicilio", "a1")
    identidad = COMUNES["presentar"]
    for dicho in (identidad["nss"], identidad["curp"]):
        refuta(juego, "levantar_inicio", {"hechos": f"Se preguntó por {dicho}."}, "hechos", "quién denunció")
    juego._tarea("levantar_inicio", "a1")
    with juego.como() as ctx:
        papeles = ctx.session.scalars(select(Documento).where(Documento.sujeto_tipo == "acto"))
        dicho = " ".join(str(papel.datos) for papel in papeles)
    assert dicho
    assert identidad["nss"] not in dicho
    assert identidad["curp"] not in dicho


# -- two at once, and a line that drops --------------------------------------------------------------------
def test_dos_visitadores_a_la_vez_levantan_un_acta(iniciada: Juego) -> None:
    datos = iniciada.valor(COMUNES["tareas"]["desahogar_visita"]["datos"])
    with iniciada.como() as ctx:
        fila = iniciada._abierta(ctx, "desahogar_visita", "a1")
    salida: list[Any] = [None, None]
    barrera = threading.Barrier(2)
    personas = [iniciada.obra.persona(quien) for quien in VISITADORES]

    def correr(n: int) -> None:
        with iniciada.obra.como(personas[n]) as ctx:
            barrera.wait()
            try:
                salida[n] = tarea.completar(ctx, fila.id, datos, fila.version)
            except Exception as error:
                salida[n] = error

    hilos = [threading.Thread(target=correr, args=(n,)) for n in range(2)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(60)
    errores = [una for una in salida if isinstance(una, Exception)]
    assert len(errores) == 1
    assert isinstance(errores[0], (YaHecha, Conflicto, NoPermitido))
    with iniciada.como() as ctx:
        tipos = list(ctx.session.scalars(select(Acta.tipo).order_by(Acta.numero)))
    assert tipos == [TipoActa.INICIO, TipoActa.PARCIAL]


def test_lo_escrito_se_conserva_cuando_se_cae_la_linea(iniciada: Juego) -> None:
    escrito = {"actuacion": "acta_parcial", "hechos": "Media acta, sin testig"}
    with iniciada.como() as ctx:
        fila = iniciada._abierta(ctx, "desahogar_visita", "a1")
    with iniciada.como("daniela.solis") as ctx:
        version = tarea.guardar_borrador(ctx, fila.id, escrito, fila.version)
    # What comes back from the street with the old version writes nothing over it; incomplete, nothing at all.
    with iniciada.como("daniela.solis") as ctx, pytest.raises(Conflicto):
        tarea.completar(ctx, fila.id, escrito, fila.version)
    with iniciada.como("daniela.solis") as ctx, pytest.raises(DatoInvalido):
        tarea.completar(ctx, fila.id, escrito, version)
    with iniciada.como() as ctx:
        guardada = ctx.session.get_one(Tarea, fila.id)
        assert (guardada.borrador, guardada.estado) == (escrito, "abierta")
        assert ctx.session.scalar(select(func.count(Acta.id))) == 1


# -- the ledger ------------------------------------------------------------------------------------------
def test_el_sistema_financiero_tiene_dieciocho_meses(juego: Juego) -> None:
    visitar(juego, "a1", con={"financiero": True})
    juego._tarea("programar_diligencia", "a1")
    a_las(juego, "2026-03-03T12:30")
    juego._tarea("acudir_domicilio", "a1")
    juego._tarea("levantar_inicio", "a1")
    juego._espera({"plazos": {"a1": {"visita_max_financiero": "2027-09-03", "visita_max": None}}})


def test_buscar_detiene_los_meses_que_ya_corren(visita: Juego) -> None:
    vacio = {"atiende": None, "cargo": None, "identificacion": None}
    no_esta = {**vacio, "encuentro": "no_localizado", "descripcion_domicilio": "Local vacío."}
    with visita.como() as ctx:
        actuar(ctx, plazo.abrir, de_acto(acto_de(visita, ctx)), "visita_max", desde=D("2026-03-02"))
    visita._tarea("acudir_domicilio", "a1", no_esta)
    visita._tarea("resolver_obstaculo", "a1", {"obstaculo": "buscar", "motivo": "Se pide su domicilio."})
    ver_visita(visita, "a1", con={"suspensiones": [["domicilio", "2026-03-03", None, None]]})
    with pytest.raises(EnEspera):
        visita._tarea("programar_diligencia", "a1", {"fecha_hora": "2026-03-05T10:00"})


def _sin_respuesta(juego: Juego, numero: int, desde: str) -> int:
    """A request whose term ended the day before `desde` without an answer."""

    def callar(ctx: Ctx) -> int:
        acto = acto_de(juego, ctx)
        fila = Requerimiento(
            folio=siguiente(ctx, "REQ"),
            acto_id=acto.id,
            numero=numero,
            estado=EstadoRequerimiento.INCUMPLIDO,
            documentos=["Nóminas"],
            plazo="doc_6",
            lugar="Oficina",
            elaborado_en=ctx.now,
        )
        ctx.session.add(fila)
        ctx.session.flush()
        requerimiento._suspender(ctx, acto, fila, D(desde))
        return fila.id

    with juego.como() as ctx:
        respuesta: int = actuar(ctx, callar)
    return respuesta


def _responde(juego: Juego, cual: int, dia: str) -> None:
    with juego.como() as ctx:
        actuar(
            ctx, lambda ctx: requerimiento.responder(ctx, ctx.session.get_one(Requerimiento, cual), D(dia))
        )


def _pausas(juego: Juego) -> list[tuple[str, str | None]]:
    with juego.como() as ctx:
        filas = ctx.session.scalars(select(Suspension).order_by(Suspension.desde, Suspension.id))
        return [(f.desde.isoformat(), f.hasta.isoformat() if f.hasta else None) for f in filas]


def test_dos_silencios_son_una_pausa_y_el_segundo_sigue_solo(iniciada: Juego) -> None:
    uno = _sin_respuesta(iniciada, 1, "2026-03-20")
    dos = _sin_respuesta(iniciada, 2, "2026-03-27")
    assert _pausas(iniciada) == [("2026-03-20", None)]
    _responde(iniciada, uno, "2026-04-01")
    assert _pausas(iniciada) == [("2026-03-20", "2026-04-01"), ("2026-04-02", None)]
    _responde(iniciada, dos, "2026-04-08")
    assert _pausas(iniciada) == [("2026-03-20", "2026-04-01"), ("2026-04-02", "2026-04-08")]
    # 13 and 7 days after 3 March 2027.
    iniciada._espera({"plazos": {"a1": {"visita_max": "2027-03-23"}}})


def test_agotado_el_anio_el_silencio_se_asienta_sin_pausa(iniciada: Juego) -> None:
    a_las(iniciada, "2027-06-01T13:00")
    _responde(iniciada, _sin_respuesta(iniciada, 1, "2026-03-20"), "2026-10-01")
    _responde(iniciada, _sin_respuesta(iniciada, 2, "2026-10-10"), "2027-05-01")
    antes = _pausas(iniciada)
    _sin_respuesta(iniciada, 3, "2027-05-20")
    assert _pausas(iniciada) == antes
