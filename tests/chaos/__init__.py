"""The house killed on purpose: whatever dies, what was told stays once and the rest never happened.

`make chaos` (or `python -m tests.chaos`) runs all of it in full; the suite runs the same in a small size (`tamano`).
"""
