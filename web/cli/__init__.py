"""Command line: `flask --app wsgi <group> <command>`."""

from __future__ import annotations

import click
from flask import Flask

from web.cli.bd import bd

GRUPOS: tuple[click.Command, ...] = (bd,)


def init_app(app: Flask) -> None:
    """Register every group."""
    for grupo in GRUPOS:
        app.cli.add_command(grupo)
