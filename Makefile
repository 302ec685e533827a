# The commands of the project; `make help` lists them. Each sets up by itself what it needs.

SHELL := /bin/sh
ENVIRONMENT := .venv
BIN := $(ENVIRONMENT)/bin
SCALE ?= 1
PYTEST ?= --numprocesses=2 --dist=loadfile
.DEFAULT_GOAL := help
.PHONY: help run test check lint types imports templates contract supply schema migrate migrations bench \
	load shell lock environment runtime packages

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: runtime ## Start everything on this machine, with sample data, and print where it is
	@exec $(BIN)/python -m services.local

test: environment packages ## Run all tests (PYTEST="…" replaces the arguments)
	@exec $(BIN)/python -m pytest $(PYTEST)

check: lint types imports templates contract migrations-written supply ## Everything that is checked without running tests

lint: environment ## Check style and formatting
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: environment ## Check types, strictly
	@$(BIN)/mypy

imports: environment ## Check who may import whom
	@$(BIN)/lint-imports

templates: environment ## Check the page templates
	@$(BIN)/djlint --check --lint --quiet web

contract: environment ## Compare the committed contract with the code
	@$(BIN)/python -m services.graphql.contract --check

.PHONY: migrations-written
migrations-written: environment
	@$(BIN)/python -m services.migrate --check

supply: environment ## Look for known vulnerabilities and write the bill of materials to var/
	@$(BIN)/python requirements/audit.py

schema: environment ## Write schema/schema.graphql, the public contract, from the code
	@$(BIN)/python -m services.graphql.contract

migrate: runtime ## Bring the database to this release (DATABASE_URL or the embedded one)
	@exec $(BIN)/python -m services.local.borrow $(BIN)/python -m services.migrate

migrations: environment ## Write the migration from the rows and their guards
	@$(BIN)/python -m services.migrate --generate

load: runtime ## Load a national data set, SCALE times the size of Iran (SCALE=1)
	@exec $(BIN)/python -m services.local.borrow $(BIN)/python -m services.sample --scale $(SCALE)

bench: environment ## Measure the workloads against the hand-written reference and print the table
	@exec $(BIN)/python -m bench

shell: runtime ## Open psql on the database
	@exec $(BIN)/python -m services.local.borrow --psql

lock: environment ## Resolve requirements/*.in into hash-pinned requirements/*.txt
	@$(BIN)/python requirements/lock.py

environment: ## Build .venv with everything development needs
	@python=$$(requirements/find-python.sh) && exec "$$python" requirements/install.py development

runtime:
	@python=$$(requirements/find-python.sh) && exec "$$python" requirements/install.py runtime

packages:
	@requirements/system.sh
