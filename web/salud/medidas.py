"""The pulse of the house in the text of Prometheus."""

from __future__ import annotations

from dataclasses import fields

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from workflow.queries.pulso import Pulso


def texto(pulso: Pulso) -> bytes:
    """One gauge per count; a registry of its own each time, because nothing of it outlives the answer."""
    registro = CollectorRegistry()
    for campo in fields(Pulso):
        nombre = f"denuncias_{campo.name}"
        Gauge(nombre, campo.name.replace("_", " "), registry=registro).set(getattr(pulso, campo.name))
    return generate_latest(registro)
