"""The twelve months of a visit and the six of its resolution, worked by hand (CFF 46-A, 50, 46-IV, 48-VI)."""

from __future__ import annotations

from datetime import date

import pytest

from workflow.rules.errores import ReglaError
from workflow.rules.suspensiones import Periodo, topes, ultimo_dia
from workflow.rules.visita import GABINETE, Contada, desvirtuar, resolucion, visita

D = date.fromisoformat


def pausa(causal: str, desde: str, hasta: str | None = None) -> Periodo:
    return Periodo(causal, D(desde), D(hasta) if hasta else None)


def renglones(contadas: tuple[Contada, ...]) -> list[tuple[str, int, int, str]]:
    return [(c.efectiva.periodo.causal, c.dias, c.cortados, c.alcanza.isoformat()) for c in contadas]


def test_quince_meses_de_visita_con_cuatro_suspensiones_de_tres_causas() -> None:
    # 10 days of a request, 7 of a strike, 12 more of a second request whose first 3 the strike had counted,
    # and two months (61 days) of a reposición that lasted 76: 90 days after 15 January 2027.
    hallado = visita(
        D("2026-01-15"),
        [
            pausa("reposicion", "2026-09-01", "2026-11-15"),
            pausa("requerimiento", "2026-06-01", "2026-06-15"),
            pausa("huelga", "2026-05-28", "2026-06-03"),
            pausa("requerimiento", "2026-03-02", "2026-03-11"),
        ],
    )
    assert hallado.sin_suspensiones == D("2027-01-15")
    assert renglones(hallado.suspensiones) == [
        ("requerimiento", 10, 0, "2027-01-25"),
        ("huelga", 7, 0, "2027-02-01"),
        ("requerimiento", 12, 0, "2027-02-13"),
        ("reposicion", 61, 15, "2027-04-15"),
    ]
    assert hallado.vence == D("2027-04-15")
    assert not hallado.abierta
    segunda, ultima = hallado.suspensiones[2], hallado.suspensiones[3]
    assert (segunda.desde, segunda.hasta) == (D("2026-06-04"), D("2026-06-15"))
    assert segunda.motivo == "los demás días los cuenta otra suspensión"
    assert (ultima.efectiva.tope, ultima.motivo) == (D("2026-10-31"), "su tope la termina")
    textos = [f"{paso.que}: {paso.de_que}" for paso in hallado.pasos]
    assert textos[2].startswith("Se suman 10 días de suspensión: Requerimiento que el patrón no atiende: del")
    assert "el tope de 2 meses (CFF 46-A-V, 46-VIII) llega al sábado 31 de octubre de 2026" in textos[5]
    assert "deja fuera 15 días; cuenta del 1 de septiembre al sábado 31 de octubre de 2026" in textos[5]
    assert textos[-1] == "Vence: jueves 15 de abril de 2027. Este plazo no se recorre."
    assert hallado.avisos == ()


def test_los_mismos_hechos_mueven_menos_los_seis_meses_de_la_resolucion() -> None:
    hallado = resolucion(
        D("2026-01-15"),
        [
            pausa("requerimiento", "2026-03-02", "2026-03-11"),
            pausa("huelga", "2026-05-28", "2026-06-03"),
            pausa("reposicion", "2026-06-04", "2026-06-15"),
            pausa("fuerza_mayor", "2026-06-16", "2026-06-17"),
        ],
    )
    assert renglones(hallado.suspensiones) == [
        ("requerimiento", 0, 0, "2026-07-15"),
        ("huelga", 7, 0, "2026-07-22"),
        ("reposicion", 0, 0, "2026-07-22"),
        ("fuerza_mayor", 0, 0, "2026-07-22"),
    ]
    assert hallado.suspensiones[0].motivo == "esta causa no detiene este plazo"
    assert hallado.pasos[2].que == "No se suma la suspensión"
    assert hallado.pasos[2].articulo == "CFF 50"


def test_la_lista_del_cff_50_se_cumple_entera() -> None:
    admitidas = ("huelga", "fallecimiento", "domicilio", "medio_defensa_final", "acuerdo_conclusivo")
    for causal in admitidas:
        assert resolucion(D("2026-07-15"), [pausa(causal, "2026-08-01", "2026-08-10")]).vence == D(
            "2027-01-25"
        )
    for causal in (
        "requerimiento",
        "reposicion",
        "fuerza_mayor",
        "colegiado",
        "medio_defensa",
        "inconformidad",
    ):
        assert resolucion(D("2026-07-15"), [pausa(causal, "2026-08-01", "2026-08-10")]).vence == D(
            "2027-01-15"
        )


