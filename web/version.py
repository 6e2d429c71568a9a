"""Version of the program, as pyproject.toml says it (a test holds both together)."""

VERSION = "0.1.0"
