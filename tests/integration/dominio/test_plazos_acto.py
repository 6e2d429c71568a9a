"""The ledger of an act: each ground stops its own terms up to its cap, several at once, and a term is lengthened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import select

from models.acto import EstadoActo
from models.documento import Documento, OrigenDocumento
from models.plazo import MovimientoPlazo, Plazo, Suspension, TipoMovimiento
from tests.integration.dominio.apoyo import Juego, acto, actuar
from workflow.actions import calendario
from workflow.actions import plazo as acciones
from workflow.context import Ctx
from workflow.errors import DatoInvalido, NoEncontrado
from workflow.operations import plazo
from workflow.operations.calendario_fechas import Dia
from workflow.operations.sujeto import Sujeto, de_acto

D = dt.date.fromisoformat
INICIO = D("2026-03-02")
ANONIMA = {"nombre": None, "primer_apellido": None, "curp": None, "nss": None}


@pytest.fixture
def visita(juego: Juego) -> Sujeto:
    """An act notified on 2 March 2026, with the terms that run from there."""
    juego._presentar("d1", ANONIMA)
    with juego.como() as ctx:

        def abrir(ctx: Ctx) -> Sujeto:
            sujeto = de_acto(acto(ctx, EstadoActo.EN_DESAHOGO))
            plazo.abrir(ctx, sujeto, "visita_max", desde=INICIO)
            plazo.abrir(ctx, sujeto, "caducidad", desde=INICIO)
            plazo.abrir(ctx, sujeto, "preventivo_visita", desde=INICIO)
            return sujeto

        return actuar(ctx, abrir)  # type: ignore[no-any-return]


@contextmanager
def a(juego: Juego, dia: str, quien: str | None = None) -> Iterator[Ctx]:
    with juego.como(quien) as ctx:
        ctx.now = dt.datetime.fromisoformat(f"{dia}T18:00+00:00")
        yield ctx


def vence(juego: Juego, sujeto: Sujeto, clave: str = "visita_max") -> tuple[dt.date, bool]:
    """The last day in the row, and whether the timer has an instant."""
    with juego.como() as ctx:
        fila = plazo.abiertos(ctx, sujeto)[clave]
        return fila.vence, fila.dispara_en < plazo.NUNCA


def movimientos(juego: Juego, clave: str, tipo: TipoMovimiento) -> list[MovimientoPlazo]:
    with juego.como() as ctx:
        consulta = (
            select(MovimientoPlazo)
            .join(Plazo)
            .where(Plazo.clave == clave, Plazo.sujeto_tipo == "acto", MovimientoPlazo.tipo == tipo)
        )
        return list(ctx.session.scalars(consulta.order_by(MovimientoPlazo.id)))


def suspender(juego: Juego, sujeto: Sujeto, causal: str, desde: str, **mas: int) -> None:
    with a(juego, "2026-11-20") as ctx:
        actuar(ctx, plazo.suspender, sujeto, causal, "Oficio 1", D(desde), **mas)


def reanudar(juego: Juego, sujeto: Sujeto, hasta: str, cual: int | None = None) -> None:
    with a(juego, "2026-11-20") as ctx:
        actuar(ctx, plazo.reanudar, sujeto, D(hasta), cual)


def test_con_tope_el_plazo_tiene_fecha_aunque_nadie_la_levante(juego: Juego, visita: Sujeto) -> None:
    suspender(juego, visita, "requerimiento", "2026-04-01")
    with juego.como() as ctx:
        fila = ctx.session.scalars(select(Suspension)).one()
        assert (fila.tope, fila.detiene_tareas, fila.hasta) == (D("2026-09-30"), False, None)
    # 183 days: from 1 April to 30 September.
    assert vence(juego, visita) == (D("2027-09-01"), True)
    # What the ground does not stop neither moves nor says so; what the administrator fixes stops with it.
    assert vence(juego, visita, "caducidad") == (D("2031-03-02"), True)
    assert movimientos(juego, "caducidad", TipoMovimiento.SUSPENSION) == []
    # Time passes beyond the cap: nothing to do, nothing to write.
    with a(juego, "2026-12-01") as ctx:
        actuar(ctx, plazo.recalcular_calendario, visita, "Nada", "Nada")
    assert vence(juego, visita) == (D("2027-09-01"), True)
    # Lifted early it gives back what it did not use; lifted late, it had stopped counting.
    reanudar(juego, visita, "2026-04-10")
    assert vence(juego, visita) == (D("2027-03-12"), True)
    (entrada,) = movimientos(juego, "visita_max", TipoMovimiento.REANUDACION)
    assert entrada.derivacion[0]["que"] == "Vuelve a correr"
    assert "hasta el viernes 10 de abril de 2026" in entrada.derivacion[0]["de_que"]
    assert (entrada.vence_antes, entrada.vence) == (D("2027-09-01"), D("2027-03-12"))


def test_levantada_despues_de_su_tope_no_cuenta_mas(juego: Juego, visita: Sujeto) -> None:
    suspender(juego, visita, "reposicion", "2026-04-01")
    reanudar(juego, visita, "2026-11-01")
    assert vence(juego, visita) == (D("2027-05-02"), True)  # 61 days: to 31 May


def test_sin_tope_nadie_sabe_la_fecha_y_la_que_tenia_se_conserva(juego: Juego, visita: Sujeto) -> None:
    suspender(juego, visita, "huelga", "2026-05-01")
    assert vence(juego, visita) == (D("2027-03-02"), False)
    # The row is not stale: dated again on any day it says the same, and a calendar change moves nothing of it.
    with a(juego, "2026-12-15") as ctx:
        fila = plazo.abiertos(ctx, visita)["visita_max"]
        plazo.fechar(ctx, fila)
        assert fila.vence == plazo.venceria(ctx, fila) == D("2027-03-02")
        cuenta = plazo.contar(ctx, fila, al=ctx.hoy)
        assert cuenta is not None
        assert cuenta.sin_fecha
        assert cuenta.resultado.vence == D("2027-10-17")  # 229 days, were it lifted today
        ctx.session.rollback()
    reanudar(juego, visita, "2026-06-09")
    assert vence(juego, visita) == (D("2027-04-11"), True)


def test_varias_pausas_a_la_vez_de_causas_distintas(juego: Juego, visita: Sujeto) -> None:
    suspender(juego, visita, "huelga", "2026-05-01")
    suspender(juego, visita, "requerimiento", "2026-05-20")
    with pytest.raises(DatoInvalido, match="ya está en pausa por esa causa"):
        suspender(juego, visita, "huelga", "2026-06-01")
    with pytest.raises(DatoInvalido, match="varias pausas"):
        reanudar(juego, visita, "2026-06-10")
    with juego.como() as ctx:
        huelga, requerimiento = plazo.suspendidas(ctx, visita)
        assert (huelga.causal, requerimiento.causal) == ("huelga", "requerimiento")  # who holds tasks first
        assert plazo.suspendido(ctx, visita) is huelga
    reanudar(juego, visita, "2026-05-31", huelga.id)
    # 31 days of strike, then the request up to its cap, 19 November.
    assert vence(juego, visita) == (D("2027-03-02") + dt.timedelta(days=31 + 172), True)
    with pytest.raises(DatoInvalido, match="ya terminó"):
        reanudar(juego, visita, "2026-06-10", huelga.id)
    with pytest.raises(DatoInvalido, match="antes de haber empezado"):
        reanudar(juego, visita, "2026-05-19")
    reanudar(juego, visita, "2026-06-10")
    assert vence(juego, visita)[0] == D("2027-03-02") + dt.timedelta(days=31 + 10)
    with pytest.raises(DatoInvalido, match="no está en pausa"):
        reanudar(juego, visita, "2026-06-10")


def test_la_suma_de_los_requerimientos_se_agota(juego: Juego, visita: Sujeto) -> None:
    with a(juego, "2027-06-01") as ctx:
        actuar(ctx, plazo.suspender, visita, "requerimiento", "Uno", D("2026-03-10"))
        # Another request while the first is past its cap, on 9 September.
        actuar(ctx, plazo.suspender, visita, "requerimiento", "Dos", D("2026-09-20"))
        uno, dos = plazo.suspendidas(ctx, visita)
        assert (uno.tope, dos.tope) == (D("2026-09-09"), D("2027-03-19"))
        # 184 and 181: the whole year.
        assert plazo.abiertos(ctx, visita)["visita_max"].vence == D("2028-03-01")
        with pytest.raises(DatoInvalido, match="se agotó el tiempo"):
            actuar(ctx, plazo.suspender, visita, "requerimiento", "Tres", D("2027-04-01"))
        # The first ended much earlier: there is room again, and the second keeps its own six months.
        actuar(ctx, plazo.reanudar, visita, D("2026-03-31"), uno.id)
        tres = actuar(ctx, plazo.suspender, visita, "requerimiento", "Tres", D("2027-04-01"))
        assert tres.tope == D("2027-09-09")  # 365 - 22 - 181 = 162 days
        assert plazo.abiertos(ctx, visita)["visita_max"].vence == D("2028-03-01")


def test_la_resolucion_solo_por_su_lista(juego: Juego, visita: Sujeto) -> None:
    with a(juego, "2026-11-20") as ctx:
        actuar(ctx, plazo.abrir, visita, "resolucion", desde=D("2026-10-01"))
    suspender(juego, visita, "fuerza_mayor", "2026-10-10")
    assert vence(juego, visita, "resolucion") == (D("2027-04-01"), True)
    assert vence(juego, visita)[1] is False
    suspender(juego, visita, "medio_defensa_final", "2026-11-01")
    assert vence(juego, visita, "resolucion") == (D("2027-04-01"), False)
    with juego.como() as ctx:
        medio = next(una for una in plazo.suspendidas(ctx, visita) if una.causal == "medio_defensa_final")
    reanudar(juego, visita, "2026-11-10", medio.id)
    assert vence(juego, visita, "resolucion") == (D("2027-04-11"), True)
    assert movimientos(juego, "caducidad", TipoMovimiento.SUSPENSION) == []


def test_la_prueba_y_la_causa_quedan_en_el_libro(juego: Juego, visita: Sujeto) -> None:
    with juego.como() as ctx:

        def anexar(ctx: Ctx, expediente_id: int) -> int:
            fila = Documento(
                folio=None,
                tipo="anexo",
                titulo="Emplazamiento a huelga",
                origen=OrigenDocumento.INTERNO,
                sujeto_tipo="acto",
                sujeto_id=visita.id,
                expediente_id=expediente_id,
                nombre="emplazamiento.pdf",
                mime="application/pdf",
                emitido_en=ctx.now,
            )
            ctx.session.add(fila)
            ctx.session.flush()
            return fila.id

        prueba = actuar(ctx, anexar, visita.expediente_id)
    with pytest.raises(DatoInvalido, match="no es de este expediente"):
        suspender(juego, visita, "huelga", "2026-05-01", evidencia_id=prueba + 1)
    suspender(juego, visita, "huelga", "2026-05-01", evidencia_id=prueba)
    (entrada,) = movimientos(juego, "visita_max", TipoMovimiento.SUSPENSION)
    assert entrada.motivo == f"Huelga en la empresa. Prueba: documento {prueba}."
    assert entrada.derivacion[0] == {
        "que": "Se detiene",
        "de_que": f"Huelga en la empresa, desde el viernes 1 de mayo de 2026; prueba: documento {prueba}",
        "articulo": "Oficio 1",
        "fechas": [],
    }
    with juego.como() as ctx:
        assert ctx.session.scalars(select(Suspension.evidencia_id)).one() == prueba


def test_ampliar_una_vez_mientras_corre(juego: Juego, visita: Sujeto) -> None:
    with a(juego, "2026-10-22") as ctx:
        actuar(ctx, plazo.abrir, visita, "ultima_parcial", desde=D("2026-10-22"))
    assert vence(juego, visita, "ultima_parcial")[0] == D("2026-11-20")
    with a(juego, "2026-11-21") as ctx, pytest.raises(DatoInvalido, match="venció el viernes 20"):
        actuar(ctx, plazo.ampliar, visita, "ultima_parcial", "ultima_parcial_amp", "Dos ejercicios")
    with a(juego, "2026-11-20") as ctx:
        with pytest.raises(DatoInvalido, match="no se amplía así"):
            actuar(ctx, plazo.ampliar, visita, "ultima_parcial", "doc_15_amp", "Dos ejercicios")
        with pytest.raises(DatoInvalido, match="ya no corre"):
            actuar(ctx, plazo.ampliar, visita, "doc_6", "doc_15_amp", "Difícil")
        assert plazo.ampliables("ultima_parcial") == ("ultima_parcial_amp",)
        actuar(ctx, plazo.ampliar, visita, "ultima_parcial", "ultima_parcial_amp", "Dos ejercicios")
        with pytest.raises(DatoInvalido, match="ya se amplió"):
            actuar(ctx, plazo.ampliar, visita, "ultima_parcial", "ultima_parcial_amp", "Otra vez")
    assert vence(juego, visita, "ultima_parcial") == (D("2026-12-11"), True)
    (entrada,) = movimientos(juego, "ultima_parcial", TipoMovimiento.PRORROGA)
    assert (entrada.vence_antes, entrada.vence) == (D("2026-11-20"), D("2026-12-11"))
    assert (entrada.motivo, entrada.cita) == ("Dos ejercicios", "CFF 46-IV")
    pasos = [paso["que"] for paso in entrada.derivacion]
    assert "Día 20" in pasos
    assert pasos.index("Día 20") < pasos.index("Se amplía 15 días hábiles") < pasos.index("Día 15")


def test_ampliacion_pausa_y_calendario_en_el_mismo_caso(juego: Juego, visita: Sujeto) -> None:
    """Saved and loaded again between every two steps, and dated again by a new día inhábil."""
    with a(juego, "2026-10-22") as ctx:
        actuar(ctx, plazo.abrir, visita, "ultima_parcial", desde=D("2026-10-22"))
    with a(juego, "2026-11-10") as ctx:
        actuar(ctx, plazo.ampliar, visita, "ultima_parcial", "ultima_parcial_amp", "Dos ejercicios")
    suspender(juego, visita, "fuerza_mayor", "2026-11-04")
    assert vence(juego, visita, "ultima_parcial") == (D("2026-12-11"), False)
    reanudar(juego, visita, "2026-11-05")
    assert vence(juego, visita, "ultima_parcial") == (D("2026-12-15"), True)
    # A pause in the fifteen days counts too.
    suspender(juego, visita, "requerimiento", "2026-11-30")
    assert vence(juego, visita, "ultima_parcial") == (D("2026-12-15"), True)  # a request does not stop it
    juego.obra.ahora = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
    with juego.como("admin") as ctx:
        calendario.agregar(ctx, [Dia(D("2026-12-02"), visita.subdelegacion_id, "Inundación", "Acuerdo 1")])
    assert vence(juego, visita, "ultima_parcial") == (D("2026-12-16"), True)
    assert len(movimientos(juego, "ultima_parcial", TipoMovimiento.CALENDARIO)) == 1
    with juego.como() as ctx:
        fila = plazo.abiertos(ctx, visita)["ultima_parcial"]
        assert (fila.ampliado_por, plazo.venceria(ctx, fila)) == ("ultima_parcial_amp", D("2026-12-16"))
        cuenta = plazo.contar(ctx, fila)
        assert cuenta is not None
        assert cuenta.resultado.dias[-1].numero == 35


def test_un_plazo_anterior_a_la_lista_de_inhabiles_se_fecha(juego: Juego, visita: Sujeto) -> None:
    with juego.como() as ctx:
        for dia, ultimo in (("1999-05-31", "2004-05-31"), ("2000-02-29", "2005-02-28")):
            fila = actuar(ctx, plazo.abrir, visita, "antig_denuncia", desde=D(dia))
            assert fila.vence == D(ultimo)
        assert actuar(ctx, plazo.abrir, visita, "sesion_fecha", instante=ctx.now).unidad == "instante"
        fija = plazo.abiertos(ctx, visita)["sesion_fecha"]
        assert plazo.contar(ctx, fija) is None
        assert plazo.venceria(ctx, fija) == fija.vence


def test_las_acciones_son_de_la_jefatura(juego: Juego, visita: Sujeto) -> None:
    with a(juego, "2026-05-10", "ana.trejo") as ctx, pytest.raises(NoEncontrado):
        acciones.ampliar(ctx, "acto", visita.id, "doc_6", "doc_15_amp", "Difícil de obtener")
    with a(juego, "2026-05-10", "jose.cazares") as ctx:
        actuar(ctx, plazo.cerrar, visita, "preventivo_visita")
        with pytest.raises(DatoInvalido, match="no detiene ninguno"):
            acciones.suspender(ctx, "acto", visita.id, "aclaracion", "", D("2026-05-01"))
        # Captured on 2 March with terms from that day: not before.
        with pytest.raises(DatoInvalido, match="antes que los plazos"):
            acciones.suspender(ctx, "acto", visita.id, "requerimiento", "", D("2026-03-01"))
        acciones.suspender(ctx, "acto", visita.id, "requerimiento", "", D("2026-05-01"))
        acciones.suspender(ctx, "acto", visita.id, "huelga", "", D("2026-05-02"))
        huelga, pedido = plazo.suspendidas(ctx, visita)
        assert pedido.cita == "CFF 46-A, fracción IV"
        acciones.reanudar(ctx, "acto", visita.id, D("2026-05-03"), huelga.id)
        actuar(ctx, plazo.abrir, visita, "doc_6")
        for motivo in (" ", "x" * 301):
            with pytest.raises(DatoInvalido) as error:
                acciones.ampliar(ctx, "acto", visita.id, "doc_6", "doc_15_amp", motivo)
            assert set(error.value.campos) == {"motivo"}
        acciones.ampliar(ctx, "acto", visita.id, "doc_6", "doc_15_amp", " Difícil de obtener ")
        assert plazo.abiertos(ctx, visita)["doc_6"].ampliado_por == "doc_15_amp"
    (entrada,) = movimientos(juego, "doc_6", TipoMovimiento.PRORROGA)
    assert entrada.motivo == "Difícil de obtener"
