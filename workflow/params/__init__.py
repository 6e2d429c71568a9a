"""The law as dated, cited data: YAML files and the loader that refuses what it cannot vouch for."""
