# One place for every verb; `make` alone lists them.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
SEED ?= 1
RUNS ?= 20

.DEFAULT_GOAL := help
.PHONY: help setup demo up doctor test check lint manifest heads quality bench faults hostile clean

help: ## List the verbs
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

setup: $(READY) ## Make the virtual environment with all packages and bundled models

$(READY): pyproject.toml constraints.txt samples.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Readymade needs Python 3.11 or newer: install it, or run make PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python's venv module is missing: apt-get install python3-venv"; exit 1; }
	@echo "Setting up .venv (a few minutes the first time)…" >&2
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -r samples.txt
	@touch $(READY)

demo: setup ## Show the whole product: local Slack, bot, worker, real models, answered threads
	@$(BIN)/python -m local.demo

up: setup ## The same, stays up: prints the address of the page
	@$(BIN)/python -m local.up

doctor: setup ## Look at this installation: one line a check, and what to do
	@$(BIN)/python -m workers.doctor

test: setup ## Run all tests; the last line counts them
	@$(BIN)/python -m tests

check: lint test ## What CI runs: format, lint, types, arrows, tests, a short run of faults
	@$(BIN)/python -m tests.faults --seed 1 --runs 8

lint: setup
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

manifest: setup ## Print the Slack app's manifest
	@$(BIN)/python -m bot.manifest

heads: setup ## Train the sentiment head again, with its model card
	@$(BIN)/python -m skills.models.train_sentiment

quality: setup ## Measure the skills on labelled data (SHARED=folder), print the table
	@$(BIN)/python -m bench.quality $(SHARED)

bench: setup ## Measure every figure against its peer: a table, bench/results.json (ONLY=ack,text QUICK=1)
	@$(BIN)/python -m bench $(if $(ONLY),--only $(ONLY)) $(if $(QUICK),--quick)

faults: setup ## Break processes, Redis and the network by chance (SEED=1 RUNS=20), check every answer
	@$(BIN)/python -m pytest -q -m faults tests/faults
	@$(BIN)/python -m tests.faults --seed $(SEED) --runs $(RUNS)

hostile: setup ## Upload hostile files, ours or those of a folder (DIR=), see that nothing breaks
	@$(BIN)/python -m tests.hostile $(if $(DIR),--dir $(DIR))

clean: ## Remove what was made here: environment, data, caches
	rm -rf .venv data .build .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage*