def test_cuarenta_dias_de_huelga_mueven_cuarenta_dias() -> None:
    assert visita(D("2026-03-02")).vence == D("2027-03-02")
    assert visita(D("2026-03-02"), [pausa("huelga", "2026-05-01", "2026-06-09")]).vence == D("2027-04-11")


def test_el_sistema_financiero_tiene_dieciocho_meses() -> None:
    assert visita(D("2026-01-15"), financiero=True).vence == D("2027-07-15")
    # 31 August and eighteen months: February has no 31st, 1 March 2027 is a Monday.
    assert visita(D("2025-08-31"), financiero=True).vence == D("2027-03-01")


@pytest.mark.parametrize(
    ("tope", "desde", "ultimo"),
    [
        ("tope_46a_iv", "2026-01-15", "2026-07-14"),
        ("tope_46a_iv", "2026-03-01", "2026-08-31"),
        ("tope_46a_iv", "2026-08-31", "2027-02-28"),
        ("tope_46a_iv", "2027-08-31", "2028-02-29"),
        ("tope_46a_iv", "2027-08-29", "2028-02-28"),
        ("tope_46a_iv", "2027-08-30", "2028-02-29"),
        ("tope_reposicion", "2026-12-31", "2027-02-28"),
        ("tope_reposicion", "2026-12-28", "2027-02-27"),
        ("tope_reposicion", "2025-11-14", "2026-01-13"),  # before the text read, by the text read
        ("tope_colegiado", "2026-07-01", "2026-08-31"),
    ],
)
def test_hasta_que_dia_cuenta_una_suspension(tope: str, desde: str, ultimo: str) -> None:
    assert ultimo_dia(D(desde), tope) == D(ultimo)


def test_seis_meses_contados_por_sus_dos_extremos() -> None:
    exacta = visita(D("2026-01-02"), [pausa("requerimiento", "2026-01-15", "2026-07-14")])
    assert renglones(exacta.suspensiones) == [("requerimiento", 181, 0, "2027-07-02")]
    un_dia_mas = visita(D("2026-01-02"), [pausa("requerimiento", "2026-01-15", "2026-07-15")])
    assert renglones(un_dia_mas.suspensiones) == [("requerimiento", 181, 1, "2027-07-02")]
    assert "deja fuera 1 día;" in un_dia_mas.pasos[2].de_que


def test_la_suma_del_anio_se_agota_en_orden() -> None:
    hallado = visita(
        D("2026-01-15"),
        [
            pausa("requerimiento", "2026-02-01", "2026-07-31"),
            pausa("requerimiento", "2026-08-15", "2027-01-31"),
            pausa("requerimiento", "2027-02-15", "2027-03-31"),
            pausa("requerimiento", "2027-04-01", "2027-04-10"),
            pausa("requerimiento", "2027-05-01"),
        ],
        al=D("2027-05-20"),
    )
    assert renglones(hallado.suspensiones) == [
        ("requerimiento", 181, 0, "2027-07-15"),
        ("requerimiento", 170, 0, "2028-01-01"),
        ("requerimiento", 14, 31, "2028-01-15"),
        ("requerimiento", 0, 10, "2028-01-15"),
        ("requerimiento", 0, 20, "2028-01-15"),
    ]
    # One year in all, whatever the requests.
    assert (hallado.vence - hallado.sin_suspensiones).days == 365
    tercera, cuarta = hallado.suspensiones[2:4]
    assert tercera.efectiva.tope == D("2027-02-28")
    assert "el tope de 12 meses (CFF 46-A-IV)" in hallado.pasos[4].de_que
    assert cuarta.motivo == "sus días ya se agotaron"


def test_el_anio_de_la_suma_tiene_366_dias_sobre_un_bisiesto() -> None:
    pausas = [
        pausa("requerimiento", "2027-06-01", "2027-11-30"),
        pausa("requerimiento", "2027-12-01", "2028-05-31"),
        pausa("requerimiento", "2028-06-01", "2028-06-30"),
    ]
    hallado = visita(D("2027-05-31"), pausas)
    assert [c.dias for c in hallado.suspensiones] == [183, 183, 0]
    assert topes(pausas)[pausas[1]] == D("2028-05-31")


