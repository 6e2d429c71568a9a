"""Command line: `flask --app wsgi <group> <command>`."""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Register every group."""
