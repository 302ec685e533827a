ENVIRONMENT := .venv
PYTHON := $(ENVIRONMENT)/bin/python

.PHONY: environment
environment: ## Build .venv with everything development needs
	python3 -m venv $(ENVIRONMENT)
	$(PYTHON) -m pip install --quiet --require-hashes --no-deps -r requirements/development.txt