def test_dos_requerimientos_a_la_vez_gastan_cada_dia_una_vez() -> None:
    pausas = [
        pausa("requerimiento", "2026-02-01", "2026-03-31"),
        pausa("requerimiento", "2026-03-01", "2026-04-30"),
        pausa("requerimiento", "2026-03-10", "2026-03-20"),
    ]
    hallado = visita(D("2026-01-15"), pausas)
    assert [c.dias for c in hallado.suspensiones] == [59, 30, 0]
    assert hallado.suspensiones[2].motivo == "sus días ya los cuenta otra suspensión"
    # 89 days used: 276 of the year are left, whatever is asked of each one.
    resto = visita(
        D("2026-01-15"),
        [*pausas, pausa("requerimiento", "2026-05-01", "2026-10-31"), pausa("requerimiento", "2026-11-01")],
    )
    assert [c.dias for c in resto.suspensiones] == [59, 30, 0, 184, 92]


def test_una_huelga_encima_del_requerimiento_gasta_tambien_su_anio() -> None:
    # Six months of a request, all under a strike: the year in all has 184 days left, not 365.
    hallado = visita(
        D("2026-01-15"),
        [
            pausa("huelga", "2026-02-01", "2026-07-31"),
            pausa("requerimiento", "2026-02-01", "2026-07-31"),
            pausa("requerimiento", "2026-08-01", "2027-01-31"),
            pausa("requerimiento", "2027-02-01", "2027-02-28"),
        ],
    )
    assert [c.dias for c in hallado.suspensiones] == [181, 0, 184, 0]


def test_lo_que_empieza_antes_o_despues_del_plazo() -> None:
    hallado = visita(
        D("2026-01-15"),
        [
            pausa("huelga", "2025-12-01", "2025-12-31"),
            pausa("huelga", "2026-01-10", "2026-01-20"),
            pausa("domicilio", "2027-01-21", "2027-02-10"),
            pausa("huelga", "2027-01-20", "2027-01-20"),
        ],
    )
    assert renglones(hallado.suspensiones) == [
        ("huelga", 0, 0, "2027-01-15"),
        ("huelga", 5, 0, "2027-01-20"),
        ("huelga", 1, 0, "2027-01-21"),
        ("domicilio", 21, 0, "2027-02-11"),
    ]
    assert hallado.suspensiones[0].motivo == "terminó antes de que empezara el plazo"
    assert hallado.suspensiones[1].motivo == "cuenta desde el inicio del plazo"
    assert hallado.pasos[4].que == "Se suma 1 día de suspensión"
    tarde = visita(D("2026-01-15"), [pausa("huelga", "2027-01-16", "2027-01-20")])
    assert tarde.vence == D("2027-01-15")
    assert tarde.suspensiones[0].motivo == "empieza después de la fecha a la que ya se había llegado"


def test_una_suspension_sin_levantar() -> None:
    # Without cap somebody has to say up to when; with one the law says it.
    with pytest.raises(ReglaError) as error:
        visita(D("2026-01-15"), [pausa("huelga", "2026-05-01")])
    assert error.value.codigo == "DATO_FALTANTE"
    assert "Huelga en la empresa" in error.value.mensaje
    abierta = visita(D("2026-01-15"), [pausa("huelga", "2026-05-01")], al=D("2026-05-10"))
    assert (abierta.vence, abierta.abierta) == (D("2027-01-25"), True)
    assert "desde el viernes 1 de mayo de 2026, sin terminar" in abierta.pasos[2].de_que
    # Counted to a day before it begins, it moves nothing, and no other suspension is said to count its days.
    futura = visita(D("2026-01-15"), [pausa("huelga", "2026-05-01")], al=D("2026-04-30"))
    assert (futura.vence, futura.suspensiones[0].motivo) == (
        D("2027-01-15"),
        "empieza después del día al que se cuenta",
    )
    con_tope = visita(D("2026-01-15"), [pausa("colegiado", "2026-05-01")])
    assert (con_tope.vence, con_tope.abierta) == (D("2027-03-17"), False)
    # One that does not stop this term needs no end.
    assert not resolucion(D("2026-01-15"), [pausa("fuerza_mayor", "2026-05-01")]).abierta


