"""Profiles of the property tests: 200 examples in CI (default), 10 000 with HYPOTHESIS_PROFILE=nightly."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

COMUN = {"deadline": None, "database": None, "suppress_health_check": [HealthCheck.too_slow]}

settings.register_profile("ci", max_examples=200, **COMUN)
settings.register_profile("nightly", max_examples=10_000, **COMUN)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
