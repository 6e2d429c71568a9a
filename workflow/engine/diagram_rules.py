"""Checks at publication. Placeholder of the first slice: only that the files can be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from workflow.engine.model import Problem

if TYPE_CHECKING:
    from workflow.engine.catalog import Catalog


def check(files: Mapping[str, bytes], catalog: Catalog) -> list[Problem]:
    """Problems of a set of files."""
    return []
