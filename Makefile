# Confer: the commands of README.md. Needs Python >= 3.11 with venv, and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help run test check soak bench format locks clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

run: $(VENV)/.run ## set up and run everything; without a Telegram token in the sandbox
	@$(BIN)/confer run

test: check ## set up and run every test
	@$(BIN)/python -m pytest -n auto --dist loadfile

check: $(VENV)/.dev ## format, lint, types, import rules
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --verbose > build/imports.log 2>&1 || { cat build/imports.log; exit 1; }
	@$(BIN)/hadolint deploy/Dockerfile

soak: $(VENV)/.dev ## the long form of every campaign
	@SOAK=1 $(BIN)/python -m pytest -n auto --dist loadfile -m campaign

bench: $(VENV)/.dev ## figures, each against a floor measured in the same run
	@$(BIN)/python -m tests.benchmarks

format: $(VENV)/.dev ## put the code into its form
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --fix --quiet .

locks: ## resolve the locked dependencies anew (needs uv)
	@uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet --upgrade \
		--group build pyproject.toml -o requirements.lock
	@uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet --upgrade \
		--group build --group dev pyproject.toml -o requirements-dev.lock

clean: ## remove what can be made again; keeps the data
	@rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	@echo "Setting up (about a minute the first time) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Confer needs Python 3.11 or newer")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(VENV)/bin/python requirements.lock pyproject.toml
	@$(PIP) install --require-hashes --requirement requirements.lock
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/bin/python requirements-dev.lock pyproject.toml
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@mkdir -p build
	@touch $@ $(VENV)/.run
