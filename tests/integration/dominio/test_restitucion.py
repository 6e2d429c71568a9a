"""Promised, determined, recognised: the case of each denouncer closes when what was determined is on her record."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DatabaseError

from models.credito import Credito, EstadoCredito, TrabajadorDeterminado
from models.denuncia import EstadoDenuncia
from models.documento import Documento
from models.proceso import Mensaje
from models.restitucion import EtapaRestitucion, Restitucion
from tests.integration.dominio.apoyo import Juego, actuar, concluir, quedar_firme
from workflow.actions import restitucion as acciones
from workflow.errors import DatoInvalido, NoEncontrado
from workflow.operations import plazo, restitucion
from workflow.operations.sujeto import de_credito
from workflow.queries import buzon
from workflow.queries import restitucion as consultas

NSS = {"d1": "12345678903", "d2": "23456789014", "d3": "34567890125"}
OTRA = "45678901236"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
DESDE, HASTA = dt.date(2024, 2, 12), dt.date(2026, 1, 31)
MODIFICA = {
    "tipo": "modificacion",
    "fecha": "2024-02-12",
    "salario": "520.00",
    "periodo": {"desde": "2024-02-12", "hasta": "2026-01-31"},
    "fundamento": "resolucion",
}


def _en_acto(juego: Juego, *denuncias: str) -> None:
    """The denuncias in one act that determined them and another worker, with a credit just served."""
    primera, *demas = denuncias
    juego._hasta("propuesta", primera, presentar={"nss": NSS[primera]})
    for de in demas:
        juego._hasta("analisis", de, presentar={"nss": NSS[de], "curp": None})
        juego._tarea("analizar_denuncia", de)
        juego._tarea("revisar_propuesta", de, {"destino": "ampliada", "propuesta": f"@propuesta {primera}"})
    juego._tarea("completar_ficha", primera)
    juego._tarea("validar_propuesta", primera)
    juego._sesionar("s1", [primera])
    juego._tarea("designar_auditor", primera)
    acto_id = juego.valor(f"@acto {primera}")
    with juego.como() as ctx:
        actuar(ctx, _determinar, acto_id, [*(NSS[d] for d in denuncias), OTRA])
    concluir(juego, primera, "determinado")


def _determinar(ctx: Any, acto_id: int, nss: list[str]) -> None:
    ctx.session.add_all(
        TrabajadorDeterminado(
            acto_id=acto_id,
            nss=uno,
            nombre=f"Trabajadora {n}",
            desde=DESDE,
            hasta=HASTA,
            sbc_comprobado=Decimal("520.00"),
            sbc_registrado=Decimal("315.04"),
        )
        for n, uno in enumerate(nss)
    )


def _restituir(juego: Juego, de: str, **con: Any) -> None:
    juego._tarea("restituir_derechos", de, {"movimientos": [MODIFICA], "semanas_reconocidas": 103, **con})


def _estado(juego: Juego, de: str) -> EstadoDenuncia:
    with juego.como() as ctx:
        return juego.denuncia(ctx, de).estado


def _acto_id(juego: Juego) -> int:
    return int(juego.valor("@acto d1"))


def _papel(juego: Juego, quien: str = "julia.nieto") -> int:
    acto_id = _acto_id(juego)
    with juego.como(quien) as ctx:
        return acciones.guardar(ctx, acto_id, "movimientos.pdf", PDF)


def _acreditar(juego: Juego, nss: str, quien: str = "julia.nieto", **con: Any) -> None:
    movimiento = {**MODIFICA, "fundamento": con.pop("fundamento", "aviso_patronal")}
    datos = {
        "movimientos": [movimiento],
        "semanas_reconocidas": 103,
        "evidencia": [_papel(juego, quien)],
        "completa": True,
        **con,
    }
    acto_id = _acto_id(juego)
    with juego.como(quien) as ctx:
        consulta = select(TrabajadorDeterminado.id).where(TrabajadorDeterminado.nss == nss)
        trabajador = ctx.session.scalars(consulta).first() or 0
        acciones.acreditar(ctx, acto_id, trabajador, datos)


def _libro(juego: Juego, de: str = "d1") -> restitucion.Libro:
    with juego.como() as ctx:
        return restitucion.libro(ctx, juego.denuncia(ctx, de))


def test_tres_denunciantes_cada_una_a_su_tiempo(juego: Juego) -> None:
    _en_acto(juego, "d1", "d2", "d3")
    assert {de: _estado(juego, de) for de in NSS} == dict.fromkeys(NSS, EstadoDenuncia.POR_RESTITUIR)
    # d1: by the aviso of the employer, before the credit is firm.
    _acreditar(juego, NSS["d1"])
    assert [_estado(juego, de) for de in NSS] == [
        EstadoDenuncia.RESTITUIDA,
        EstadoDenuncia.POR_RESTITUIR,
        EstadoDenuncia.POR_RESTITUIR,
    ]
    quedar_firme(juego, "d1")
    # d2: her own task, in two steps.
    mitad = {**MODIFICA, "periodo": {"desde": "2024-02-12", "hasta": "2024-12-31"}}
    _restituir(juego, "d2", movimientos=[mitad], semanas_reconocidas=46, completa=False)
    assert _estado(juego, "d2") is EstadoDenuncia.POR_RESTITUIR
    libro = _libro(juego, "d2")
    assert [(t.desde, t.hasta) for t in libro.faltan] == [(dt.date(2025, 1, 1), HASTA)]
    assert libro.reconocida is not None
    assert libro.reconocida.semanas == 46
    resto = {**MODIFICA, "periodo": {"desde": "2025-01-01", "hasta": "2026-01-31"}, "fecha": "2025-01-01"}
    _restituir(juego, "d2", movimientos=[resto], semanas_reconocidas=57)
    assert [_estado(juego, de) for de in NSS] == [
        EstadoDenuncia.RESTITUIDA,
        EstadoDenuncia.RESTITUIDA,
        EstadoDenuncia.POR_RESTITUIR,
    ]
    _restituir(juego, "d3")
    assert _estado(juego, "d3") is EstadoDenuncia.RESTITUIDA
    with juego.como("julia.nieto") as ctx:
        (pendiente,) = consultas.por_restituir(ctx)
        assert (pendiente.personas, pendiente.listas) == (4, 3)
    _acreditar(juego, OTRA, fundamento="resolucion")
    acto_id = _acto_id(juego)
    with juego.como("julia.nieto") as ctx:
        assert consultas.por_restituir(ctx) == []
        _, lista = consultas.para_restituir(ctx, acto_id)
        assert [p.libro.completa for p in lista.personas] == [True] * 4
        # What was asked would tell who denounced.
        assert {p.libro.prometida for p in lista.personas} == {None}


def test_nada_une_la_denuncia_con_su_nss(juego: Juego) -> None:
    _en_acto(juego, "d1")
    _acreditar(juego, NSS["d1"])
    _acreditar(juego, OTRA)
    with juego.como() as ctx:
        filas = ctx.session.scalars(select(Restitucion).order_by(Restitucion.id)).all()
        assert [(f.etapa.value, f.denuncia_id is None, f.nss) for f in filas] == [
            ("prometida", False, None),
            ("determinada", False, None),
            ("reconocida", False, None),
            ("reconocida", True, OTRA),
        ]
        enviado = ctx.session.scalars(select(Mensaje).where(Mensaje.nombre == "derecho_restituido")).one()
        assert enviado.datos["restitucion_id"] == filas[2].id
        constancia = ctx.session.scalars(
            select(Documento).where(Documento.tipo == "constancia_restitucion")
        ).one()
        assert constancia.para_denunciante
        assert constancia.datos is not None
        etapas = [(e["nombre"], e["semanas"]) for e in constancia.datos["datos"]["libro"]]
        assert etapas[1:] == [("Lo que se comprobó", 103), ("Lo que ya está en tu cuenta", 103)]
        assert NSS["d1"] not in str(constancia.datos)


@pytest.mark.una_base("sqlite")
def test_no_cierra_mientras_falte(juego: Juego) -> None:
    _en_acto(juego, "d1")
    quedar_firme(juego, "d1")
    poco = {**MODIFICA, "salario": "457.14"}
    with pytest.raises(DatoInvalido) as e:
        _restituir(juego, "d1", movimientos=[poco])
    assert "520.00 diarios" in e.value.campos["completa"]
    _restituir(juego, "d1", movimientos=[poco], completa=False)
    assert _estado(juego, "d1") is EstadoDenuncia.POR_RESTITUIR
    _restituir(juego, "d1", semanas_reconocidas=0)
    assert _estado(juego, "d1") is EstadoDenuncia.RESTITUIDA


@pytest.mark.una_base("sqlite")
@pytest.mark.parametrize(
    ("cambia", "campo", "dice"),
    [
        ({"salario": "315.03"}, "movimientos.0.salario", "315.04"),
        ({"periodo": {"desde": "2023-12-01", "hasta": "2024-03-01"}}, "movimientos.0.periodo", "2024"),
        ({"semanas_reconocidas": 104}, "semanas_reconocidas", "103 semanas como máximo"),
        ({"fecha": "2030-01-01"}, "movimientos.0.fecha", "todavía no llega"),
    ],
)
def test_lo_que_no_puede_ser_se_dice(juego: Juego, cambia: dict[str, Any], campo: str, dice: str) -> None:
    _en_acto(juego, "d1")
    quedar_firme(juego, "d1")
    con = {"semanas_reconocidas": cambia.pop("semanas_reconocidas", 1)}
    with pytest.raises(DatoInvalido) as e:
        _restituir(juego, "d1", movimientos=[{**MODIFICA, **cambia}], **con)
    assert dice in e.value.campos[campo]


@pytest.mark.una_base("sqlite")
def test_no_procede_mientras_se_pueda_combatir(juego: Juego) -> None:
    _en_acto(juego, "d1")
    acto_id = _acto_id(juego)
    with juego.como() as ctx:
        assert restitucion.situacion(ctx, acto_id) == "pendiente"
        credito = ctx.session.scalars(select(Credito)).one()
        for estado, debe in (
            (EstadoCredito.FIRME, "procede"),
            (EstadoCredito.GARANTIZADO_VIGENTE, "pendiente"),
            (EstadoCredito.EN_CONVENIO, "procede"),
            (EstadoCredito.SIN_EFECTOS, "improcedente"),
            (EstadoCredito.CANCELADO, "procede"),
        ):
            credito.estado = estado
            assert restitucion.situacion(ctx, acto_id) == debe, estado
        credito.estado = EstadoCredito.EXIGIBLE
        plazo.abrir(ctx, de_credito(credito), "juicio_tfja", desde=ctx.hoy)
        assert restitucion.situacion(ctx, acto_id) == "pendiente"
        ctx.session.rollback()
    with pytest.raises(DatoInvalido, match="combatir"):
        _acreditar(juego, OTRA, fundamento="resolucion")


@pytest.mark.una_base("sqlite")
def test_el_formulario_propone_lo_que_falta(juego: Juego) -> None:
    _en_acto(juego, "d1")
    with juego.como() as ctx:
        datos = consultas.propuesta(ctx, restitucion.libro(ctx, juego.denuncia(ctx)))
    assert datos == {"movimientos": [MODIFICA], "semanas_reconocidas": 103}
    assert _libro(juego).prometida is not None


@pytest.mark.una_base("sqlite")
def test_sin_acto_que_la_pruebe_propone_lo_que_pidio(juego: Juego) -> None:
    juego._hasta("validada", "d1")
    juego._sesionar("s1", ["d1"])
    juego._tarea("designar_auditor", "d1")
    concluir(juego, "d1", "corregido")
    with juego.como() as ctx:
        datos = consultas.propuesta(ctx, restitucion.libro(ctx, juego.denuncia(ctx)))
    assert [(m["salario"], m["fundamento"]) for m in datos["movimientos"]] == [("457.14", "aviso_patronal")]
    juego._tarea("restituir_derechos", "d1")
    assert _estado(juego, "d1") is EstadoDenuncia.RESTITUIDA


@pytest.mark.una_base("sqlite")
def test_ella_lo_lee_en_palabras(juego: Juego) -> None:
    _en_acto(juego, "d1", "d2")
    with juego.como() as ctx:
        antes = dict(buzon.ver(ctx, juego.ids["d1"][1]).cuenta)
    assert list(antes) == ["Lo que pediste", "Lo que comprobamos", "Lo que falta"]
    assert antes["Lo que comprobamos"].startswith("103 semanas, del lunes 12 de febrero de 2024 al sábado 31")
    _acreditar(juego, NSS["d1"])
    with juego.como() as ctx:
        despues = dict(buzon.ver(ctx, juego.ids["d1"][1]).cuenta)
        otra = dict(buzon.ver(ctx, juego.ids["d2"][1]).cuenta)
    assert "Lo que ya está en tu cuenta" in despues
    assert "Lo que falta" not in despues
    assert otra == antes


@pytest.mark.una_base("sqlite")
@pytest.mark.parametrize("quien", ["jose.cazares", "hector.rios", "ana.trejo"])
def test_solo_vigencia_de_derechos_acredita(juego: Juego, quien: str) -> None:
    _en_acto(juego, "d1")
    with pytest.raises(NoEncontrado):
        _acreditar(juego, OTRA, quien)


@pytest.mark.una_base("sqlite")
def test_sin_su_papel_no_se_acredita(juego: Juego) -> None:
    _en_acto(juego, "d1")
    with pytest.raises(DatoInvalido) as e:
        _acreditar(juego, OTRA, evidencia=[999])
    assert "evidencia" in e.value.campos
    with pytest.raises(NoEncontrado):
        _acreditar(juego, "00000000000")


@pytest.mark.una_base("sqlite")
def test_lo_reconocido_dos_veces_cuenta_una(juego: Juego) -> None:
    with juego.como() as ctx:
        fila = Restitucion(etapa=EtapaRestitucion.RECONOCIDA, movimientos=[MODIFICA], semanas=103)
        libro = restitucion.cuadrar(ctx, None, None, [fila, fila])
    assert libro.reconocida is not None
    assert libro.reconocida.semanas == 103


def test_el_libro_solo_se_agrega(juego: Juego) -> None:
    juego._hasta("validada", "d1")
    juego._sesionar("s1", ["d1"])
    with juego.como() as ctx:
        for orden in (update(Restitucion).values(semanas=1), delete(Restitucion)):
            with pytest.raises(DatabaseError, match="solo agregar"):
                ctx.session.execute(orden)
            ctx.session.rollback()
        denuncia_id = juego.ids["d1"][1]
        for mala in (
            {"denuncia_id": denuncia_id, "nss": OTRA},
            {"nss": OTRA},
            {"denuncia_id": denuncia_id, "completa": True},
            {"denuncia_id": denuncia_id, "semanas": -1},
        ):
            ctx.session.add(
                Restitucion(etapa=EtapaRestitucion.PROMETIDA, movimientos=[], registrada_en=ctx.now, **mala)
            )
            with pytest.raises(DatabaseError):
                ctx.session.flush()
            ctx.session.rollback()
