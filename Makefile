# Everything works on a machine that has Python 3.11 or newer, make and the package registries.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
export PYTHONUTF8 := 1

help: ## List what can be done (this list)
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

$(VENV)/.set-up: requirements/dev.txt
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check uv
	@$(VENV)/bin/uv pip sync --quiet --python $(PY) --require-hashes requirements/dev.txt
	@$(VENV)/bin/uv pip install --quiet --python $(PY) --no-deps --editable .
	@touch $@

setup: $(VENV)/.set-up ## Make .venv and install every pinned dependency
	@$(PY) -m banderole compile_translations

run: setup ## Set up, then start the demo on http://localhost:8000
	@$(VENV)/bin/banderole up --demo

check: setup ## Format, lint, types, import contracts, missing migrations
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/mypy banderole
	@$(VENV)/bin/lint-imports --no-cache
	@$(PY) -m banderole makemigrations --check --dry-run
	@$(PY) -m banderole check

browser: setup
	@sh tools/install_browser

test: check browser ## Everything that CI runs: checks, tests, browser tests
	@$(PY) -m pytest --quiet banderole tests
	@$(PY) -m pytest --quiet e2e

bench: setup ## Measure reading and starting, each beside a known program
	@folder=$$(mktemp -d) && export BANDEROLE_HOME=$$folder/site && \
	$(PY) -m banderole init && $(PY) -m banderole bench read; status=$$?; rm -rf $$folder; exit $$status

screenshots: browser ## Take the pictures in docs/screenshots from a fresh demo
	@$(PY) tools/screenshots

format: setup ## Write every file as the formatter wants it
	@$(VENV)/bin/ruff format .
	@$(VENV)/bin/ruff check --fix .

pin: setup ## Compile requirements/*.txt from pyproject.toml
	@$(VENV)/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements/run.txt
	@$(VENV)/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --extra dev pyproject.toml -c requirements/run.txt -o requirements/dev.txt

.PHONY: help setup run check browser test bench screenshots format pin
.DEFAULT_GOAL := help
