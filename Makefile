# `make demo` and `make test` need Python 3.11+, make and git; everything else is installed here.
SHELL := /bin/bash
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: demo test sites lint fix bench torture fuzz consumers clean

demo: $(VENV)/.installed
	@"$(BIN)/python" examples/demo.py

test: $(VENV)/.dev
	"$(BIN)/ruff" format --check .
	"$(BIN)/ruff" check .
	"$(BIN)/mypy"
	"$(BIN)/python" -m pytest -n auto --cov --cov-report=term
	"$(BIN)/cog" -I docs --check README.md docs/*.md

fix: $(VENV)/.dev
	"$(BIN)/ruff" format .
	"$(BIN)/ruff" check --fix .
	"$(BIN)/cog" -I docs -r README.md docs/*.md

bench:
	"$(PYTHON)" benchmarks/run.py

sites: $(VENV)/.dev
	"$(BIN)/python" -m pytest -m sites -rs tests/formats/test_sites.py

torture: $(VENV)/.dev
	"$(BIN)/python" -m tests.torture $(LENGTH)

fuzz: $(VENV)/.dev
	"$(BIN)/python" -m tests.fuzz $(TARGET)

# Text extractors that news search and readers use, on the examples' pages; in an environment apart.
consumers:
	"$(PYTHON)" -m venv "$(VENV)-consumers"
	"$(VENV)-consumers/bin/python" -m pip install -q --disable-pip-version-check -e ".[dev,consumers]"
	"$(VENV)-consumers/bin/python" -m pytest -W ignore tests/consumers

$(VENV)/.installed: pyproject.toml
	"$(PYTHON)" -m venv "$(VENV)"
	"$(BIN)/python" -m pip install -q --disable-pip-version-check -e .
	@touch "$@"

$(VENV)/.dev: $(VENV)/.installed
	"$(BIN)/python" -m pip install -q --disable-pip-version-check -e ".[dev]"
	@touch "$@"

clean:
	rm -rf "$(VENV)" .mypy_cache .pytest_cache .ruff_cache .hypothesis
