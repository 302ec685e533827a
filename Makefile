# The commands of the project; `make help` lists them. Each sets up by itself what it needs.

SHELL := /bin/sh
ENVIRONMENT := .venv
BIN := $(ENVIRONMENT)/bin
SCALE ?= 1
# Tests with figures in seconds share the machine with others: what fails is tried once more, and the summary says so.
PYTEST ?= --numprocesses=2 --dist=loadfile --no-loadscope-reorder --reruns=1 --durations=15
.DEFAULT_GOAL := help
# Compiled code is kept: otherwise each of the hundreds of processes that tests start compiles every library anew.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: help run test check lint types imports templates contract supply schema migrate migrations bench \
	load shell lock environment runtime packages

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: runtime ## Start everything on this machine, with sample data, and print where it is
	@exec $(BIN)/python -m services.local

test: environment packages ## Run all tests (PYTEST="…" replaces the arguments)
	@exec $(BIN)/python -m pytest $(PYTEST)

check: lint types imports templates contract migrations-written guides-written supply ## Everything that is checked without running tests

lint: environment ## Check style and formatting
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: environment ## Check types, strictly
	@$(BIN)/mypy

imports: environment ## Check who may import whom
	@$(BIN)/lint-imports

templates: environment ## Check the page templates
	@$(BIN)/djlint --lint --quiet web

contract: environment ## Compare the committed contract with the code
	@$(BIN)/python -m services.contract_file --check

.PHONY: migrations-written
migrations-written: environment
	@$(BIN)/python -m services.migrate --check

.PHONY: guides-written
guides-written: environment
	@$(BIN)/python -m services.guides --check

supply: environment ## Look for known vulnerabilities and write the bill of materials to var/
	@$(BIN)/python requirements/audit.py

schema: environment ## Write schema/schema.graphql, the public contract, from the code
	@$(BIN)/python -m services.contract_file

.PHONY: guides
guides: environment ## Write docs/indicators.md and docs/events.md from the code
	@$(BIN)/python -m services.guides

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

# Deployment.

PUBLISHED_TYPES := tests/deploy/npm/node_modules
IMAGE ?= khoosheh
VERSION ?= 0.1.0
BASE_REGISTRY ?= docker.io
PACKAGE_INDEX ?=
CDN ?= https://cdn.jsdelivr.net/npm

deploy-check: environment packages $(PUBLISHED_TYPES) ## Prove every installation without a cluster
	@$(BIN)/python -m deploy.k8s.provinces --check
	@DRILLS=full exec $(BIN)/python -m pytest tests/deploy --ignore tests/deploy/drills

drills: environment packages ## Rehearse failover, restore, roll-out, migration, delivery, abuse, every page for everyone and 10,000 random commands
	@DRILLS=full RANDOM_COMMANDS=10000 exec $(BIN)/python -m pytest tests/deploy/drills tests/events/drills tests/api/test_random_commands.py \
	  tests/access/test_running_service.py tests/local/test_commands.py tests/api/test_http_shutdown.py \
	  tests/admin/test_everyone_reads_persian.py tests/admin/test_everyone_reads_english.py

image: ## Build the container image (PYTHON_DIGEST=sha256:…, see docs/operations.md)
	@test -n "$(PYTHON_DIGEST)" || { echo "PYTHON_DIGEST is not set; docs/operations.md, step 2, says where it comes from." >&2; exit 1; }
	docker build --tag $(IMAGE):$(VERSION) --build-arg PYTHON_DIGEST=$(PYTHON_DIGEST) \
	  --build-arg BASE_REGISTRY=$(BASE_REGISTRY) --build-arg PACKAGE_INDEX=$(PACKAGE_INDEX) --build-arg CDN=$(CDN) \
	  --build-arg VERSION=$(VERSION) --build-arg REVISION=$$(git rev-parse HEAD) \
	  --build-arg CREATED=$$(date -u +%Y-%m-%dT%H:%M:%SZ) .

# Tests of custom resources read the types their operators publish; without them they are skipped, in CI they fail.
test: $(PUBLISHED_TYPES)

$(PUBLISHED_TYPES): tests/deploy/npm/package.json | packages
	@npm install --prefix tests/deploy/npm --no-package-lock --no-audit --no-fund --ignore-scripts --loglevel=error >/dev/null \
	  && touch $@ || echo "The published types could not be installed; tests that need them are skipped." >&2

.PHONY: deploy-check drills image
