"""Service of a document: what is refused, and the clocks that it meets, starts, restarts and stops."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from sqlalchemy import func, select

from models.acto import Acto
from models.credito import ClaseCredito, Credito, EstadoCredito
from models.denuncia import Denuncia
from models.documento import Documento
from models.expediente import Expediente
from models.notificacion import DiligenciaNotificacion, EstadoNotificacion, Notificacion
from models.pae import CreditoEnPae, Pae
from models.patron import Patron
from models.plazo import Plazo
from models.proceso import Mensaje, Tarea
from tests.factories import notificacion as fabrica
from tests.factories.casa import ZONA
from tests.integration.dominio.apoyo import Juego, actuar
from tests.process.escenario import COMUNES
from workflow.actions import notificacion as acciones
from workflow.actions import salida, tarea
from workflow.context import Ctx
from workflow.errors import Conflicto, DatoInvalido, NoEncontrado, NoPermitido
from workflow.operations import expediente, notificacion, plazo
from workflow.operations.folio import siguiente
from workflow.operations.sujeto import de_acto, de_pae
from workflow.queries import contexto, inicial
from workflow.queries import tarea as vistas


@pytest.fixture
def caso(juego: Juego) -> Juego:
    """An act with a document that waits to be served in person; Thursday, one in the afternoon."""
    juego.obra.ahora = dt.datetime(2026, 3, 12, 9, 0, tzinfo=ZONA)
    _ordenar(juego)
    juego.saltar(hours=4)
    return juego


def _ordenar(juego: Juego, como: str = "a1", plazos: dict[str, str] | None = None, **con: Any) -> int:
    def empezar(ctx: Ctx) -> tuple[int, int]:
        acto = fabrica.acto(ctx)
        for clave, desde in (plazos or {}).items():
            plazo.abrir(ctx, de_acto(acto), clave, desde=dt.date.fromisoformat(desde))
        return acto.id, fabrica.ordenada(ctx, acto, **con).id

    with juego.como() as ctx:
        acto_id, notificacion_id = actuar(ctx, empezar)
    juego.ids[como] = ("acto", acto_id)
    return notificacion_id


def _fila(ctx: Ctx) -> Notificacion:
    return ctx.session.scalars(select(Notificacion).order_by(Notificacion.id.desc())).first()


def _practicar(juego: Juego, **con: Any) -> None:
    juego._tarea("practicar_diligencia", "a1", con)


def _notificar(juego: Juego) -> None:
    _practicar(juego)
    juego._vencer("surte_efectos", "a1")


def _foto(juego: Juego, mime: str = "image/jpeg", de: str = "a1") -> int:
    def guardar(ctx: Ctx) -> int:
        return fabrica.documento(ctx, ctx.session.get_one(Acto, juego.ids[de][1]), "anexo", mime).id

    with juego.como() as ctx:
        return actuar(ctx, guardar)


# -- ordering ----------------------------------------------------------------------------------------------
def test_a_document_is_served_once_to_each_addressee(caso: Juego) -> None:
    def otra(ctx: Ctx, **con: Any) -> int:
        fila = _fila(ctx)
        acto = ctx.session.get_one(Acto, fila.sujeto_id)
        return notificacion.ordenar(ctx, de_acto(acto), fila.documento, **con).id

    with caso.como() as ctx, pytest.raises(DatoInvalido, match="ya se notifica"):
        actuar(ctx, otra)
    with caso.como() as ctx:
        assert actuar(ctx, otra, calidad="responsable_solidario", destinatario="Marta Gil Soto")
    with caso.como() as ctx, pytest.raises(DatoInvalido, match="a quién se notifica"):
        actuar(ctx, otra, calidad="acreedor")


def test_it_takes_the_employer_of_the_file(caso: Juego) -> None:
    with caso.como() as ctx:
        fila = _fila(ctx)
        patron = ctx.session.scalars(select(Patron).where(Patron.registro_patronal == fabrica.PATRON)).one()
        assert (fila.destinatario, fila.domicilio) == (patron.nombre, patron.domicilio)
        assert fila.folio.startswith("NOT-2026-")


# -- the field ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("con", "campo"),
    [
        ({"fecha_hora": "2026-03-12T13:01"}, "fecha_hora"),
        ({"fecha_hora": "2026-03-14T10:00"}, "habilitacion"),
        ({"fecha_hora": "2026-03-12T08:59"}, "fecha_hora"),
        ({"fecha_hora": "2026-03-11T19:00"}, "habilitacion"),
        ({"quien_recibe": "   "}, "quien_recibe"),
        ({"caracter": ""}, "caracter"),
        ({"identificacion": None}, "identificacion"),
        ({"cercioramiento": "\n"}, "cercioramiento"),
        ({"negativa": "No quiso firmar."}, "negativa"),
        ({"firma": None}, "negativa"),
    ],
)
def test_a_diligencia_that_cannot_be_is_refused_by_its_field(
    caso: Juego, con: dict[str, Any], campo: str
) -> None:
    with pytest.raises(DatoInvalido) as error:
        _practicar(caso, **con)
    assert campo in error.value.campos


@pytest.mark.parametrize(
    "hora", ["2026-03-12T19:00", "2026-03-13T18:01", "2026-03-13T07:00", "2026-03-14T10:00"]
)
def test_a_citatorio_calls_for_an_hour_habil_of_the_next_dia_habil(caso: Juego, hora: str) -> None:
    _practicar(caso, diligencia="ausente")
    with pytest.raises(DatoInvalido) as error:
        caso._tarea("dejar_citatorio", "a1", {"hora_cita": hora})
    assert "hora_cita" in error.value.campos


def test_a_citatorio_for_an_hour_that_has_passed_is_refused(caso: Juego) -> None:
    _practicar(caso, diligencia="ausente")
    caso.obra.ahora = dt.datetime(2026, 3, 13, 11, 0, tzinfo=ZONA)
    with pytest.raises(DatoInvalido, match="ya pasó"):
        caso._tarea("dejar_citatorio", "a1", {"hora_cita": "2026-03-13T10:00"})


def test_a_photograph_is_an_image_of_its_file_kept_by_its_digest(caso: Juego) -> None:
    with pytest.raises(DatoInvalido, match="no es una fotografía"):
        _practicar(caso, foto=[_foto(caso, "application/pdf")])
    _ordenar(caso, "a2")
    with pytest.raises(DatoInvalido, match="no es de este expediente"):
        _practicar(caso, foto=[_foto(caso, de="a2")])
    foto = _foto(caso)
    _practicar(caso, foto=[foto])
    with caso.como() as ctx:
        hecha = ctx.session.scalars(select(DiligenciaNotificacion)).one()
        assert hecha.datos["fotos"] == [{"documento_id": foto, "sha256": "ab" * 32}]
        assert hecha.usuario_id == caso.obra.persona("nadia.rosas").usuario_id
        assert hecha.datos["ubicacion"] == "20.9674, -101.4286"


def test_two_notificadores_at_once_serve_it_once(caso: Juego) -> None:
    comun = COMUNES["tareas"]["practicar_diligencia"]["datos"]
    with caso.como() as ctx:
        fila = ctx.session.scalars(select(Tarea).where(Tarea.nodo == "practicar_diligencia")).one()
        tarea_id, version = fila.id, fila.version
    errores: list[Exception] = []
    nadia, barrera = caso.obra.persona("nadia.rosas"), threading.Barrier(2)

    def completar() -> None:
        with caso.obra.como(nadia) as ctx:
            barrera.wait()
            try:
                tarea.completar(ctx, tarea_id, comun, version)
            except Conflicto as error:
                errores.append(error)

    hilos = [threading.Thread(target=completar) for _ in range(2)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(60)
    with caso.como() as ctx:
        assert ctx.session.scalar(select(func.count(DiligenciaNotificacion.id))) == 1
    assert len(errores) == 1


def test_a_notificador_of_another_unit_sees_nothing_of_it(caso: Juego) -> None:
    with pytest.raises(NoEncontrado):
        caso._tarea("practicar_diligencia", "a1", quien="saul.vera")


def test_who_denounced_is_not_told_in_what_is_written(juego: Juego) -> None:
    juego._presentar("d1")

    def empezar(ctx: Ctx) -> int:
        denuncia = ctx.session.scalars(select(Denuncia)).one()
        acto = fabrica.acto(ctx)
        acto.expediente_id = denuncia.expediente_id
        caso = ctx.session.get_one(Expediente, denuncia.expediente_id)
        caso.patron_id = acto.patron_id
        fabrica.ordenada(ctx, acto)
        return acto.id

    with juego.como() as ctx:
        juego.ids["a1"] = ("acto", actuar(ctx, empezar))
    juego.obra.ahora = dt.datetime(2026, 3, 12, 13, 0, tzinfo=ZONA)
    with pytest.raises(DatoInvalido, match="deja ver quién denunció"):
        _practicar(juego, cercioramiento="Lo confirmó María Pérez Gómez, que trabaja ahí.")
    _practicar(juego)


def test_a_script_in_a_text_stays_a_text_and_the_papers_are_made(caso: Juego) -> None:
    guion = '<script>alert(1)</script> #import "x" {{ 7*7 }} \' OR 1=1 --'
    _practicar(caso, diligencia="ausente", cercioramiento=guion)
    caso._tarea("dejar_citatorio", "a1", {"objeto": guion, "con_quien": guion})
    caso._vencer("citatorio", "a1")
    caso._tarea("acudir_citatorio", "a1", {"cita": "nadie", "cercioramiento": guion})
    caso._tarea("acordar_estrados", "a1", {"causa": "cita_sin_nadie"})
    caso._vencer("estrados", "a1")
    with caso.como() as ctx:
        papeles = ctx.session.scalars(select(Documento).where(Documento.tipo != "cedula")).all()
        assert {p.tipo for p in papeles} == {"citatorio", "acuerdo_estrados", "constancia_estrados"}
        citatorio = next(p for p in papeles if p.tipo == "citatorio")
        assert citatorio.datos["datos"]["objeto"] == guion
        assert citatorio.datos["datos"]["autoridad"]["cargo"] == "Notificadora localizadora"
    with caso.como() as ctx:
        salida.vaciar(ctx)
    with caso.como() as ctx:
        assert all(ctx.session.scalars(select(Documento.sha256).where(Documento.tipo != "cedula")))


def test_the_page_of_the_task_says_what_to_whom_and_where(caso: Juego) -> None:
    def pagina(nodo: str, quien: str = "nadia.rosas") -> tuple[dict[str, Any], dict[str, Any]]:
        with caso.como(quien) as ctx:
            fila = ctx.session.scalars(
                select(Tarea).where(Tarea.nodo == nodo, Tarea.estado == "abierta")
            ).one()
            vista = vistas.ver(ctx, fila.id)
            return {r.rotulo: r.valor for r in contexto.de(ctx, vista).breve}, inicial.de(ctx, vista)

    breve, _ = pagina("practicar_diligencia")
    assert breve["Notificación"].startswith("NOT-2026-")
    assert breve["Documento"].startswith("Cédula de liquidación, DOC-2026-")
    assert breve["A quién"].endswith("(patrón)")
    _practicar(caso, diligencia="ausente")
    breve, datos = pagina("dejar_citatorio")
    assert breve["Diligencia"] == "La persona no estaba"
    assert datos == {"hora_cita": "2026-03-13T10:00"}
    caso._tarea("dejar_citatorio", "a1")
    caso._vencer("citatorio", "a1")
    breve, _ = pagina("acudir_citatorio")
    assert breve["Cita"] == dt.datetime(2026, 3, 13, 10, 0, tzinfo=ZONA)
    caso._tarea("acudir_citatorio", "a1", {"cita": "nadie"})
    assert pagina("acordar_estrados", "hector.rios")[1] == {"causa": "cita_sin_nadie"}


def test_the_cause_of_a_buzon_without_contact_is_proposed(juego: Juego) -> None:
    juego.obra.ahora = dt.datetime(2026, 3, 12, 9, 0, tzinfo=ZONA)
    _ordenar(juego, medio="buzon", contacto_buzon=False)
    with juego.como("hector.rios") as ctx:
        vista = vistas.ver(ctx, ctx.session.scalars(select(Tarea.id)).one())
        assert inicial.de(ctx, vista) == {"causa": "sin_contacto_buzon"}


# -- the Buzón ---------------------------------------------------------------------------------------------
def test_the_acuse_of_the_buzon_is_captured_once_by_who_may(juego: Juego) -> None:
    juego.obra.ahora = dt.datetime(2026, 3, 12, 9, 0, tzinfo=ZONA)
    una = _ordenar(juego, medio="buzon")
    juego.saltar(hours=2)
    ahora = juego.obra.ahora
    with juego.como("saul.vera") as ctx, pytest.raises(NoPermitido, match="territorio"):
        acciones.abrir_buzon(ctx, una, ahora, "A-1")
    with juego.como("ana.trejo") as ctx, pytest.raises(NoEncontrado):
        acciones.abrir_buzon(ctx, una, ahora, "A-1")
    for mal in (ahora + dt.timedelta(minutes=1), ahora - dt.timedelta(hours=3)):
        with juego.como("nadia.rosas") as ctx, pytest.raises(DatoInvalido, match="posterior al depósito"):
            acciones.abrir_buzon(ctx, una, mal, "A-1")
    with juego.como("nadia.rosas") as ctx, pytest.raises(DatoInvalido, match="número del acuse"):
        acciones.abrir_buzon(ctx, una, ahora, " ")
    with juego.como() as ctx:
        primera = acciones.abrir_buzon(ctx, una, ahora, "A-1")
    with juego.como("nadia.rosas") as ctx:
        assert acciones.abrir_buzon(ctx, una, ahora, "A-2") == primera
    with juego.como() as ctx:
        assert (
            ctx.session.scalar(select(func.count(Mensaje.id)).where(Mensaje.nombre == "buzon_abierto")) == 1
        )
        assert _fila(ctx).fecha == dt.date(2026, 3, 12)
    with juego.como() as ctx, pytest.raises(NoEncontrado):
        acciones.abrir_buzon(ctx, 999, ahora, "A-1")


# -- clocks ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("practicada", "vencido"), [("2026-03-12T17:00", False), ("2026-03-13T08:00", True)])
def test_a_term_is_met_by_the_day_of_the_service_not_by_that_of_its_record(
    juego: Juego, practicada: str, vencido: bool
) -> None:
    juego.obra.ahora = dt.datetime(2026, 3, 2, 9, 0, tzinfo=ZONA)
    # Fifteen días hábiles from 2026-02-19 end on 2026-03-12.
    _ordenar(juego, plazos={"emision_orden": "2026-02-19"}, cierra_plazo="emision_orden")
    with juego.como() as ctx:
        assert plazo.abiertos(ctx, de_acto(ctx.session.get_one(Acto, juego.ids["a1"][1])))[
            "emision_orden"
        ].vence == dt.date(2026, 3, 12)
    juego.obra.ahora = dt.datetime(2026, 3, 20, 10, 0, tzinfo=ZONA)
    _practicar(juego, fecha_hora=practicada)
    cerrado = juego.plazo("emision_orden", "a1")
    assert cerrado.cerrado_en is not None
    assert cerrado.vencido is vencido


def test_a_notified_collection_act_restarts_the_prescription_that_runs(juego: Juego) -> None:
    juego.obra.ahora = dt.datetime(2026, 3, 12, 9, 0, tzinfo=ZONA)
    _ordenar(juego, plazos={"prescripcion": "2025-05-06"}, interrumpe_prescripcion=True)
    juego.saltar(hours=4)
    _practicar(juego)
    assert juego.plazo("prescripcion", "a1").desde == dt.date(2025, 5, 6)
    juego._vencer("surte_efectos", "a1")
    corre = juego.plazo("prescripcion", "a1")
    assert (corre.desde, corre.vence) == (dt.date(2026, 3, 12), dt.date(2031, 3, 12))
    with juego.como() as ctx:
        assert ctx.session.get_one(Plazo, corre.id).movimientos[0].motivo.startswith("Notificación NOT-")


def test_without_a_prescription_none_begins(juego: Juego) -> None:
    juego.obra.ahora = dt.datetime(2026, 3, 12, 9, 0, tzinfo=ZONA)
    _ordenar(juego, interrumpe_prescripcion=True)
    juego.saltar(hours=4)
    _notificar(juego)
    assert juego.plazo("prescripcion", "a1") is None


def test_annulled_its_clocks_stop_and_the_prescription_runs_from_before(juego: Juego) -> None:
    juego.obra.ahora = dt.datetime(2026, 3, 12, 9, 0, tzinfo=ZONA)
    corren = {"prescripcion": "2025-05-06", "preventivo_visita": "2026-03-12"}
    una = _ordenar(juego, plazos=corren, interrumpe_prescripcion=True)
    juego.saltar(hours=4)

    def anular(ctx: Ctx) -> None:
        notificacion.anular(ctx, ctx.session.get_one(Notificacion, una), "Se practicó en otro domicilio.")

    with juego.como() as ctx, pytest.raises(NoPermitido, match="surtió efectos"):
        actuar(ctx, anular)
    _notificar(juego)

    def contar(ctx: Ctx) -> None:
        sujeto = de_acto(ctx.session.get_one(Acto, juego.ids["a1"][1]))
        plazo.abrir(ctx, sujeto, "pago_credito", desde=_fila(ctx).fecha)

    with juego.como() as ctx:
        actuar(ctx, contar)
        actuar(ctx, anular)
    assert juego.plazo("pago_credito", "a1").cerrado_en is not None
    corre = juego.plazo("prescripcion", "a1")
    assert (corre.desde, corre.cerrado_en) == (dt.date(2025, 5, 6), None)
    # It began before the order to serve, on the same day: it is not of this notificacion.
    assert juego.plazo("preventivo_visita", "a1").cerrado_en is None
    with juego.como() as ctx:
        fila = ctx.session.get_one(Notificacion, una)
        assert (fila.estado, fila.causa_nulidad) == (
            EstadoNotificacion.ANULADA,
            "Se practicó en otro domicilio.",
        )
        assert notificacion.ordenar(
            ctx, de_acto(ctx.session.get_one(Acto, fila.sujeto_id)), fila.documento
        ).folio
    assert juego.obra.persona("hilda.marin").usuario_id in juego.avisos("nulidad:")


def test_the_enforcement_restarts_the_prescription_of_each_credit(juego: Juego) -> None:
    """Only of those that it still collects."""
    juego.obra.ahora = dt.datetime(2026, 3, 12, 9, 0, tzinfo=ZONA)

    def armar(ctx: Ctx) -> list[int]:
        acto = fabrica.acto(ctx)
        caso = expediente.abrir(ctx, acto.subdelegacion_id, acto.patron_id)
        pae = Pae(
            folio=siguiente(ctx, "PAE"),
            expediente_id=caso.id,
            subdelegacion_id=acto.subdelegacion_id,
            patron_id=acto.patron_id,
            ejecutores=[],
            abierto_en=ctx.now,
        )
        ctx.session.add(pae)
        ctx.session.flush()
        creditos = []
        for n in range(2):
            credito = Credito(
                folio=siguiente(ctx, "CRE"),
                acto_id=acto.id,
                estado=EstadoCredito.EN_PAE,
                clase=ClaseCredito.COP,
                expediente_id=caso.id,
                subdelegacion_id=acto.subdelegacion_id,
                patron_id=acto.patron_id,
                creado_en=ctx.now,
            )
            ctx.session.add(credito)
            ctx.session.flush()
            ctx.session.add(
                CreditoEnPae(
                    pae_id=pae.id,
                    credito_id=credito.id,
                    acumulado_en=ctx.now,
                    excluido_en=ctx.now if n else None,
                )
            )
            creditos.append(credito.id)
        fila = notificacion.ordenar(ctx, de_pae(pae), fabrica.documento(ctx, acto))
        assert [(s.tipo, s.id) for s in notificacion.sujetos_de_cobro(ctx, fila)] == [
            ("pae", pae.id),
            ("credito", creditos[0]),
        ]
        return creditos

    with juego.como() as ctx:
        actuar(ctx, armar)


def test_two_documents_of_one_noun_wait_each_for_its_day(juego: Juego) -> None:
    juego.obra.ahora = dt.datetime(2026, 3, 12, 9, 0, tzinfo=ZONA)
    _ordenar(juego, medio="estrados")
    juego._tarea("acordar_estrados", "a1")

    def otra(ctx: Ctx) -> int:
        return fabrica.ordenada(ctx, ctx.session.get_one(Acto, juego.ids["a1"][1]), medio="estrados").id

    juego._reloj("2026-03-13T10:00")
    with juego.como() as ctx:
        actuar(ctx, otra)
    juego._tarea("acordar_estrados", "a1")
    juego._reloj("2026-04-30T10:00")
    with juego.como() as ctx:
        filas = ctx.session.scalars(select(Notificacion).order_by(Notificacion.id)).all()
        assert [(f.estado.value, f.fecha.isoformat()) for f in filas] == [
            ("notificada", "2026-03-30"),
            ("notificada", "2026-03-31"),
        ]
    juego._comprobar()
