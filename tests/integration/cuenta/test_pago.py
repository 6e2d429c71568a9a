"""Payments received, corrected, taken back and imported by the chief of collection."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from models.credito import AsientoCredito, ConceptoCredito, Credito, EstadoCredito
from models.pae import CreditoEnPae, Pae
from models.pago import EstadoPago, OrigenPago, Pago
from models.proceso import Mensaje
from tests.factories import cuenta as fabrica
from tests.factories.casa import Obra
from workflow.actions import pago as acciones
from workflow.context import Ctx
from workflow.errors import DatoInvalido, NoEncontrado, NoPermitido
from workflow.operations import cuenta
from workflow.operations.folio import siguiente
from workflow.queries import cuenta as consultas

D = Decimal
HOY = dt.datetime(2026, 6, 15, 9, tzinfo=ZoneInfo("America/Mexico_City"))
JEFE = "hector.rios"
V = OrigenPago.VENTANILLA
DIA = dt.date(2026, 6, 10)


class Caja:
    """The office that collects, with two credits of one employer and one of another."""

    def __init__(self, obra: Obra) -> None:
        obra.ahora = HOY
        self.obra = obra
        with self.como() as ctx:
            acto = fabrica.acto(ctx, fabrica.patron(ctx))
            uno, dos = (fabrica.credito(ctx, acto, notificado=dt.date(2026, 5, 4)) for _ in range(2))
            ajeno = fabrica.credito(ctx, fabrica.acto(ctx, fabrica.patron(ctx, fabrica.OTRO_PATRON)))
            fabrica.cuotas(ctx, uno, dt.date(2026, 6, 17), "1000.00")
            fabrica.cuotas(ctx, dos, dt.date(2026, 7, 17), "500.00")
            fabrica.cuotas(ctx, ajeno, dt.date(2026, 7, 17), "700.00")
            self.uno, self.dos, self.ajeno = uno.id, dos.id, ajeno.id
            self.folios = {uno.id: uno.folio, dos.id: dos.folio, ajeno.id: ajeno.folio}
            ctx.session.commit()

    def como(self, quien: str | None = None):  # type: ignore[no-untyped-def]
        return self.obra.como(self.obra.persona(quien)) if quien else self.obra.como()

    def registrar(self, creditos: list[int], importe: str, ref: str = "A1", **mas: object) -> int:
        with self.como(JEFE) as ctx:
            return acciones.registrar(
                ctx,
                creditos,
                mas.pop("fecha", DIA),
                D(importe),
                mas.pop("origen", V),
                ref,
                **mas,  # type: ignore[arg-type]
            )

    def saldo(self, credito_id: int) -> Decimal:
        with self.como(JEFE) as ctx:
            return consultas.estado(ctx, credito_id, DIA).saldo.total


@pytest.fixture
def caja(obra_demo: Obra) -> Caja:
    return Caja(obra_demo)


def mensajes(ctx: Ctx) -> list[tuple[str, str]]:
    filas = ctx.session.scalars(
        select(Mensaje).where(Mensaje.nombre == "pago_registrado").order_by(Mensaje.id)
    )
    return [(fila.valor, fila.datos["pago_id"]) for fila in filas]


def test_registrado_aplicado_y_avisado_a_cada_credito(caja: Caja) -> None:
    pago_id = caja.registrar([caja.dos, caja.uno], "1200.00")
    assert (caja.saldo(caja.uno), caja.saldo(caja.dos)) == (D(0), D("300.00"))
    with caja.como() as ctx:
        assert mensajes(ctx) == [(str(caja.uno), pago_id), (str(caja.dos), pago_id)]
        pago = ctx.session.get_one(Pago, pago_id)
        assert (pago.estado, pago.excedente) == (EstadoPago.APLICADO, 0)
        assert pago.registrado_por == caja.obra.persona(JEFE).usuario_id


def test_una_referencia_no_cuenta_dos_veces(caja: Caja) -> None:
    caja.registrar([caja.uno], "100.00")
    with pytest.raises(DatoInvalido, match="ya se registró: es el pago PAG-2026") as error:
        caja.registrar([caja.uno], "100.00")
    assert "referencia" in error.value.campos
    caja.registrar([caja.uno], "100.00", origen=OrigenPago.BANCO)
    assert caja.saldo(caja.uno) == D("800.00")


def test_mas_de_lo_que_se_debe_pide_que_se_hace(caja: Caja) -> None:
    with pytest.raises(DatoInvalido, match=r"sobran \$200.00") as error:
        caja.registrar([caja.uno], "1200.00")
    assert "excedente" in error.value.campos
    assert caja.saldo(caja.uno) == D("1000.00")
    pago_id = caja.registrar([caja.uno], "1200.00", excedente="devolver")
    with caja.como() as ctx:
        pago = ctx.session.get_one(Pago, pago_id)
        assert (pago.excedente, pago.motivo) == (D("200.00"), "Se devuelve al patrón")


@pytest.mark.parametrize(
    ("cambio", "frase", "campo"),
    [
        ({"fecha": dt.date(2026, 6, 16)}, "después de hoy", "fecha"),
        ({"fecha": dt.date(2026, 5, 3)}, "anterior a la notificación .* 4 de mayo de 2026", "fecha"),
        ({"importe": "0"}, "mayor que cero", "importe"),
        ({"importe": "0.001"}, "mayor que cero", "importe"),
        ({"ref": "  "}, "referencia del pago", "referencia"),
        ({"ref": "9" * 51}, "referencia del pago", "referencia"),
        ({"creditos": []}, "al menos un crédito", "creditos"),
        ({"creditos": "ajeno"}, "patrones distintos", "creditos"),
        ({"origen": OrigenPago.REMATE}, "de dónde viene", "origen"),
        ({"excedente": "regalar"}, "lo que sobra", "excedente"),
    ],
)
def test_cada_mal_dato_tiene_su_frase(caja: Caja, cambio: dict[str, object], frase: str, campo: str) -> None:
    datos: dict[str, object] = {"creditos": [caja.uno], "importe": "10.00", "ref": "A1"} | cambio
    if datos["creditos"] == "ajeno":
        datos["creditos"] = [caja.uno, caja.ajeno]
    with pytest.raises(DatoInvalido, match=frase) as error:
        caja.registrar(datos.pop("creditos"), str(datos.pop("importe")), str(datos.pop("ref")), **datos)  # type: ignore[arg-type]
    assert campo in error.value.campos
    assert caja.saldo(caja.uno) == D("1000.00")


def test_sin_deuda_o_sin_efectos_no_hay_que_pagar(caja: Caja) -> None:
    caja.registrar([caja.uno], "1000.00")
    with pytest.raises(DatoInvalido, match="no debe nada el miércoles 10 de junio de 2026"):
        caja.registrar([caja.uno], "10.00", "A2")
    with caja.como() as ctx:
        ctx.session.get_one(Credito, caja.dos).estado = EstadoCredito.SIN_EFECTOS
        ctx.session.commit()
    with pytest.raises(DatoInvalido, match="quedó sin efectos"):
        caja.registrar([caja.dos], "10.00", "A2")


def test_el_dinero_no_pasa_por_quien_ejecuta(caja: Caja) -> None:
    with caja.como("ernesto.lira") as ctx, pytest.raises(NoPermitido, match="no pasa por quien ejecuta"):
        acciones.registrar(ctx, [caja.uno], DIA, D("10.00"), V, "A1")
    with caja.como("nadia.rosas") as ctx, pytest.raises(NoEncontrado):
        acciones.registrar(ctx, [caja.uno], DIA, D("10.00"), V, "A1")
    with caja.como(JEFE) as ctx:
        ajena = fabrica.unidad(ctx).id
        ctx.session.get_one(Credito, caja.uno).subdelegacion_id = 1 if ajena != 1 else 2
        ctx.session.commit()
    with caja.como(JEFE) as ctx, pytest.raises(NoEncontrado):
        acciones.registrar(ctx, [caja.uno], DIA, D("10.00"), V, "A1")
    with caja.como(JEFE) as ctx, pytest.raises(NoEncontrado):
        acciones.reversar(ctx, 999, "x")
    with caja.como(JEFE) as ctx, pytest.raises(NoEncontrado):
        acciones.registrar(ctx, [caja.dos], DIA, D("10.00"), V, "A1", documento_id=999)


def test_mal_aplicado_se_corrige(caja: Caja) -> None:
    pago_id = caja.registrar([caja.uno], "400.00", "777")
    with caja.como(JEFE) as ctx:
        nuevo_id = acciones.corregir(ctx, pago_id, [caja.dos], "Era para el otro crédito")
    assert (caja.saldo(caja.uno), caja.saldo(caja.dos)) == (D("1000.00"), D("100.00"))
    with caja.como() as ctx:
        viejo, nuevo = ctx.session.get_one(Pago, pago_id), ctx.session.get_one(Pago, nuevo_id)
        assert (viejo.estado, viejo.motivo) == (EstadoPago.REVERSADO, "Era para el otro crédito")
        assert (nuevo.corrige_id, nuevo.referencia, nuevo.importe) == (pago_id, "777#2", D("400.00"))
        assert {valor for valor, _ in mensajes(ctx)} == {str(caja.uno), str(caja.dos)}
    with caja.como(JEFE) as ctx, pytest.raises(DatoInvalido, match="ya se había reversado"):
        acciones.reversar(ctx, pago_id, "otra vez")


def test_un_cheque_no_pagado_cuesta_veinte_por_ciento(caja: Caja) -> None:
    pago_id = caja.registrar([caja.uno], "400.00")
    with caja.como(JEFE) as ctx, pytest.raises(DatoInvalido, match="por qué"):
        acciones.reversar(ctx, pago_id, " ")
    with caja.como(JEFE) as ctx:
        acciones.reversar(ctx, pago_id, "Cheque sin fondos", cheque_no_pagado=True)
    with caja.como(JEFE) as ctx:
        saldo = consultas.estado(ctx, caja.uno).saldo
        assert saldo.por_concepto[ConceptoCredito.INDEMNIZACION] == D("80.00")
        assert saldo.total == D("1080.00")


def archivo(caja: Caja, *filas: str) -> str:
    texto = "fecha,referencia,linea_captura,importe,registro_patronal\n" + "\n".join(filas)
    for clave, credito_id in (("UNO", caja.uno), ("DOS", caja.dos), ("AJENO", caja.ajeno)):
        texto = texto.replace(clave, caja.folios[credito_id])
    return texto


def test_el_archivo_del_banco_renglon_por_renglon(caja: Caja) -> None:
    contenido = archivo(
        caja,
        "2026-06-10,R1,UNO,600.00,C61-40772-10",
        "10/06/2026,R2,UNO,500.00,C614077210",
        "2026-06-31,R3,UNO,1.00,C614077210",
        "2026-06-10,R4,CRE-2026-999999-0,1.00,C614077210",
        "2026-06-10,R5,UNO,1.00,Y544521310",
        "2026-06-10,R1,UNO,1.00,C614077210",
        "2026-06-10,R6,DOS,menos diez,C614077210",
        "2026-06-20,R7,DOS,10.00,C614077210",
        "2026-06-10,R8,AJENO,700.00,Y544521310",
    )
    with caja.como(JEFE) as ctx:
        previa = acciones.previsualizar(ctx, contenido)
    fallas = {fila.renglon.linea: fila.falla for fila in previa.malas}
    assert set(fallas) == {4, 5, 6, 7, 8, 9}
    assert "no existe" in fallas[4]
    assert "No hay ningún crédito" in fallas[5]
    assert "registro patronal" in fallas[6]
    assert "renglón 2" in fallas[7]
    assert "con números" in fallas[8]
    assert "después de hoy" in fallas[9]
    assert [fila.sobra for fila in previa.buenas] == [D(0), D("100.00"), D(0)]
    with caja.como(JEFE) as ctx, pytest.raises(DatoInvalido, match="6 renglones"):
        acciones.importar(ctx, contenido)
    with caja.como(JEFE) as ctx, pytest.raises(DatoInvalido, match="lo que sobra"):
        acciones.importar(ctx, contenido, solo_buenos=True)
    assert caja.saldo(caja.uno) == D("1000.00")
    with caja.como(JEFE) as ctx:
        hecho = acciones.importar(ctx, contenido, solo_buenos=True, excedente="devolver")
    assert (len(hecho.folios), hecho.omitidas) == (3, 6)
    assert [caja.saldo(c) for c in (caja.uno, caja.dos, caja.ajeno)] == [D(0), D("500.00"), D(0)]
    with caja.como(JEFE) as ctx:
        otra = acciones.importar(ctx, contenido, solo_buenos=True, excedente="devolver")
    assert (otra.folios, otra.conocidas) == ((), 2 + 1)


def test_una_linea_de_captura_puede_ser_un_pae(caja: Caja) -> None:
    with caja.como() as ctx:
        uno = ctx.session.get_one(Credito, caja.uno)
        pae = Pae(
            folio=siguiente(ctx, "PAE"),
            patron_id=uno.patron_id,
            expediente_id=uno.expediente_id,
            subdelegacion_id=uno.subdelegacion_id,
            ejecutores=[],
            abierto_en=ctx.now,
        )
        ctx.session.add(pae)
        ctx.session.flush()
        ctx.session.add_all(
            [
                CreditoEnPae(pae_id=pae.id, credito_id=caja.uno, acumulado_en=ctx.now),
                CreditoEnPae(pae_id=pae.id, credito_id=caja.dos, acumulado_en=ctx.now),
            ]
        )
        folio = pae.folio
        ctx.session.commit()
    with caja.como(JEFE) as ctx:
        acciones.importar(ctx, archivo(caja, f"2026-06-10,R1,{folio},1100.00,C614077210"))
    assert (caja.saldo(caja.uno), caja.saldo(caja.dos)) == (D(0), D("400.00"))


def test_el_estado_de_cuenta_termina_en_el_saldo(caja: Caja) -> None:
    with caja.como() as ctx:
        viejo = fabrica.credito(ctx, fabrica.acto(ctx, fabrica.patron(ctx)))
        fabrica.cuotas(ctx, viejo, dt.date(2025, 3, 18), "1000.00", "200.00")
        cuenta.cortar(ctx, viejo, dt.date(2026, 1, 5))
        credito_id = viejo.id
        ctx.session.commit()
    pago_id = caja.registrar([credito_id], "300.00", "B1")
    caja.registrar([credito_id], "100.00", "B2", fecha=dt.date(2026, 2, 10))
    for al in (dt.date(2025, 12, 1), dt.date(2026, 2, 10), dt.date(2026, 6, 15)):
        with caja.como(JEFE) as ctx:
            estado = consultas.estado(ctx, credito_id, al)
            assert estado.renglones[-1].saldo == estado.saldo.total
            assert sum(r.cargo - r.abono for r in estado.renglones) == estado.saldo.total
            assert sum(r.cargo - r.abono for r in estado.vigentes) == estado.saldo.total
    assert any(not r.vigente for r in estado.renglones)
    assert any(r.pago_id == pago_id and r.vigente for r in estado.renglones)
    with caja.como("nadia.rosas") as ctx, pytest.raises(NoEncontrado):
        consultas.estado(ctx, credito_id)


def test_nada_se_borra_y_todo_queda_en_la_bitacora(caja: Caja) -> None:
    caja.registrar([caja.uno], "400.00")
    with caja.como() as ctx:
        primero = ctx.session.scalars(select(AsientoCredito)).first()
        assert primero is not None
        ctx.session.delete(primero)
        with pytest.raises(Exception, match=r"(?i)asiento|inmutable|append"):
            ctx.session.flush()
