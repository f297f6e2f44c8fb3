.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
FRONTEND := $(shell find webapp/frontend -type f -not -path '*/node_modules/*' 2>/dev/null)

help: ## Show this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.venv/.run: requirements.lock pyproject.toml hatch_build.py $(FRONTEND)
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

.venv/.develop: .venv/.run requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

run: .venv/.run ## Start the system with the shipped policies and demo people
	@$(BIN)/complaintflow serve --demo

test: .venv/.develop ## Run all tests; ARGS="-k worklist" for some of them
	@$(BIN)/python -m pytest -n auto --dist loadgroup $(ARGS)

check: .venv/.develop ## Everything CI checks, in the same order
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest -n auto --dist loadgroup $(ARGS)

nightly: .venv/.develop ## The long tests: random models, crashes, several machines
	@$(BIN)/python -m pytest -m slow $(ARGS)

bench: .venv/.develop ## Measure the engine; prints tables
	@$(BIN)/python -m bench

lock: ## Renew the lock files after a change of pyproject.toml
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements.lock pyproject.toml
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --group dev -o requirements-dev.lock pyproject.toml

.PHONY: help run test check nightly bench lock
