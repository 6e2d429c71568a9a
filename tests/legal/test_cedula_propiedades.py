"""What must hold for every cédula: it is the contract's `cuotas` added up, whichever way it is sliced."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from workflow.params.cuotas import CODIGOS
from workflow.rules import cedula, cuotas
from workflow.rules.cedula import Cedula, Periodo, Persona
from workflow.rules.cedula_cuotas import sumar
from workflow.rules.cedula_operacion import COLUMNAS, operacion
from workflow.rules.dinero import escribir

D = Decimal
PRIMERO, ULTIMO, HOY = date(2020, 1, 1), date(2025, 12, 31), date(2026, 2, 20)
SALARIOS = st.decimals(D("80"), D("3200"), places=2)
UN_DIA = timedelta(days=1)


@st.composite
def personas(draw: st.DrawFn, cuantas: int = 3) -> tuple[Persona, ...]:
    return tuple(
        Persona(f"Persona {n}", draw(periodos())) for n in range(1, draw(st.integers(1, cuantas)) + 1)
    )


@st.composite
def periodos(draw: st.DrawFn) -> tuple[Periodo, ...]:
    hechos = []
    desde = draw(st.dates(PRIMERO, date(2025, 6, 1)))
    for _ in range(draw(st.integers(1, 3))):
        hasta = min(desde + timedelta(days=draw(st.integers(0, 130))), ULTIMO)
        hechos.append(
            Periodo(
                desde,
                hasta,
                draw(SALARIOS),
                draw(st.none() | SALARIOS),
                draw(st.none() | SALARIOS),
            )
        )
        desde = hasta + timedelta(days=draw(st.integers(1, 40)))
        if desde > ULTIMO:
            break
    return tuple(draw(st.permutations(hechos)))


RIESGOS = st.fixed_dictionaries({"clase_riesgo": st.sampled_from(["I", "II", "III", "IV", "V"])}) | (
    st.fixed_dictionaries({"prima": st.decimals(D("0.5"), D("15"), places=5)})
)
ZONAS = st.sampled_from(["general", "zlfn"])


def del_contrato(
    gente: Iterable[Persona], riesgo: dict[str, object], zona: str
) -> dict[tuple[int, str, str], D]:
    """Omitted pesos by (person, month, code), employer and worker apart, out of whole calls of `cuotas`."""
    suma: dict[tuple[int, str, str], D] = defaultdict(D)
    for n, persona in enumerate(gente):
        for p in persona.periodos:
            if p.registrado is not None and p.registrado >= p.real:
                continue
            diaria = p.real if p.cuota_diaria is None else p.cuota_diaria
            for signo, sbc in ((1, p.real), (-1, p.registrado)):
                if sbc is None:
                    continue
                hecho = cuotas.calcular(sbc, p.desde, p.hasta, zona=zona, cuota_diaria=diaria, **riesgo)  # type: ignore[arg-type]
                for mes in hecho.meses:
                    for codigo, cuota in mes.ramos.items():
                        suma[n, mes.mes, codigo + " patron"] += signo * cuota.patron
                        suma[n, mes.mes, codigo + " trabajador"] += signo * cuota.trabajador
    return {llave: valor for llave, valor in suma.items() if valor}


def de_la_cedula(hecha: Cedula) -> dict[tuple[int, str, str], D]:
    suma: dict[tuple[int, str, str], D] = defaultdict(D)
    for r in hecha.libro.renglones:
        for codigo in CODIGOS:
            patron, trabajador = sumar([r]).de(codigo)
            suma[r.persona, r.mes, codigo + " patron"] += patron
            suma[r.persona, r.mes, codigo + " trabajador"] += trabajador
    return {llave: valor for llave, valor in suma.items() if valor}


@given(personas(), RIESGOS, ZONAS)
def test_es_la_suma_de_las_cuotas_del_contrato(
    gente: tuple[Persona, ...], riesgo: dict[str, object], zona: str
) -> None:
    hecha = cedula.calcular(gente, HOY, zona=zona, **riesgo)  # type: ignore[arg-type]
    esperado = del_contrato(gente, riesgo, zona)
    assert de_la_cedula(hecha) == esperado
    assert all(valor > 0 for valor in esperado.values())
    assert hecha.omitido == sum(esperado.values())


@given(personas(4))
def test_los_totales_suman_por_donde_se_corten(gente: tuple[Persona, ...]) -> None:
    hecha = cedula.calcular(gente, HOY, clase_riesgo="II")
    libro = hecha.libro
    assert sumar(libro.por_persona) == sumar(libro.por_mes.values()) == sumar(libro.renglones) == libro.total
    assert [sumar(libro.de_persona(n)) for n in range(len(gente))] == list(libro.por_persona)
    assert sum((p.omitido for p in hecha.liquidados), D()) == hecha.omitido == hecha.patron + hecha.trabajador
    assert sum((p.patron for p in hecha.liquidados), D()) == hecha.patron
    columnas = [c for c in COLUMNAS.values() if c.clave != "TOTAL"]
    assert (
        sum((c.de(libro.total) for c in columnas), D()) == COLUMNAS["TOTAL"].de(libro.total) == hecha.omitido
    )
    dias = sum((p.hasta - p.desde).days + 1 for persona in gente for p in persona.periodos)
    assert libro.total.dias == dias
    assert hecha.total == sum((p.accesorios.total for p in hecha.liquidados), D())


@given(personas(4), st.data())
def test_partir_en_dos_cedulas_o_en_meses_da_lo_mismo(
    gente: tuple[Persona, ...], data: st.DataObject
) -> None:
    entera = cedula.calcular(gente, HOY, clase_riesgo="IV")
    corte = data.draw(st.integers(0, len(gente)))
    partes = [parte for parte in (gente[:corte], gente[corte:]) if parte]
    sueltas = [cedula.calcular(parte, HOY, clase_riesgo="IV") for parte in partes]
    assert sumar(s.libro.total for s in sueltas) == entera.libro.total
    por_meses = [replace(p, periodos=tuple(m for uno in p.periodos for m in partir(uno))) for p in gente]
    partida = cedula.calcular(por_meses, HOY, clase_riesgo="IV")
    assert partida.libro.por_persona == entera.libro.por_persona
    assert partida.libro.por_mes == entera.libro.por_mes
    assert partida.total == entera.total


def partir(periodo: Periodo) -> list[Periodo]:
    """The same days, one period per calendar month."""
    return [
        replace(periodo, desde=primero, hasta=primero + timedelta(days=dias - 1))
        for primero, dias in cuotas.por_mes(periodo.desde, periodo.hasta)
    ]


@given(personas())
def test_registrado_con_lo_real_no_se_omite_nada(gente: tuple[Persona, ...]) -> None:
    iguales = [
        replace(p, periodos=tuple(replace(uno, registrado=uno.real) for uno in p.periodos)) for p in gente
    ]
    hecha = cedula.calcular(iguales, HOY, clase_riesgo="I")
    assert (hecha.omitido, hecha.total, hecha.liquidados, hecha.avisos) == (0, 0, (), ())


@given(personas(), st.dates(ULTIMO, HOY))
def test_recalcular_es_calcular_a_esa_fecha(gente: tuple[Persona, ...], fecha: date) -> None:
    hecha = cedula.calcular(gente, HOY, clase_riesgo="III")
    assert cedula.recalcular(hecha, HOY) == hecha
    assert cedula.recalcular(hecha, fecha) == cedula.calcular(gente, fecha, clase_riesgo="III")
    assert cedula.recalcular(cedula.recalcular(hecha, fecha), HOY) == hecha


@given(personas(2), st.decimals(D("0"), D("500"), places=2))
def test_a_mas_salario_no_se_omite_menos(gente: tuple[Persona, ...], mas: D) -> None:
    mayores = [
        replace(p, periodos=tuple(replace(uno, real=uno.real + mas) for uno in p.periodos)) for p in gente
    ]
    antes, despues = (cedula.calcular(g, HOY, clase_riesgo="V").omitido for g in (gente, mayores))
    assert antes <= despues


@given(personas(2))
def test_toda_cifra_abre_su_operacion_y_la_operacion_da_la_cifra(gente: tuple[Persona, ...]) -> None:
    libro = cedula.calcular(gente, HOY, clase_riesgo="III").libro
    for columna in COLUMNAS.values():
        for n in range(len(gente)):
            meses = {r.mes for r in libro.de_persona(n)}
            for mes in meses:
                suma = sumar(r for r in libro.de_persona(n) if r.mes == mes)
                hallada = operacion(libro, f"p{n + 1}.{mes}.{columna.clave}")
                assert hallada is not None
                assert hallada.resultado.cifra == escribir(columna.de(suma))
                assert hallada.lineas
            suya = operacion(libro, f"p{n + 1}.suma.{columna.clave}")
            assert suya is not None
            assert suya.resultado.cifra == escribir(columna.de(libro.por_persona[n]))
            assert len(suya.lineas) == len(meses)
        todas = operacion(libro, f"total.suma.{columna.clave}")
        assert todas is not None
        assert (todas.resultado.cifra, len(todas.lineas)) == (escribir(columna.de(libro.total)), len(gente))
