"""A credit beyond its scenarios: what is refused, what it says, what it tells, its arithmetic on any date."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from models.acto import Acto
from models.credito import AsientoCredito, Cedula, ClaseCredito, ConceptoCredito, Credito, EstadoCredito
from models.documento import Documento
from models.organizacion import Subdelegacion, Usuario
from models.patron import Patron
from models.plazo import Plazo
from models.proceso import Incidente, Mensaje
from tests.factories import credito as fabrica
from tests.factories.casa import ZONA
from tests.integration.dominio.apoyo import Juego, actuar
from tests.process.pasos.credito import MULTA
from workflow.actions import incidente
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import DatoInvalido, DomainError, NoPermitido
from workflow.operations import (
    _guardas_cobro,
    credito,
    credito_calculo,
    credito_defensa,
    credito_determinacion,
    credito_plazos,
    plazo,
)
from workflow.operations.sujeto import de_credito
from workflow.params import inpc
from workflow.params.inpc import Serie

K = EstadoCredito


@pytest.fixture
def caso(juego: Juego) -> Juego:
    """A credit of cuotas whose project is to be written."""
    juego.obra.ahora = dt.datetime(2026, 3, 2, 9, 0, tzinfo=ZONA)
    juego._paso({"determinar": "c1"})
    return juego


def _credito(ctx: Ctx, juego: Juego, de: str = "c1") -> Credito:
    return ctx.session.get_one(Credito, juego.ids[de][1])


def _acto(ctx: Ctx, juego: Juego) -> Acto:
    return ctx.session.get_one(Acto, juego.ids["a1"][1])


def _dice(juego: Juego, dice: str, nodo: str, de: str = "c1", **paso: Any) -> None:
    juego._paso({"tarea": nodo, "de": de, **paso, "rechaza": dice})


# -- the arithmetic ----------------------------------------------------------------------------------------
def test_the_credits_of_cuotas_are_the_whole_and_each_cent_is_charged(caso: Juego) -> None:
    caso._paso({"determinar": "c2", "clase": "rcv"})
    with caso.como() as ctx:
        cedulas = ctx.session.scalars(select(Cedula).order_by(Cedula.credito_id)).all()
        suyo = ctx.session.get_one(Acto, caso.ids["a1"][1])
        base = credito_calculo.trabajadores(ctx, _credito(ctx, caso))
        patron = ctx.session.get_one(Patron, suyo.patron_id)
        entera = credito_calculo.regla.calcular(
            credito_calculo.personas_de(base, None, None), ctx.hoy, clase_riesgo=patron.clase_riesgo
        )
        assert sum(c.total for c in cedulas) == entera.total
        assert sum(c.omitido_patron for c in cedulas) == entera.patron
        for fila in cedulas:
            cargos = ctx.session.scalars(
                select(AsientoCredito.importe).where(AsientoCredito.credito_id == fila.credito_id)
            ).all()
            assert sum(cargos) == fila.omitido_patron + fila.omitido_trabajador
            dicho = credito_calculo.aritmetica(ctx, fila)
            assert len(dicho["trabajadores"]) == fila.trabajadores == 3
            assert all(p["pasos"] for p in dicho["periodos_pago"])


def test_another_date_is_another_version_and_charges_nothing(caso: Juego) -> None:
    with caso.como() as ctx:
        antes = len(ctx.session.scalars(select(AsientoCredito.id)).all())
        otra = actuar(
            ctx, lambda c: credito_calculo.recomputar(c, _credito(c, caso), dt.date(2026, 8, 20)).id
        )
        nueva = ctx.session.get_one(Cedula, otra)
        primera = ctx.session.scalars(select(Cedula).where(Cedula.version == 1)).one()
        assert (nueva.version, nueva.al) == (2, dt.date(2026, 8, 20))
        assert nueva.omitido_patron == primera.omitido_patron
        assert nueva.recargos > primera.recargos
        assert len(ctx.session.scalars(select(AsientoCredito.id)).all()) == antes


def test_a_date_before_the_periods_end_is_refused(caso: Juego) -> None:
    with caso.como() as ctx, pytest.raises(DomainError, match="no se deben"):
        actuar(ctx, lambda c: credito_calculo.recomputar(c, _credito(c, caso), dt.date(2025, 12, 1)))


def test_a_month_without_inpc_is_an_incident_with_its_sentence_and_a_way_on(
    juego: Juego, monkeypatch: pytest.MonkeyPatch
) -> None:
    juego.obra.ahora = dt.datetime(2026, 3, 2, 9, 0, tzinfo=ZONA)
    completa = inpc.incluida()
    rota = Serie(tuple(i for i in _indices(completa) if i.mes != dt.date(2025, 11, 1)))
    with monkeypatch.context() as parche:
        parche.setattr(credito_calculo.indice, "serie", lambda ctx: rota)
        juego._paso({"determinar": "c1"})
    with juego.como() as ctx:
        fila = ctx.session.scalars(select(Incidente)).one()
        assert "INPC de noviembre de 2025" in fila.causa
        assert "Impórtalo" in fila.causa
        assert ctx.session.scalars(select(Cedula)).all() == []
        incidente.reintentar(ctx, fila.id)
    with juego.como() as ctx:
        assert ctx.session.scalars(select(Cedula)).one().total > 0
        assert _credito(ctx, juego).estado is K.EN_PROYECTO


def _indices(serie: Serie) -> list[inpc.Indice]:
    mes, hallados = serie.primero.mes, []
    while mes <= serie.ultimo.mes:
        uno = serie.de(mes)
        hallados += [uno] if uno else []
        mes = (mes + dt.timedelta(days=32)).replace(day=1)
    return hallados


def test_an_act_without_workers_in_those_periods_is_an_incident(caso: Juego) -> None:
    with caso.como() as ctx:
        actuar(
            ctx,
            lambda c: (
                fabrica.nuevo(
                    c,
                    c.session.get_one(Acto, caso.ids["a1"][1]),
                    ClaseCredito.COP,
                    dt.date(2024, 1, 1),
                    dt.date(2024, 1, 31),
                ).id
            ),
        )
        assert "no tiene trabajadores probados" in ctx.session.scalars(select(Incidente)).one().causa


def test_lapsed_periods_are_left_out_and_said(juego: Juego) -> None:
    juego.obra.ahora = dt.datetime(2026, 2, 20, 9, 0, tzinfo=ZONA)
    juego._paso({"determinar": "c1", "con": {"desde": "2020-12-01", "hasta": "2021-03-31"}})
    with juego.como() as ctx:
        fila = ctx.session.scalars(select(Cedula)).one()
        dicho = credito_calculo.aritmetica(ctx, fila)
        assert dicho["caducos"] == ["diciembre de 2020", "enero de 2021"]
        assert [p["nombre"] for p in dicho["periodos_pago"]] == ["febrero de 2021", "marzo de 2021"]


# -- duties, territory, identity -----------------------------------------------------------------------------
def test_the_auditor_of_the_act_neither_reviews_nor_signs(caso: Juego) -> None:
    caso._paso({"tarea": "elaborar_cedula", "de": "c1"})
    with caso.como() as ctx:
        suyo = ctx.session.get_one(Acto, caso.ids["a1"][1])
        pablo = ctx.session.scalars(select(Usuario.id).where(Usuario.correo.startswith("pablo.cortes"))).one()
        rosa = ctx.session.scalars(select(Usuario.id).where(Usuario.correo.startswith("rosa.medina"))).one()
        actuar(ctx, lambda c: setattr(c.session.get_one(Acto, suyo.id), "auditores", [pablo, rosa]))
    _dice(caso, "Auditaste este acto", "revisar_cedula")
    with caso.como() as ctx:
        actuar(ctx, lambda c: setattr(c.session.get_one(Acto, caso.ids["a1"][1]), "auditores", [rosa]))
    caso._paso({"tarea": "revisar_cedula", "de": "c1"})
    _dice(caso, "Auditaste este acto", "firmar_cedula")


def test_nobody_signs_outside_her_territory(caso: Juego) -> None:
    caso._paso({"tarea": "elaborar_cedula", "de": "c1"})
    caso._paso({"tarea": "revisar_cedula", "de": "c1"})
    form = {"firma": "firmada", "rubrica": {"medio": "autografa", "firmo": True}}
    with caso.como() as ctx:
        otra = ctx.session.scalar(select(Subdelegacion.id).where(Subdelegacion.clave == "1102"))
    with caso.como("rosa.medina") as ctx:
        ctx.session.get_one(Usuario, ctx.actor.usuario_id).subdelegacion_id = otra
        uno = _credito(ctx, caso)
        quien = SimpleNamespace(sujeto_tipo="credito", sujeto_id=uno.id)
        llamada = Call(SimpleNamespace(params={}), {}, None, "t", form, quien)
        with pytest.raises(NoPermitido, match="fuera del territorio"):
            credito_determinacion.firmar_cedula(ctx, llamada)
        ctx.session.rollback()
    with caso.como() as ctx:
        assert _credito(ctx, caso).estado is K.POR_FIRMAR


def test_what_goes_with_the_class_of_the_credit(caso: Juego) -> None:
    _dice(
        caso,
        "no es el de este crédito",
        "elaborar_cedula",
        con={"plantilla": "multa", "individualizacion": MULTA},
    )
    _dice(caso, "van juntos", "elaborar_cedula", con={"responsable_solidario": "Otra, S. A."})


def test_the_cedula_lists_everybody_alike(caso: Juego) -> None:
    caso._paso({"notificar_credito": "c1"})
    with caso.como() as ctx:
        papel = ctx.session.scalars(select(Documento).where(Documento.tipo == "cedula_liquidacion")).one()
        datos = papel.datos["datos"]
        assert [fila[0] for fila in datos["trabajadores"]] == [t[0] for t in fabrica.TRABAJADORES]
        assert len({len(fila) for fila in datos["trabajadores"]}) == 1
        assert datos["remedios"]
        assert datos["periodos"]
        assert datos["pasos"]
        assert "denuncia" not in str(datos).lower()


# -- the fine ----------------------------------------------------------------------------------------------
def test_one_fine_for_one_act(caso: Juego) -> None:
    caso._paso({"determinar": "m1", "clase": "multa"})
    with caso.como() as ctx:
        segundo = actuar(
            ctx,
            lambda c: (
                credito.abrir(
                    c, c.session.get_one(Acto, caso.ids["a1"][1]), ClaseCredito.MULTA, None, None
                ).id
            ),
        )
        with pytest.raises(DatoInvalido, match="sólo se impone una"):
            _guardas_cobro.g_multa_unica(ctx, ctx.session.get_one(Credito, segundo))


@pytest.mark.parametrize(
    ("fila", "dice"),
    [
        ({"porcentaje": "30"}, "el rango de la infracción"),
        ({"porcentaje": "mucho"}, "no es un número"),
        ({"porcentaje": None}, "Falta cuánto"),
        ({"infraccion": "999", "porcentaje": "50"}, "No existe la infracción"),
    ],
)
def test_a_fine_out_of_the_law_is_refused(caso: Juego, fila: dict[str, str | None], dice: str) -> None:
    caso._paso({"determinar": "m1", "clase": "multa"})
    entera = {"infraccion": "304", "gravedad": "Alta.", "antecedentes": "Ninguno.", **fila}
    datos = {"plantilla": "multa", "individualizacion": [{k: v for k, v in entera.items() if v}]}
    with pytest.raises(DomainError, match=dice):
        caso._tarea("elaborar_cedula", "m1", datos)


def test_an_earlier_fine_makes_reincidencia_and_doubles_it(caso: Juego) -> None:
    caso._paso({"determinar": "m1", "clase": "multa", "acto": "a2"})
    caso._paso({"notificar_credito": "m1"})
    with caso.como() as ctx:
        primera = ctx.session.scalars(select(Cedula).where(Cedula.multa > 0)).one()
        actuar(ctx, lambda c: setattr(_credito(c, caso, "m1"), "notificado", dt.date(2025, 6, 2)))
    caso._paso({"determinar": "m2", "clase": "multa", "acto": "a3"})
    fila = {"infraccion": "304", "gravedad": "Alta.", "antecedentes": "Una.", "porcentaje": "45"}
    caso._paso(
        {"tarea": "elaborar_cedula", "de": "m2", "con": {"plantilla": "multa", "individualizacion": [fila]}}
    )
    with caso.como() as ctx:
        segunda = credito_calculo.vigente(ctx, _credito(ctx, caso, "m2"))
        assert segunda is not None
        assert segunda.individualizacion is not None
        assert segunda.individualizacion["reincidencia"] is True
        assert _credito(ctx, caso, "m1").folio in segunda.individualizacion["antecedentes"]
        base = Decimal(segunda.individualizacion["base"])
        # 45 % of what was omitted, to the cent, twice
        assert segunda.multa == 2 * (base * Decimal("0.45")).quantize(Decimal("0.01"), ROUND_HALF_UP)
        assert primera.individualizacion is not None
        assert primera.individualizacion["reincidencia"] is False


# -- what it tells ------------------------------------------------------------------------------------------
def test_each_credit_of_an_act_has_its_life_and_the_act_hears_of_the_last(caso: Juego) -> None:
    caso._paso({"determinar": "c2", "clase": "rcv"})
    caso._paso({"pagar_credito": "c1"})
    with caso.como() as ctx:
        assert _credito(ctx, caso).estado is K.PAGADO
        assert _credito(ctx, caso, "c2").estado is K.EN_PROYECTO
        assert (
            ctx.session.scalars(select(Mensaje).where(Mensaje.nombre == "creditos_notificados")).all() == []
        )
    caso._paso({"notificar_credito": "c2"})
    with caso.como() as ctx:
        assert (
            len(ctx.session.scalars(select(Mensaje).where(Mensaje.nombre == "creditos_notificados")).all())
            == 1
        )
        acto_id = caso.ids["a1"][1]
        definidos = ctx.session.scalars(select(Mensaje).where(Mensaje.nombre == "credito_definido")).all()
        assert [(m.valor, m.datos["estado"]) for m in definidos] == [(str(acto_id), "pagado")]
    resolucion = caso.plazo("resolucion", "a1")
    assert resolucion is not None
    assert resolucion.cerrado_en is not None
    assert resolucion.vencido is False


# -- guards ------------------------------------------------------------------------------------------------
def test_what_keeps_a_credit_from_being_collected(caso: Juego) -> None:
    caso._paso({"notificar_credito": "c1"})
    with caso.como() as ctx:
        uno = _credito(ctx, caso)
        _guardas_cobro.g_no_cobro(ctx, uno)
        actuar(ctx, lambda c: credito_defensa.interponer(c, _credito(c, caso), "suspende"))
        with pytest.raises(NoPermitido, match="recurso de inconformidad"):
            _guardas_cobro.g_no_cobro(ctx, _credito(ctx, caso))
        actuar(ctx, lambda c: credito_defensa.resolver(c, _credito(c, caso), "confirma"))
        # Ten days to pay or guarantee after it is lost (CFF 144).
        with pytest.raises(NoPermitido, match="pagarse o garantizarse hasta"):
            _guardas_cobro.g_no_cobro(ctx, _credito(ctx, caso))
        actuar(ctx, lambda c: plazo.cerrar(c, de_credito(_credito(c, caso)), "inconf_garantia", vencido=True))
        _guardas_cobro.g_no_cobro(ctx, _credito(ctx, caso))
        actuar(ctx, lambda c: credito_defensa.garantizar(c, _credito(c, caso), False))
        _guardas_cobro.g_no_cobro(ctx, _credito(ctx, caso))
        actuar(ctx, lambda c: credito_defensa.garantizar(c, _credito(c, caso), True))
        with pytest.raises(NoPermitido, match="garantizado"):
            _guardas_cobro.g_no_cobro(ctx, _credito(ctx, caso))


def test_a_guaranteed_and_challenged_credit_is_apart_in_the_order(caso: Juego) -> None:
    caso._paso({"notificar_credito": "c1"})
    with caso.como() as ctx:
        actuar(ctx, lambda c: credito_defensa.garantizar(c, _credito(c, caso), True))
        assert _guardas_cobro.g_pago_aparte(ctx, [_credito(ctx, caso)]) == [_credito(ctx, caso)]
        actuar(ctx, lambda c: credito_defensa.interponer(c, _credito(c, caso), "suspende_con_garantia"))
        assert _guardas_cobro.g_pago_aparte(ctx, [_credito(ctx, caso)]) == []


def test_five_years_after_it_was_due_the_debt_is_extinct(caso: Juego) -> None:
    caso._paso({"notificar_credito": "c1"})
    caso._paso({"vencer": "pago_credito", "de": "c1"})
    prescribe = caso.plazo("prescripcion", "c1")
    assert prescribe is not None
    assert prescribe.vence == dt.date(2031, 4, 6)
    caso.obra.ahora = dt.datetime(2031, 4, 7, 9, 0, tzinfo=ZONA)
    with caso.como() as ctx, pytest.raises(NoPermitido, match="prescribió el domingo 6 de abril de 2031"):
        _guardas_cobro.g_no_cobro(ctx, _credito(ctx, caso))


def test_a_substitute_keeps_what_suspended_the_power_to_determine(caso: Juego) -> None:
    caso._paso({"notificar_credito": "c1"})
    caso._paso({"reloj": "2026-03-27T10:00"})
    caso._paso({"suceder": "defensa_interpuesta", "de": "c1", "con": {"defensa_id": 1, "efecto": "suspende"}})
    caso._paso({"reloj": "2026-06-27T10:00"})
    caso._paso({"suceder": "defensa_resuelta", "de": "c1", "con": {"defensa_id": 1, "sentido": "repone"}})
    caso._paso({"otro_credito": "c2", "de": "c1"})
    antes, despues = caso.plazo("caducidad", "c1"), caso.plazo("caducidad", "c2")
    assert antes is not None
    assert despues is not None
    assert antes.desde == despues.desde
    assert despues.vence > antes.vence


def test_a_credit_that_ends_before_it_begins_is_refused(caso: Juego) -> None:
    with caso.como() as ctx, pytest.raises(DatoInvalido, match="termina antes de empezar"):
        credito.abrir(
            ctx,
            ctx.session.get_one(Acto, caso.ids["a1"][1]),
            ClaseCredito.COP,
            dt.date(2025, 2, 1),
            dt.date(2025, 1, 1),
        )


def test_the_terms_of_a_credit_are_its_own(caso: Juego) -> None:
    caso._paso({"notificar_credito": "c1"})
    with caso.como() as ctx:
        claves = set(plazo.abiertos(ctx, de_credito(_credito(ctx, caso))))
        assert claves == {"pago_credito", "aclaracion", "inconformidad", "juicio_tfja"}
        assert ConceptoCredito.MULTA not in set(
            ctx.session.scalars(
                select(AsientoCredito.concepto).where(AsientoCredito.credito_id == caso.ids["c1"][1])
            )
        )


# -- the days of every remedy run out -------------------------------------------------------------------
def _resolver_tarde(caso: Juego) -> None:
    """The Institute refuses the aclaración when the days to sue are over: the inconformidad opens again."""
    caso._paso({"vencer": "aclaracion_resol", "de": "c1"})
    caso._paso({"reloj": "2026-04-28T09:00"})
    caso._paso({"vigilar": "c1"})
    assert _vence(caso, "juicio_tfja").vencido
    no = {"aclaracion": "improcedente", "motivo": "No hay error (LSS 39 D)."}
    caso._paso({"tarea": "resolver_aclaracion", "de": "c1", "con": no})
    caso._paso({"reloj": "2026-04-28T12:00"})
    caso._paso({"tarea": "practicar_diligencia", "de": "c1", "con": {"fecha_hora": "2026-04-28T10:00"}})
    caso._paso({"vencer": "surte_efectos", "de": "c1"})


def _vence(caso: Juego, clave: str) -> Plazo:
    hallado = caso.plazo(clave, "c1")
    assert hallado is not None
    return hallado


def test_the_last_remedy_tells_that_it_is_firm_whichever_it_is(caso: Juego) -> None:
    """After an aclaración the inconformidad may end later than the days to sue (RACERF 151-VII)."""
    caso._paso({"notificar_credito": "c1"})
    caso._paso({"reloj": "2026-03-20T10:00"})
    caso._paso({"suceder": "promocion_aclaracion", "de": "c1", "con": {"promocion_id": 1}})
    _resolver_tarde(caso)
    caso._paso({"vigilar": "c1"})
    caso._paso({"espera": {"fin": {"c1": "exigible"}}})
    caso._paso({"ver_credito": "c1", "con": {"definido": []}})
    caso.obra.ahora = _vence(caso, "inconformidad").dispara_en
    for _ in range(2):
        caso._paso({"vigilar": "c1"})
        caso._paso({"ver_credito": "c1", "con": {"definido": ["firme"]}})


def test_remedies_that_ran_out_together_are_told_once(caso: Juego) -> None:
    """The watch did not look for months: both terms are attended in one round."""
    caso._paso({"notificar_credito": "c1"})
    caso._paso({"vencer": "pago_credito", "de": "c1"})
    caso._paso({"reloj": "2026-08-03T10:00"})
    caso._paso({"vigilar": "c1"})
    caso._paso({"ver_credito": "c1", "con": {"definido": ["firme"]}})
    with caso.como() as ctx:
        assert not set(credito_plazos.DEFENSA) & set(plazo.abiertos(ctx, de_credito(_credito(ctx, caso))))


def test_a_guarantee_judged_within_an_aclaracion_is_collected_all_the_same(caso: Juego) -> None:
    """Its state could not say that it was guaranteed; nobody defends it, and the guarantee is due."""
    caso._paso({"notificar_credito": "c1"})
    caso._paso({"reloj": "2026-03-20T10:00"})
    caso._paso({"suceder": "promocion_aclaracion", "de": "c1", "con": {"promocion_id": 1}})
    garantia = {"garantia_id": 1, "suficiente": True}
    caso._paso({"suceder": "garantia_calificada", "de": "c1", "con": garantia})
    _resolver_tarde(caso)
    caso._paso({"espera": {"estado": {"c1": "garantizado_vigente"}, "abiertas": {"c1": []}}})
    caso.obra.ahora = _vence(caso, "inconformidad").dispara_en
    caso._paso({"vigilar": "c1"})
    _cobrar_garantia(caso)


def _cobrar_garantia(caso: Juego) -> None:
    caso._paso({"espera": {"abiertas": {"c1": ["cobrar_garantia"]}}})
    hoy = caso.obra.ahora.date().isoformat()
    cobro = {"gestion": "aplicar_deposito", "fecha": hoy, "garantia": "cobrada", "cobrado": "90000.00"}
    caso._paso({"tarea": "cobrar_garantia", "de": "c1", "con": cobro})
    caso._paso({"espera": {"fin": {"c1": "garantizado"}, "estado": {"c1": "garantizado"}}})


def test_the_guarantee_of_a_broken_agreement_is_collected(caso: Juego) -> None:
    """The days to sue ended while the agreement lived: what holds the credit ends with it."""
    caso._paso({"notificar_credito": "c1"})
    caso._paso({"reloj": "2026-03-20T10:00"})
    garantia = {"garantia_id": 1, "suficiente": True}
    caso._paso({"suceder": "garantia_calificada", "de": "c1", "con": garantia})
    convenio = {"convenio_id": 1, "desenlace": "autorizado"}
    caso._paso({"suceder": "convenio_autorizado", "de": "c1", "con": convenio})
    caso._paso({"reloj": "2026-06-01T10:00"})
    caso._paso({"vigilar": "c1"})
    caso._paso({"espera": {"estado": {"c1": "en_convenio"}, "abiertas": {"c1": []}}})
    convenio = {"convenio_id": 1, "desenlace": "incumplido"}
    caso._paso({"suceder": "convenio_concluido", "de": "c1", "con": convenio})
    _cobrar_garantia(caso)
