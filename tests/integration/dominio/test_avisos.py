"""Who is told what (procesos §1.8): she, through her mailbox and without facts; staff, by folio."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.comite import Acuerdo
from models.denuncia import MensajeBuzon
from models.documento import Documento
from models.propuesta import EstadoPropuesta, Ficha
from models.restitucion import EtapaRestitucion, Restitucion
from models.salida import Salida
from tests.integration.dominio.apoyo import Juego, concluir, quedar_firme
from workflow.errors import DatoInvalido
from workflow.operations import aviso, buzon, propuesta

ANONIMA = {"nombre": None, "primer_apellido": None, "curp": None, "nss": None}


def _dichos(juego: Juego, de: str = "d1") -> list[tuple[str, str]]:
    with juego.como() as ctx:
        filas = ctx.session.scalars(
            select(MensajeBuzon)
            .where(MensajeBuzon.denuncia_id == juego.ids[de][1], ~MensajeBuzon.de_denunciante)
            .order_by(MensajeBuzon.id)
        )
        return [(fila.tipo, str(buzon.leer(ctx, fila)["texto"])) for fila in filas]


def _id(juego: Juego, quien: str) -> int:
    return juego.obra.persona(quien).usuario_id or 0


def test_cada_cambio_de_estatus_publico_se_dice_una_vez(juego: Juego) -> None:
    juego._hasta("validada", "d1")
    juego._sesionar("s1", ["d1"])
    juego._tarea("designar_auditor", "d1")
    concluir(juego, "d1", "determinado")
    quedar_firme(juego, "d1")
    juego._tarea("restituir_derechos", "d1")
    juego._tarea("responder_denunciante", "d1")
    dichos = _dichos(juego)
    assert [tipo for tipo, _ in dichos] == ["acuse", *["estatus"] * 5, "respuesta"]
    assert [texto.split(".")[0] for _, texto in dichos[1:6]] == [
        "Estamos revisando lo que nos contaste",
        "Lo que nos diste sirve",
        "El IMSS está haciendo lo que la ley permite en tu caso",
        "Ya hay un resultado",
        "Tus datos ya están corregidos",
    ]
    with juego.como() as ctx:
        cartas = ctx.session.scalars(select(Salida).where(Salida.tipo == "carta")).all()
        assert len(cartas) == len(dichos)
        assert all(set(carta.datos) == {"denuncia_id", "tipo"} for carta in cartas)
        etapas = [fila.etapa for fila in ctx.session.scalars(select(Restitucion).order_by(Restitucion.id))]
        assert etapas == [
            EtapaRestitucion.PROMETIDA,
            EtapaRestitucion.DETERMINADA,
            EtapaRestitucion.RECONOCIDA,
        ]
        oficio = ctx.session.scalars(select(Documento).where(Documento.tipo == "oficio_respuesta")).one()
        assert oficio.datos is not None
        assert oficio.datos["datos"]["semanas"] == 102
        assert len(oficio.datos["datos"]["firma"]["huella"]) == 64


def test_la_peticion_se_dice_ella_misma(juego: Juego) -> None:
    juego._presentar("d1", ANONIMA)
    assert [tipo for tipo, _ in _dichos(juego)] == ["acuse", "peticion"]
    juego._vencer("identidad_denunciante", "d1")
    assert _dichos(juego)[-1][1].startswith("Tu caso terminó.")


def test_un_telefono_no_identifica_a_nadie(juego: Juego) -> None:
    juego._presentar("d1", ANONIMA)
    juego._buzon("aportar_identidad", "d1", [{"telefono": "4771234567", "nombre": "Alguien"}])
    with juego.como() as ctx:
        assert juego.denuncia(ctx).estado.value == "sin_identificar"
        assert not juego.denuncia(ctx).identificada
    completa = {"primer_apellido": "Pérez", "nss": "12345678903"}
    juego._buzon("aportar_identidad", "d1", [completa])
    with juego.como() as ctx:
        assert juego._abierta(ctx, "asignar_denuncia", "d1") is not None


def test_la_represalia_avisa_a_quien_lleva_el_caso(juego: Juego) -> None:
    juego._hasta("analisis", "d1")
    juego._buzon("reportar_represalia", "d1", [["baja"], ""])
    quienes = {_id(juego, "ana.trejo"), _id(juego, "jose.cazares")}
    assert set(juego.avisos("represalia:")) == quienes
    juego._buzon("desistir", "d1", ["Me obligan."])
    presion = {"desistimiento_valido": False, "hubo_presion": True, "motivo": "Hubo presión."}
    juego._tarea("ratificar_desistimiento", "d1", presion)
    assert sorted(juego.avisos("represalia:")) == sorted([*quienes, *quienes])


def test_las_pruebas_nuevas_llegan_al_grupo_sin_la_denuncia(juego: Juego) -> None:
    juego._hasta("validada", "d1")
    juego._buzon("aportar_evidencia", "d1", ["Más recibos.", []])
    assert set(juego.avisos("evidencia:")) == {_id(juego, "ana.trejo"), _id(juego, "jose.cazares")}
    assert juego.avisos("evidencia_acto:") == []
    juego._sesionar("s1", ["d1"])
    juego._tarea("designar_auditor", "d1")
    juego._buzon("aportar_evidencia", "d1", ["Y otros.", []])
    assert set(juego.avisos("evidencia_acto:")) == {_id(juego, "daniela.solis"), _id(juego, "marco.pena")}
    with juego.como() as ctx:
        folio = juego.denuncia(ctx).folio
        filas = ctx.session.scalars(select(Salida).where(Salida.clave.startswith("evidencia_acto:")))
        assert all(folio not in str(fila.datos) for fila in filas)


def test_los_del_comite(juego: Juego) -> None:
    juego._hasta("validada", "d1")
    assert juego.avisos("listada:") == [_id(juego, "sergio.luna")]
    suplencia = {"asiento": "@asiento Cobranza", "usuario": "@persona omar.fuentes", "oficio": [1]}
    asuntos = [{"propuesta": "@propuesta d1", "orden": 1}]
    juego._nueva_sesion("s1")
    datos = {"asuntos": asuntos, "fecha_hora": juego.cita(), "suplencias": [suplencia]}
    juego._tarea("preparar_sesion", "s1", datos)
    convocados = juego.avisos("convocatoria:")
    assert {_id(juego, "omar.fuentes"), _id(juego, "hector.rios")} <= set(convocados)
    assert len(convocados) == 8


def test_el_acuerdo_y_el_acta(juego: Juego) -> None:
    juego._hasta("validada", "d1")
    juego._sesionar("s1", ["d1"])
    por_firmar = juego.avisos("acta:")
    assert _id(juego, "sergio.luna") not in por_firmar
    assert len(por_firmar) == 6
    assert juego.avisos("acordada:") == [_id(juego, "jose.cazares")]
    with juego.como() as ctx:
        acuerdo = ctx.session.scalars(select(Acuerdo)).one()
        fila = ctx.session.scalars(select(Salida).where(Salida.clave.startswith("acuerdo:"))).one()
        assert f"{acuerdo.fecha_compromiso:%d/%m/%Y}" in fila.datos["asunto"]
    assert juego.avisos(f"acuerdo:{acuerdo.id}:") == [acuerdo.responsable_id]
    assert len(juego.avisos("adoptado:")) >= 6


def test_un_aviso_dicho_dos_veces_va_una(juego: Juego) -> None:
    with juego.como() as ctx:
        for _ in range(2):
            aviso.avisar(ctx, [1, 2, 2], "Asunto", "FOLIO", "prueba")
            ctx.session.flush()
        ctx.session.commit()
    assert juego.avisos("prueba:") == [1, 2]


def test_el_segundo_reenvio_lo_sabe_el_ooad(juego: Juego) -> None:
    juego._presentar("d1")
    juego._tarea("asignar_denuncia", "d1")
    otra = {"calificacion": "otra_unidad", "unidad_destino": "@unidad 1102", "motivo": "Le toca a Irapuato."}
    juego._tarea("calificar_denuncia", "d1", otra)
    assert juego.avisos("reenvios:") == []
    juego._tarea("asignar_denuncia", "d1", {"analista": "@persona carla.montes"}, quien="raul.ibarra")
    vuelta = {**otra, "unidad_destino": "@unidad 1101", "motivo": "No es de aquí."}
    juego._tarea("calificar_denuncia", "d1", vuelta, quien="carla.montes")
    assert sorted(juego.avisos("reenvios:")) == sorted(_id(juego, q) for q in ("gloria.mena", "felix.orozco"))


def test_quien_desiste_sale_de_la_cuenta_y_el_comite_lo_sabe(juego: Juego) -> None:
    juego._hasta("validada", "d1")
    with juego.como() as ctx:
        fila = juego.propuesta(ctx)
        assert propuesta.contar_denuncias(ctx, fila.id) == 1
        razones, propuesta_id = list(fila.razones or []), fila.id
    juego._buzon("desistir", "d1", ["Ya lo arreglé."])
    juego._tarea("ratificar_desistimiento", "d1")
    assert juego.avisos("menos:") == [_id(juego, "sergio.luna")]
    with juego.como() as ctx:
        assert propuesta.contar_denuncias(ctx, propuesta_id) == 0
        fila = ctx.session.get_one(type(fila), propuesta_id)
        assert fila.estado is EstadoPropuesta.VALIDADA
        assert list(fila.razones or []) == razones


def test_sin_su_permiso_no_se_comparte(juego: Juego) -> None:
    juego._presentar("d1")
    juego._tarea("asignar_denuncia", "d1")
    turno = {"calificacion": "otra_autoridad", "autoridad_destino": "stps", "motivo": "Es de la STPS."}
    juego._tarea("calificar_denuncia", "d1", turno)
    juego._tarea("turnar_denuncia", "d1", {"consentimiento": False, "datos_compartidos": ["identidad"]})
    with juego.como() as ctx:
        oficio = ctx.session.scalars(select(Documento).where(Documento.tipo == "oficio_turno")).one()
        dicho = (oficio.datos or {})["datos"]
        assert not any(dicho[f"comparte_{que}"] for que in ("identidad", "hechos", "pruebas"))


def test_lo_que_se_suma_agranda_la_ficha(juego: Juego) -> None:
    """A second denuncia: more people, and the months that the ficha did not reach."""
    juego._hasta("validada", "d1")
    juego._hasta("analisis", "d2", presentar={"fecha_inicio": "2022-05-01", "fecha_fin": "2023-06-30"})
    juego._tarea("analizar_denuncia", "d2", {"trabajadores_afectados": 90})
    juego._tarea("revisar_propuesta", "d2", {"destino": "ampliada", "propuesta": "@propuesta d1"})
    with juego.como() as ctx:
        fichas = ctx.session.scalars(select(Ficha).order_by(Ficha.numero)).all()
        assert [ficha.numero for ficha in fichas] == [1, 2]
        assert juego.propuesta(ctx).trabajadores == 90
        assert fichas[1].datos["trabajadores"] == 90
        tramos = [fila["periodo"]["desde"] for fila in fichas[1].datos["ejercicios"]]
        assert tramos[0] == "2024-02-01"
        assert min(tramos) == "2022-05-01"


def test_se_une_a_lo_ya_aprobado(juego: Juego) -> None:
    """Between the acta and the act: neither a second proposal nor an enlarged one, but the same agreement."""
    juego._hasta("validada", "d1")
    tramo = {"desde": "2024-01-01", "hasta": "2026-12-31"}
    juego._sesionar("s1", ["d1"], formular_acuerdo={"ejercicios": [{"periodo": tramo}]})
    fechas = {"fecha_inicio": "2024-05-01", "fecha_fin": "2025-06-30"}
    juego._hasta("analisis", "d2", presentar=fechas)
    juego._tarea("analizar_denuncia", "d2")
    for con, dice in (
        ({"destino": "nueva"}, "Ya hay una propuesta abierta"),
        ({"destino": "ampliada", "propuesta": "@propuesta d1"}, "ya no está abierta"),
    ):
        with pytest.raises(DatoInvalido, match=dice):
            juego._tarea("revisar_propuesta", "d2", con)
    juego._tarea("revisar_propuesta", "d2", {"destino": "acto_en_curso"})
    with juego.como() as ctx:
        assert juego.denuncia(ctx, "d2").estado.value == "en_acto"
        assert juego.denuncia(ctx, "d2").propuesta_id == juego.denuncia(ctx, "d1").propuesta_id
