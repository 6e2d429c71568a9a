"""The machine's pages: alive, ready, version, counts."""

from __future__ import annotations

from flask.testing import FlaskClient


def test_vivo(cliente: FlaskClient) -> None:
    r = cliente.get("/healthz")
    assert (r.status_code, r.json) == (200, {"status": "ok"})


def test_listo_con_la_base_migrada(cliente: FlaskClient) -> None:
    r = cliente.get("/readyz")
    assert (r.status_code, r.json) == (200, {"status": "ok", "fallan": []})
