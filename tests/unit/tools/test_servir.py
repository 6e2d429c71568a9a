"""Two processes live and die together."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tools import servir

DORMIR = [sys.executable, "-c", "import time; time.sleep(60)"]
SORDO = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); print(1, flush=True); time.sleep(60)",
]


def _proceso(orden: list[str], **opciones: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(orden, start_new_session=True, stderr=subprocess.DEVNULL, **opciones)


@pytest.fixture(autouse=True)
def _registros(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Logs of the test's own."""
    monkeypatch.setattr(servir, "REGISTROS", tmp_path)
    (tmp_path / "trabajador.log").write_text("falta la base", encoding="utf-8")


def test_si_uno_termina_se_dice_con_su_estado(capsys: pytest.CaptureFixture[str]) -> None:
    breve = _proceso([sys.executable, "-c", "raise SystemExit(7)"])
    largo = _proceso(DORMIR)
    procesos = {"servidor web": largo, "trabajador": breve}
    assert servir.vigilar(procesos) == 7
    salida = capsys.readouterr().out
    assert "trabajador (estado 7)" in salida
    assert "falta la base" in salida
    servir.detener(procesos)
    assert largo.poll() is not None


def test_terminar_sin_error_tampoco_deja_al_otro_solo() -> None:
    breve = _proceso([sys.executable, "-c", ""])
    assert servir.vigilar({"trabajador": breve}) == 1


def test_a_quien_no_obedece_se_le_termina(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servir, "ESPERA_CIERRE", 0.3)
    sordo = _proceso(SORDO, stdout=subprocess.PIPE)
    assert sordo.stdout is not None
    with sordo.stdout as salida:
        salida.readline()
        antes = time.monotonic()
        servir.detener({"sordo": sordo})
    assert sordo.poll() is not None
    assert time.monotonic() - antes < 5


def test_puerto(unused_tcp_port: int) -> None:
    assert servir.puerto_libre(unused_tcp_port)


@pytest.fixture
def unused_tcp_port() -> int:
    """A port that nobody listens at."""
    import socket

    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])
