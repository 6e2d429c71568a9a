"""What axe finds wrong in the page that a browser shows; what it finds right is left there, because it is long."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

REGLAS = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}
JUZGAR = "reglas => axe.run(document, reglas).then(r => r.violations.map(v => [v.id, v.nodes[0].html]))"


def fallas(pagina: Page) -> list[tuple[str, str]]:
    """(rule, the first element that breaks it) at the size that the page has now, once all of it has come."""
    pagina.wait_for_load_state()
    if not pagina.evaluate("'axe' in window"):
        pagina.evaluate(Axe().axe_script)
    return [(regla, elemento) for regla, elemento in pagina.evaluate(JUZGAR, REGLAS)]
