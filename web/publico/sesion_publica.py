"""What the cookie of a person without account holds: a draft's code or an open mailbox, nothing she wrote."""

from __future__ import annotations

from flask import session

BORRADOR = "borrador"
BUZON = "buzon"


def borrador() -> str | None:
    """Code of the draft open in this browser."""
    codigo = session.get(BORRADOR)
    return codigo if isinstance(codigo, str) else None


def abrir_borrador(codigo: str) -> None:
    """Remember a draft in this browser."""
    session[BORRADOR] = codigo


def cerrar_borrador() -> None:
    """Forget the draft; it stays where it is until it expires."""
    session.pop(BORRADOR, None)


def buzon() -> int | None:
    """The denuncia whose mailbox is open in this browser."""
    denuncia_id = session.get(BUZON)
    return denuncia_id if isinstance(denuncia_id, int) else None


def abrir_buzon(denuncia_id: int) -> None:
    """Open a mailbox; the staff session of the same browser, if any, ends."""
    session.clear()
    session[BUZON] = denuncia_id


def cerrar_buzon() -> None:
    """Close the mailbox."""
    session.pop(BUZON, None)
