# `make help` tells what each target does.
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
DASHBOARD := dashboard/dist/index.html
DATA_DIR ?= data
# Where no bytecode is kept, each of some hundred processes that the tests start compiles everything anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help install dashboard demo run test test-fast check format bench api-client command-states openapi lock packages-demo packages-test

help: ## tell what each target does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(INSTALLED): requirements.lock pyproject.toml
	scripts/install-python $(VENV)
	touch $@

$(DASHBOARD): dashboard/package-lock.json dashboard/index.html $(shell find dashboard/src dashboard/public -type f 2>/dev/null)
	scripts/build-dashboard

install: $(INSTALLED) $(DASHBOARD) ## virtual environment and dashboard, into this checkout

packages-demo:
	scripts/install-packages mosquitto libreoffice ffmpeg

packages-test:
	scripts/install-packages mosquitto libreoffice ffmpeg mariadb redis chromium nginx nftables fail2ban systemd

demo: packages-demo install ## run everything with a demo school: prints address, user and password
	$(BIN)/infoscreen up --demo --data-dir $(DATA_DIR)

run: packages-demo install ## run everything without demo data
	$(BIN)/infoscreen up --data-dir $(DATA_DIR)

test: packages-test install ## every test, with real Mosquitto, MariaDB, Redis, LibreOffice and Chromium
	scripts/npm test
	$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder

test-fast: $(INSTALLED) ## the tests that need no service
	$(BIN)/pytest -q -n 2 -m "not service" --hypothesis-profile=quick

check: install ## format, lint, types, dependency rule, generated files
	$(BIN)/ruff format --check src tests bench
	$(BIN)/ruff check src tests bench
	$(BIN)/mypy
	$(BIN)/lint-imports
	scripts/npm run check
	scripts/check-generated

format: install ## put all code into its form
	$(BIN)/ruff check --fix src tests bench
	$(BIN)/ruff format src tests bench
	scripts/npm run format

bench: $(INSTALLED) ## measure, and print ratios
	for file in bench/*.py; do $(BIN)/python $$file; done

openapi: $(INSTALLED)
	$(BIN)/infoscreen openapi > dashboard/openapi.json

api-client: openapi ## generate the dashboard's API client from the API
	scripts/npm run api-client

command-states: $(INSTALLED) ## draw the life of a command into docs/commands.md
	$(BIN)/python scripts/draw-command-states

lock: ## write requirements.lock anew from pyproject.toml
	$(BIN)/uv pip compile pyproject.toml -q --all-extras --generate-hashes --no-emit-index-url --no-header \
		--python-version 3.11 -o requirements.lock
