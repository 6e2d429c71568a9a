"""How every command speaks: data on standard output, one clear line on standard error when it fails."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import update_wrapper
from typing import Any, NoReturn, TypeVar, cast

import click
from sqlalchemy.exc import OperationalError, ProgrammingError

from web.config import ConfiguracionInvalida
from workflow.errors import DomainError

F = TypeVar("F", bound=Callable[..., Any])


def fallar(mensaje: str) -> NoReturn:
    """End with status 1 and one line on standard error."""
    click.echo(f"Error: {mensaje}", err=True)
    raise SystemExit(1)


def orden(funcion: F) -> F:
    """Turn a refusal, a bad setting or a database that does not answer into one line and status 1."""

    def envuelta(*args: Any, **kwargs: Any) -> Any:
        try:
            return funcion(*args, **kwargs)
        except (DomainError, ConfiguracionInvalida) as e:
            fallar(str(e))
        except (OperationalError, ProgrammingError) as e:
            fallar(f"la base de datos no responde o no está migrada ({type(e.orig).__name__}).")

    return cast(F, update_wrapper(envuelta, funcion))


def con_json(funcion: F) -> F:
    """Option `--json`, handed to the command as `en_json`."""
    return click.option("--json", "en_json", is_flag=True, help="Escribe JSON.")(funcion)


def escribir_json(datos: Any) -> None:
    """One JSON document, dates as ISO text."""
    click.echo(json.dumps(datos, ensure_ascii=False, indent=1, default=str))


def escribir_tabla(titulos: Sequence[str], filas: Iterable[Sequence[object]]) -> None:
    """Columns aligned with spaces; a line of its own when there is nothing to show."""
    textos = [[str(v) if v is not None else "—" for v in fila] for fila in filas]
    if not textos:
        click.echo("(nada)")
        return
    anchos = [max(len(f[i]) for f in [list(titulos), *textos]) for i in range(len(titulos))]
    for fila in [list(titulos), *textos]:
        click.echo("  ".join(t.ljust(a) for t, a in zip(fila, anchos, strict=True)).rstrip())
