"""Whole lives of many cases by the simulated clock: `python -m tests.integration.vidas 500 [--bd postgresql]`."""
