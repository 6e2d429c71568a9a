"""The list of cases has credits and enforcements too, for who collects them and for nobody else."""

from __future__ import annotations

from flask import Flask

from tests.web.personal import Oficina
from tests.web.segunda import expediente_completo


def test_la_cobranza_halla_sus_creditos_y_su_ejecucion(app: Flask) -> None:
    oficina = Oficina(app)
    _, credito, pae = expediente_completo(oficina)
    cobranza = oficina.entra("hector.rios")
    cobranza.ir("/casos")
    assert credito in cobranza.texto
    assert pae in cobranza.texto
    cobranza.ir("/casos?tipo=credito&estado=por_determinar")
    assert credito in cobranza.texto
    assert pae not in cobranza.texto
    cobranza.ir("/casos?tipo=pae&estado=adjudicado")
    assert "Ningún caso coincide" in cobranza.texto
    analista = oficina.entra("ana.trejo")
    analista.ir("/casos")
    assert credito not in analista.texto
    assert pae not in analista.texto
    analista.ir(f"/casos?q={pae}")
    assert "Ningún caso coincide" in analista.texto