def test_una_causa_escrita_a_mano_detiene_el_plazo_y_se_cita_como_esta() -> None:
    hallado = visita(D("2026-01-15"), [Periodo("Derrumbe", D("2026-05-01"), D("2026-05-10"), "Acuerdo 7")])
    assert hallado.vence == D("2027-01-25")
    assert (hallado.pasos[2].articulo, hallado.pasos[2].confianza) == ("Acuerdo 7", "")
    assert hallado.pasos[2].de_que.startswith("Derrumbe: del viernes 1 de mayo")


def test_una_visita_de_antes_del_texto_leido_lo_dice() -> None:
    hallado = visita(D("2025-01-31"))
    assert hallado.vence == D("2026-01-31")
    assert "revisa qué decía entonces" in hallado.avisos[0]


def test_fechas_imposibles() -> None:
    for pausas in (
        [pausa("huelga", "2026-05-10", "2026-05-01")],
        [pausa("huelga", "2026-05-10", "9999-12-31"), pausa("huelga", "2026-05-10", "9999-12-30")],
    ):
        with pytest.raises(ReglaError) as error:
            visita(D("2026-01-15"), pausas)
        assert error.value.codigo == "DATO_INVALIDO"
    with pytest.raises(ReglaError, match="9999"):
        visita(date(9999, 6, 1))


def test_veinte_dias_entre_la_ultima_parcial_y_el_acta_final() -> None:
    hallado = desvirtuar(D("2026-10-22"), inhabiles_extra={D("2026-11-02")})
    assert hallado.vence == D("2026-11-23")
    assert (hallado.desde_cuando, hallado.ampliado) == (D("2026-11-24"), False)
    assert hallado.pasos[-1].que == "Acta final"


@pytest.mark.parametrize(
    ("periodo", "aviso", "vence", "dice"),
    [
        (("2024-07-01", "2025-06-30"), "2026-11-10", "2026-12-11", "Se amplía 15 días hábiles"),
        # On the last day of the twenty still inside; the next one is late.
        (("2024-01-01", "2025-12-31"), "2026-11-20", "2026-12-11", "Se amplía 15 días hábiles"),
        (("2024-01-01", "2025-12-31"), "2026-11-23", "2026-11-20", "No se amplía"),
        # A whole ejercicio and no fraction of another.
        (("2025-01-01", "2025-12-31"), "2026-11-10", "2026-11-20", "No se amplía"),
    ],
)
def test_quince_dias_mas_con_sus_dos_condiciones(
    periodo: tuple[str, str], aviso: str, vence: str, dice: str
) -> None:
    hallado = desvirtuar(D("2026-10-22"), periodo=(D(periodo[0]), D(periodo[1])), aviso=D(aviso))
    assert hallado.vence == D(vence)
    assert hallado.ampliado is (dice != "No se amplía")
    assert dice in [paso.que for paso in hallado.pasos]
    fechas = [paso.fechas[-1] for paso in hallado.pasos if paso.fechas]
    assert hallado.desde_cuando == fechas[-1] > hallado.vence


def test_en_gabinete_desde_los_efectos_del_oficio() -> None:
    hallado = desvirtuar(D("2026-10-22"), GABINETE)
    assert hallado.vence == D("2026-11-23")  # effects on 23 October, day one on Monday 26
    assert hallado.pasos[-1].que == "Resolución"
    mas = desvirtuar(
        D("2026-10-22"), GABINETE, periodo=(D("2024-01-01"), D("2025-03-31")), aviso=D("2026-11-23")
    )
    assert mas.vence == D("2026-12-14")


@pytest.mark.parametrize(
    ("cambios", "codigo"),
    [
        ({"aviso": D("2026-10-21"), "periodo": (D("2024-01-01"), D("2025-01-01"))}, "DATO_INVALIDO"),
        ({"aviso": D("2026-10-30")}, "DATO_FALTANTE"),
        ({"aviso": D("2026-10-30"), "periodo": (D("2025-01-01"), D("2024-01-01"))}, "DATO_INVALIDO"),
        ({"procedimiento": "compulsa"}, "DATO_INVALIDO"),
    ],
)
def test_lo_que_no_cuadra_al_desvirtuar(cambios: dict[str, object], codigo: str) -> None:
    with pytest.raises(ReglaError) as error:
        desvirtuar(D("2026-10-22"), **cambios)  # type: ignore[arg-type]
    assert error.value.codigo == codigo
