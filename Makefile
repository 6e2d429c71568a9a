# make run    the demonstration: everything is installed, migrated and loaded, then served
# make test   the whole suite, with its own set-up
# make check  make test, with coverage gates, and every linter
# make bench  the benchmarks against the peers; results in build/bancos.json (docs/rendimiento.md)
# make motor  is the engine right? thousands of plays against an independent oracle (docs/rendimiento.md)
# make chaos  the house killed on purpose; results in build/caos.json (docs/caos.md)
# make assets web/static/vendor from the pinned npm packages
# make lock   requirements.lock from what is installed now

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
PORT ?= 8000
TRABAJADORES ?= 2
# The first Python of the machine that is new enough.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
PLANTILLAS := $(shell find web/templates -name '*.html' 2>/dev/null)
PYTEST := $(BIN)/pytest -n $(TRABAJADORES) --dist worksteal
REGLAS := workflow/rules/*,workflow/params/*

export PORT
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test check bench motor chaos lint formato assets lock entorno-pruebas limpiar

run: $(VENV)/.instalado web/static/vendor/MANIFEST.json
	@$(BIN)/flask --app wsgi bd migrar
	@$(PY) -m tools.servir

test: entorno-pruebas
	$(PYTEST)

check: lint
	rm -f .coverage .coverage.*
	$(PYTEST) --cov --cov-report=
	$(BIN)/coverage report --skip-covered --fail-under=90
	$(BIN)/coverage report --include='$(REGLAS)' --show-missing --fail-under=100

bench: entorno-pruebas
	$(PY) -m tests.benchmarks

motor: $(VENV)/.pruebas
	$(PY) -m tests.process

chaos: entorno-pruebas
	$(PY) -m tests.chaos

lint: entorno-pruebas
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PY) -m tools.diagramas_lint

formato: $(VENV)/.pruebas
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

assets: web/static/vendor/MANIFEST.json

entorno-pruebas: $(VENV)/.pruebas web/static/vendor/MANIFEST.json
	$(PY) -m tools.entorno pruebas

lock: $(VENV)/.pruebas
	$(PY) -m tools.candado

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Hace falta Python 3.11 o posterior." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) 2>/dev/null || { rm -rf $(VENV); sh tools/venv.sh "$(PYTHON)" $(VENV); }

$(VENV)/.instalado: pyproject.toml requirements.lock | $(VENV)/bin/python
	@echo "Instalando (la primera vez tarda alrededor de un minuto)…"
	@$(PY) -m pip install --quiet -c requirements.lock -e .
	@touch $@

$(VENV)/.pruebas: pyproject.toml requirements.lock $(VENV)/.instalado
	@$(PY) -m pip install --quiet -c requirements.lock -e '.[dev]'
	@touch $@

node_modules/.listo: package.json package-lock.json $(VENV)/.instalado
	@$(PY) -m tools.assets --solo-npm
	@touch $@

web/static/vendor/MANIFEST.json: node_modules/.listo tools/assets.py tools/iconos.txt $(PLANTILLAS)
	@$(PY) -m tools.assets --sin-npm

limpiar:
	rm -rf $(VENV) node_modules web/static/vendor .mypy_cache .pytest_cache .ruff_cache .coverage .coverage.*
