"""The nouns move only as procesos §1.3 says: its text, written here apart from the tables, is the judge."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.acto import Acto, EstadoActo
from models.base import TransicionIlegal
from models.comite import Asunto, EstadoAsunto, EstadoSesion, Sesion
from models.denuncia import CAUSAS, CausaCierre, Denuncia, EstadoDenuncia
from models.propuesta import PROPUESTAS_ABIERTAS, EstadoPropuesta, Propuesta

ABIERTOS = [e.value for e in EstadoDenuncia if e not in CAUSAS]
TEXTO = {
    Denuncia: (
        EstadoDenuncia,
        "recibida>sin_identificar,asignada; sin_identificar>asignada,sin_elementos; asignada>en_calificacion; "
        "en_calificacion>asignada,incompleta,en_analisis,turnada,improcedente; "
        "incompleta>en_calificacion,en_analisis; "
        "en_analisis>incompleta,en_programacion,sin_elementos,restituida; "
        "en_programacion>en_acto,en_analisis,sin_elementos; en_acto>por_restituir,en_analisis,sin_elementos; "
        "por_restituir>restituida,sin_elementos; " + "; ".join(f"{estado}>desistida" for estado in ABIERTOS),
    ),
    Propuesta: (
        EstadoPropuesta,
        "registrada>en_ficha; en_ficha>validada,retirada; validada>listada,en_ficha,retirada; "
        "listada>en_sesion,validada; en_sesion>aprobada,cambio_de_acto,rechazada,diferida,validada; "
        "diferida>en_ficha,validada,retirada,cerrada_diferida; aprobada>programada; cambio_de_acto>programada",
    ),
    Sesion: (
        EstadoSesion,
        "en_preparacion>convocada; convocada>instalada,sin_quorum,cancelada; instalada>acta_en_firma; "
        "acta_en_firma>celebrada",
    ),
    Asunto: (
        EstadoAsunto,
        "listado>abierto,retirado; abierto>en_votacion,diferida; en_votacion>abierto,votado,diferida; "
        "votado>aprobada,rechazada,diferida,cambio_de_acto",
    ),
    Acto: (
        EstadoActo,
        "programado>en_emision,en_desahogo,en_resolucion; en_emision>ordenado,sin_efectos; "
        "ordenado>notificado,con_observaciones,no_localizado,sin_efectos; notificado>en_desahogo; "
        "en_desahogo>con_observaciones,sin_observaciones,corregido,sin_efectos,no_localizado; "
        "con_observaciones>en_resolucion,corregido,sin_efectos; "
        "en_resolucion>determinado,sin_efectos,corregido; no_localizado>ordenado,sin_efectos",
    ),
}


def _legales(texto: str) -> set[tuple[str, str]]:
    pares = set()
    for renglon in texto.split("; "):
        de, _, destinos = renglon.strip().partition(">")
        pares |= {(de, a) for a in destinos.split(",")}
    return pares


@pytest.mark.parametrize("noun", list(TEXTO))
def test_cada_par_de_estados(noun: Any) -> None:
    estados, texto = TEXTO[noun]
    legales = _legales(texto)
    for de in estados:
        for a in estados:
            fila = noun(estado=de)
            if de is a or (de.value, a.value) in legales:
                fila.pasar_a(a)
                assert fila.estado is a
            else:
                with pytest.raises(TransicionIlegal):
                    fila.pasar_a(a)
                assert fila.estado is de
        assert noun(estado=de).es_final == (de.value not in {uno for uno, _ in legales})


@given(st.data())
def test_un_camino_al_azar_nunca_sale_de_la_tabla(data: st.DataObject) -> None:
    noun = data.draw(st.sampled_from(list(TEXTO)))
    estados, texto = TEXTO[noun]
    legales = _legales(texto)
    fila = noun(estado=data.draw(st.sampled_from(list(estados))))
    for destino in data.draw(st.lists(st.sampled_from(list(estados)), max_size=12)):
        antes, era_final = fila.estado, fila.es_final
        if antes is destino or (antes.value, destino.value) in legales:
            fila.pasar_a(destino)
            assert antes is destino or not era_final
        else:
            with pytest.raises(TransicionIlegal) as error:
                fila.pasar_a(destino)
            assert (error.value.de, error.value.a) == (antes.value, destino.value)


def test_cada_causa_cierra_en_un_solo_estado() -> None:
    todas = [causa for causas in CAUSAS.values() for causa in causas]
    assert sorted(todas) == sorted(CausaCierre)
    assert all(Denuncia(estado=estado).es_final for estado in CAUSAS)


def test_abierta_es_la_que_todavia_puede_dar_un_acto() -> None:
    cerradas = {"programada", "rechazada", "cerrada_diferida", "retirada"}
    assert {e.value for e in EstadoPropuesta} - {e.value for e in PROPUESTAS_ABIERTAS} == cerradas
