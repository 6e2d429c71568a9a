"""The reference cases as Viewflow flows, played by `python -m viewflow_pares` in an environment of its own."""
