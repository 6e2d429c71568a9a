"""An enforcement beyond its scenarios: what is refused, what costs once, what each credit lives by itself."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from models.acto import Acto
from models.base import TransicionIlegal
from models.credito import ConceptoCredito, Credito, EstadoCredito
from models.organizacion import Subdelegacion, Usuario
from models.pae import CreditoEnPae, EstadoPae, Pae
from models.pago import OrigenPago
from models.proceso import Mensaje, Tarea
from tests.factories.casa import ZONA
from tests.integration.dominio.apoyo import Juego, actuar
from workflow import formularios
from workflow.actions import tarea as tareas
from workflow.context import Ctx
from workflow.errors import NoPermitido
from workflow.operations import _guardas_cobro, credito_defensa, cuenta, pae, papel_pae, plazo
from workflow.operations.sujeto import de_credito, de_pae
from workflow.queries import opciones
from workflow.queries import tarea as lectura

K, P = EstadoCredito, EstadoPae
RUBRICA = {"medio": "autografa", "firmo": True}


@pytest.fixture
def dos(juego: Juego) -> Juego:
    """Two credits of one employer in one enforcement, its order to be written."""
    juego.obra.ahora = dt.datetime(2026, 5, 4, 10, 0, tzinfo=ZONA)
    juego._paso({"exigir": "p1", "creditos": {"c1": "10000", "c2": "20000"}})
    return juego


def _hasta_requerir(juego: Juego) -> None:
    for nodo in ("elaborar_mandamiento", "firmar_mandamiento", "requerir_pago"):
        juego._paso({"ejecutar": nodo, "de": "p1"})


def _oir(juego: Juego, nombre: str, de: str, **con: Any) -> None:
    juego._paso({"oir": nombre, "de": de, "con": con})


def _ver(juego: Juego, **con: Any) -> None:
    juego._paso({"ver_pae": "p1", "con": con})


def _pae(ctx: Ctx, juego: Juego) -> Pae:
    return ctx.session.get_one(Pae, juego.ids["p1"][1])


def _credito(ctx: Ctx, juego: Juego, de: str) -> Credito:
    return ctx.session.get_one(Credito, juego.ids[de][1])


def _en_pausa(ctx: Ctx, juego: Juego) -> bool:
    return bool(plazo.suspendidas(ctx, de_pae(_pae(ctx, juego))))


def _tarea(juego: Juego, nodo: str) -> Tarea:
    with juego.como() as ctx:
        return ctx.session.scalars(select(Tarea).where(Tarea.nodo == nodo, Tarea.estado == "abierta")).one()


# -- what is refused -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("clase", "articulo"),
    [("lecho_vestidos", "CFF 157-I"), ("maquinaria", "CFF 157-IV"), ("sueldos", "CFF 157-X")],
)
def test_an_exempt_good_is_refused_with_its_article(dos: Juego, clase: str, articulo: str) -> None:
    _hasta_requerir(dos)
    bien = {"tipo": "mueble", "descripcion": "Un bien", "valor_estimado": "900.00", "designa": "deudor"}
    con = {"bienes": [{**bien, "exento": clase}]}
    dos._paso({"ejecutar": "trabar_embargo", "de": "p1", "con": con, "rechaza": articulo})
    _ver(dos, bienes=[], diligencias=["requerimiento"], gastos=1)


def test_a_credit_in_an_agreement_is_not_cancelled_with_the_others(dos: Juego) -> None:
    """It stayed in its agreement for ever: the enforcement that would have collected it had ended."""
    _hasta_requerir(dos)
    nada = {
        "traba": "sin_bienes",
        "bienes": None,
        "gravamen_bajo_protesta": None,
        "depositario_provisional": None,
    }
    dos._paso({"ejecutar": "trabar_embargo", "de": "p1", "con": nada})
    dos._paso({"ejecutar": "acreditar_insolvencia", "de": "p1"})
    _oir(dos, "convenio_autorizado", "c1", convenio_id=1, desenlace="autorizado")
    dos._paso({"ejecutar": "autorizar_cancelacion", "de": "p1", "rechaza": "(en convenio)"})
    _ver(dos, estado="sin_bienes_hallados")
    _oir(dos, "convenio_concluido", "c1", convenio_id=1, desenlace="cesado")
    dos._paso({"ejecutar": "autorizar_cancelacion", "de": "p1"})
    _ver(dos, estado="sin_bienes", creditos=["cancelado", "cancelado"])


def test_a_signer_of_another_territory_is_refused(dos: Juego) -> None:
    """Who was moved to another unit meanwhile signs nothing here (CFF 38-II)."""
    dos._paso({"ejecutar": "elaborar_mandamiento", "de": "p1"})
    fila, titular = _tarea(dos, "firmar_mandamiento"), dos.obra.persona("rosa.medina")

    def mudar(ctx: Ctx) -> None:
        otras = select(Subdelegacion.id).where(Subdelegacion.id != fila.subdelegacion_id)
        suya = ctx.session.get_one(Usuario, titular.usuario_id)
        suya.subdelegacion_id = ctx.session.scalars(otras.order_by(Subdelegacion.id)).first()

    with dos.como() as ctx:
        actuar(ctx, mudar)
    dos._paso({"ejecutar": "firmar_mandamiento", "de": "p1", "rechaza": "fuera del territorio"})
    _ver(dos, estado="abierto", papeles={"mandamiento": 0})


def test_only_whom_the_order_names_asks_for_the_payment(dos: Juego) -> None:
    for nodo in ("elaborar_mandamiento", "firmar_mandamiento"):
        dos._paso({"ejecutar": nodo, "de": "p1"})
    with dos.como() as ctx:
        actuar(ctx, lambda c: setattr(_pae(c, dos), "ejecutores", []))
    dos._paso({"ejecutar": "requerir_pago", "de": "p1", "rechaza": "LSS 315"})


def test_who_integrates_the_file_does_not_authorise_it(dos: Juego) -> None:
    for nodo, con in (
        ("elaborar_mandamiento", {}),
        ("firmar_mandamiento", {}),
        ("requerir_pago", {"requerimiento": "no_localizado"}),
        ("resolver_obstaculo", {"obstaculo": "insolvencia"}),
        ("acreditar_insolvencia", {}),
    ):
        dos._paso({"ejecutar": nodo, "de": "p1", "con": con})
    fila = _tarea(dos, "autorizar_cancelacion")
    jefe = dos.obra.persona("hector.rios").usuario_id or 0
    titular = dataclasses.replace(dos.obra.persona("hilda.marin"), suplencias=frozenset({jefe}))
    datos = {"cancelacion": "autorizada", "rubrica": RUBRICA}
    with dos.obra.como(titular) as ctx, pytest.raises(NoPermitido, match="Integraste"):
        tareas.completar(ctx, fila.id, datos, fila.version)


# -- what it costs ---------------------------------------------------------------------------------------------
def test_requirement_and_embargo_in_one_diligencia_cost_once(dos: Juego) -> None:
    """One charge over both credits, on the oldest of them (CFF 150; RCFF 95)."""
    _hasta_requerir(dos)
    dos._paso({"ejecutar": "trabar_embargo", "de": "p1"})
    _ver(dos, gastos=1, diligencias=["requerimiento", "requerimiento_embargo"])
    with dos.como() as ctx:
        gastos = [
            cuenta.saldo(ctx, _credito(ctx, dos, de), ctx.hoy).por_concepto.get(ConceptoCredito.GASTOS, 0)
            for de in ("c1", "c2")
        ]
    assert gastos[0] > 0
    assert gastos[1] == 0


def test_on_another_day_they_cost_twice(dos: Juego) -> None:
    _hasta_requerir(dos)
    dos.obra.ahora = dt.datetime(2026, 5, 6, 10, 0, tzinfo=ZONA)
    dos._paso({"ejecutar": "trabar_embargo", "de": "p1"})
    _ver(dos, gastos=2, diligencias=["requerimiento", "embargo"])


# -- each credit its own life ------------------------------------------------------------------------------------
def test_of_two_credits_one_annulled_the_other_goes_on(dos: Juego) -> None:
    _hasta_requerir(dos)
    _oir(dos, "defensa_interpuesta", "c1", defensa_id=1, efecto="suspende")
    with dos.como() as ctx:
        assert not _en_pausa(ctx, dos)
        assert [uno.id for uno in pae.cobrables(ctx, _pae(ctx, dos))] == [dos.ids["c2"][1]]
    dos._paso({"ejecutar": "trabar_embargo", "de": "p1"})
    _oir(dos, "defensa_resuelta", "c1", defensa_id=1, sentido="revoca")
    _ver(dos, creditos=["sin_efectos", "en_pae"])
    with dos.como() as ctx:
        anulado = _credito(ctx, dos, "c1")
        assert cuenta.saldo(ctx, anulado, ctx.hoy).total == 0
        assert plazo.abiertos(ctx, de_credito(anulado)) == {}
        fila = ctx.session.scalars(select(CreditoEnPae).where(CreditoEnPae.credito_id == anulado.id)).one()
        assert fila.excluido_en is not None
        dicho = ctx.session.scalars(select(Mensaje).where(Mensaje.nombre == "credito_definido")).one()
        assert dicho.datos["estado"] == "sin_efectos"
    dos._paso({"ejecutar": "nombrar_depositario", "de": "p1"})


def test_an_agreement_holds_its_credit_and_the_last_one_the_enforcement(dos: Juego) -> None:
    _hasta_requerir(dos)
    _oir(dos, "convenio_autorizado", "c1", convenio_id=1, desenlace="autorizado")
    _ver(dos, creditos=["en_convenio", "en_pae"])
    _oir(dos, "garantia_calificada", "c2", garantia_id=1, suficiente=True)
    with dos.como() as ctx:
        assert _en_pausa(ctx, dos)
    dos._paso({"ejecutar": "trabar_embargo", "de": "p1", "rechaza": "pausa"})
    _oir(dos, "convenio_concluido", "c1", convenio_id=1, desenlace="incumplido")
    _ver(dos, creditos=["en_pae", "garantizado_vigente"])
    with dos.como() as ctx:
        assert not _en_pausa(ctx, dos)
        assert _credito(ctx, dos, "c1").de_convenio
        assert plazo.suspendidas(ctx, de_credito(_credito(ctx, dos, "c1"))) == []


def test_a_guarantee_without_a_defence_falls_when_nobody_may_lodge_one(dos: Juego) -> None:
    """CFF 144: it holds the credit while it may be fought; then it is firm in law and the work goes on."""
    _hasta_requerir(dos)
    for de in ("c1", "c2"):
        with dos.como() as ctx:
            actuar(
                ctx,
                lambda c, de=de: plazo.abrir(c, de_credito(_credito(c, dos, de)), "juicio_tfja", desde=c.hoy),
            )
        _oir(dos, "garantia_calificada", de, garantia_id=1, suficiente=True)
    _ver(dos, creditos=["garantizado_vigente", "garantizado_vigente"])
    dos._paso({"ejecutar": "trabar_embargo", "de": "p1", "rechaza": "pausa"})
    dos._paso({"reloj": "2026-06-18T10:00"})
    dos._paso({"vigilar": "c1"})
    _ver(dos, creditos=["en_pae", "en_pae"])
    with dos.como() as ctx:
        assert not _en_pausa(ctx, dos)
        assert plazo.suspendidas(ctx, de_credito(_credito(ctx, dos, "c1"))) == []
        dichos = ctx.session.scalars(select(Mensaje).where(Mensaje.nombre == "credito_definido")).all()
        assert [m.datos["estado"] for m in dichos] == ["firme", "firme"]
    dos._paso({"ejecutar": "trabar_embargo", "de": "p1"})


def test_a_suit_without_guarantee_stops_nothing_and_the_credit_is_not_firm(dos: Juego) -> None:
    """The ledger of the credit knows of the suit though nothing holds the collection (CFF 144)."""
    _hasta_requerir(dos)
    _oir(dos, "defensa_interpuesta", "c1", defensa_id=1, efecto="suspende_con_garantia")
    with dos.como() as ctx:
        credito = _credito(ctx, dos, "c1")
        assert _guardas_cobro.por_que_no_se_cobra(ctx, credito) is None
        assert credito_defensa.defensa_viva(ctx, credito)
        assert "juicio_tfja" not in plazo.abiertos(ctx, de_credito(credito))
    dos._paso({"ejecutar": "trabar_embargo", "de": "p1"})


def test_goods_enough_are_the_guarantee_of_a_suit(dos: Juego) -> None:
    _hasta_requerir(dos)
    dos._paso({"ejecutar": "trabar_embargo", "de": "p1"})
    _oir(dos, "defensa_interpuesta", "c1", defensa_id=1, efecto="suspende_con_garantia")
    with dos.como() as ctx:
        motivo = _guardas_cobro.por_que_no_se_cobra(ctx, _credito(ctx, dos, "c1"))
        assert motivo is not None
        assert "suspendido" in motivo


def test_after_a_lost_inconformidad_ten_days_to_pay(dos: Juego) -> None:
    """Nothing is asked for meanwhile; then the work goes on by itself (CFF 144)."""
    for de in ("c1", "c2"):
        _oir(dos, "defensa_interpuesta", de, defensa_id=1, efecto="suspende")
    with dos.como() as ctx:
        assert _en_pausa(ctx, dos)
    dos.obra.ahora = dt.datetime(2026, 9, 4, 10, 0, tzinfo=ZONA)
    for de in ("c1", "c2"):
        _oir(dos, "defensa_resuelta", de, defensa_id=1, sentido="confirma")
    dice = "puede pagarse o garantizarse hasta"
    dos._paso({"ejecutar": "elaborar_mandamiento", "de": "p1", "rechaza": dice})
    dos.obra.ahora = dt.datetime(2026, 9, 23, 10, 0, tzinfo=ZONA)
    dos._paso({"ejecutar": "elaborar_mandamiento", "de": "p1"})
    with dos.como() as ctx:
        abiertos = plazo.abiertos(ctx, de_credito(_credito(ctx, dos, "c1")))
        assert "pago_credito" not in abiertos
        # Two grounds on the same days stop prescription once: four months of the five years (CFF 146).
        assert dt.date(2031, 9, 1) <= abiertos["prescripcion"].vence <= dt.date(2031, 9, 8)


def test_a_defence_that_asks_for_another_credit_determines_it(dos: Juego) -> None:
    _oir(dos, "defensa_interpuesta", "c1", defensa_id=1, efecto="suspende")
    _oir(dos, "defensa_resuelta", "c1", defensa_id=1, sentido="repone")
    with dos.como() as ctx:
        viejo = _credito(ctx, dos, "c1")
        assert viejo.estado is K.SIN_EFECTOS
        assert ctx.session.scalars(select(Credito).where(Credito.sustituye_id == viejo.id)).one()


@pytest.mark.parametrize(
    ("resolucion", "estado"), [("procedente", "sin_efectos"), ("improcedente", "en_pae")]
)
def test_a_late_aclaracion(dos: Juego, resolucion: str, estado: str) -> None:
    _oir(dos, "promocion_aclaracion", "c1", promocion_id=1)
    con = {"resolucion": resolucion}
    dos._paso({"ejecutar": "resolver_aclaracion_tardia", "de": "p1", "con": con})
    _ver(dos, creditos=[estado, "en_pae"])


def test_the_auditor_does_not_resolve_what_is_said_against_his_act(dos: Juego) -> None:
    _oir(dos, "promocion_aclaracion", "c1", promocion_id=1)
    quien = dos.obra.persona("rosa.medina").usuario_id
    with dos.como() as ctx:
        suyo = _credito(ctx, dos, "c1").acto_id
        actuar(ctx, lambda c: setattr(c.session.get_one(Acto, suyo), "auditores", [quien]))
    dos._paso({"ejecutar": "resolver_aclaracion_tardia", "de": "p1", "rechaza": "Auditaste"})
    dos._paso({"ejecutar": "resolver_aclaracion_tardia", "de": "p1", "quien": "omar.fuentes"})


# -- what the forms offer -----------------------------------------------------------------------------------------
def test_the_forms_offer_the_payments_of_the_debtor_and_the_goods_held(dos: Juego) -> None:
    for nodo in ("elaborar_mandamiento", "firmar_mandamiento"):
        dos._paso({"ejecutar": nodo, "de": "p1"})
    dos._paso({"abonar": "500", "a": ["c1"]})
    assert len(_ofrece(dos, "requerir_pago", "requerir_pago", "comprobante", "ernesto.lira")) == 1
    dos._paso({"ejecutar": "requerir_pago", "de": "p1"})
    dos._paso({"ejecutar": "trabar_embargo", "de": "p1"})
    _oir(dos, "terceria_presentada", "p1", promocion_id=1)
    ofrecidos = _ofrece(dos, "resolver_terceria", "resolver_terceria", "bien", "hector.rios")
    assert [texto.split(".")[0] for _, texto in ofrecidos] == ["1", "2"]
    dos._paso({"ejecutar": "resolver_terceria", "de": "p1", "con": {"bien": ofrecidos[0][0]}})
    _ver(dos, bienes=["reclamado_tercero", "trabado"])


def _ofrece(juego: Juego, nodo: str, forma: str, campo: str, quien: str) -> list[Any]:
    fila = _tarea(juego, nodo)
    with juego.como(quien) as ctx:
        vista = lectura.ver(ctx, fila.id)
        return opciones.para(ctx, vista, formularios.cargar("pae", forma), {})[campo]


def test_the_liquidacion_adds_up(dos: Juego) -> None:
    """Each concept in the order of law, and what is left returned (CFF 20, 194, 196)."""
    _hasta_requerir(dos)
    with dos.como("hector.rios") as ctx:
        uno, otro = (cuenta.saldo(ctx, vivo, ctx.hoy) for vivo in pae.vivos(ctx, _pae(ctx, dos)))
        suma = uno.total + otro.total

        def entrar(c: Ctx) -> Any:
            pago = pae.ingresar(c, _pae(c, dos), OrigenPago.REMATE, suma + 100, "REM-1", c.hoy)
            return papel_pae.liquidacion(c, _pae(c, dos), pago)

        papel = actuar(ctx, entrar)
    papel.revisar()
    # Each credit is settled by the whole pesos that it asks for (CFF 20); only the last takes its cents.
    assert papel.excedente == suma + 100 - uno.a_pagar - max(otro.total, otro.a_pagar)
    assert papel.abonos[0].concepto == ConceptoCredito.GASTOS.etiqueta


@pytest.mark.parametrize("final", [P.PAGADO, P.ADJUDICADO, P.SIN_BIENES, P.PRESCRITO, P.CANCELADO])
def test_from_wherever_it_stands_an_enforcement_comes_to_its_end(final: EstadoPae) -> None:
    vivos = [uno for uno in EstadoPae if Pae.TRANSICIONES.get(uno)]
    for estado in vivos:
        fila = Pae(estado=estado)
        pae.llevar(fila, final)
        assert fila.estado is final, estado
    otro = next(uno for uno in (P.PAGADO, P.CANCELADO) if uno is not final)
    with pytest.raises(TransicionIlegal):
        pae.llevar(Pae(estado=final), otro)


def test_goods_that_an_extension_did_not_find_are_said_not_found() -> None:
    fila = Pae(estado=P.AMPLIADO)
    pae.llevar(fila, P.SIN_BIENES_HALLADOS)
    assert fila.estado is P.SIN_BIENES_HALLADOS
