"""Two people at one task: both requests leave before either answer, one wins, the other is told."""

from __future__ import annotations

from tests.e2e.paginas import Persona


def enviar_a_la_vez(una: Persona, otra: Persona, *escrito: str) -> tuple[Persona, Persona]:
    """Both send the open form that each has before her: (who did it, who did not).

    Who did not finds the name of the other and what she wrote: `escrito`, by each in that order.
    """
    for persona in (una, otra):
        # Nobody waits here for the answer.
        persona.pagina.evaluate("document.querySelector('#formulario .piebar .govuk-button').click()")
    for persona in (una, otra):
        persona.pagina.wait_for_function("!document.querySelector('#formulario')")
        persona.pagina.wait_for_load_state()
    textos = {p.quien: p.pagina.locator("main").inner_text() for p in (una, otra)}
    hizo = [p for p in (una, otra) if "La hiciste tú" in textos[p.quien]]
    assert len(hizo) == 1, textos
    gano, perdio = (una, otra) if hizo == [una] else (otra, una)
    dicho = perdio.pagina.get_by_role("alert").inner_text()
    assert una.casa.nombre_de(gano.quien) in dicho, dicho
    assert "sigue aquí abajo" in dicho
    assert escrito[(una, otra).index(perdio)] in textos[perdio.quien]
    perdio.mirar("no se pudo")
    return gano, perdio
