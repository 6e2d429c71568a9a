"""Passwords: argon2id, and no answer that tells whether an account exists."""

from __future__ import annotations

from workflow.adapters import contrasena


def test_coincide() -> None:
    guardada = contrasena.hacer("una frase larga")
    assert guardada.startswith("$argon2id$")
    assert contrasena.coincide(guardada, "una frase larga")
    assert not contrasena.coincide(guardada, "una frase larga ")
    assert not contrasena.hay_que_rehacer(guardada)


def test_sin_cuenta_o_con_basura_dice_que_no() -> None:
    assert not contrasena.coincide(None, "no hay tal cuenta")
    assert not contrasena.coincide("", "x")
    assert not contrasena.coincide("basura", "x")


def test_parametros_viejos_se_rehacen() -> None:
    vieja = "$argon2id$v=19$m=8,t=1,p=1$c2FsZGVwcnVlYmE$2pTqk3Ux8j1p0bHk0yG3mg"
    assert contrasena.hay_que_rehacer(vieja)
