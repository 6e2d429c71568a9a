"""Auctions: what is sold and how to bid, for anybody; the ranking and the balance, for the office."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("remates", __name__, url_prefix="/remates")

from web.remates import orden, postura, ver  # noqa: E402

__all__ = ["bp", "orden", "postura", "ver"]
