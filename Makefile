# make demo: try it in the browser. make test: run every test. Needs Python 3.11 or newer, and a package index.
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PIP := $(BIN)/python -m pip --disable-pip-version-check
LOCK := CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes --strip-extras \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links

.PHONY: setup setup-dev demo test check docs bench lock clean

setup: $(VENV)/.installed

setup-dev: $(VENV)/.installed-dev

$(VENV)/.installed: requirements.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed (set PYTHON=/path/to/python3)"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
		{ rm -rf $(VENV); echo "$(PYTHON) cannot make a virtual environment (Debian: apt install python3-venv)"; exit 1; }
	$(PIP) install --quiet --require-hashes -r requirements.lock
	@printf '#!/bin/sh\nexec "%s/python" "%s/bot.py" "$$@"\n' "$(abspath $(BIN))" "$(CURDIR)" > $(BIN)/nhacviec
	@chmod +x $(BIN)/nhacviec
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock | $(VENV)/.installed
	$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

demo: setup
	$(BIN)/python bot.py demo $(ARGS)

test: setup-dev
	$(BIN)/python -m pytest -n 2 $(ARGS)

# Formats the files; with CI set it only says which are not formatted.
check: setup-dev
	$(BIN)/ruff format $(if $(CI),--check,) .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/mypy bot.py
	$(BIN)/lint-imports

# The tables that the documents print from the code and the tests.
docs: setup-dev
	$(BIN)/python -m tests.tables

bench: setup-dev
	$(BIN)/python -m benchmarks $(ARGS)

# The oldest Python we support: newer ones need a part of the same packages.
lock: setup
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { echo "make lock needs Python 3.11"; exit 1; }
	$(PIP) install --quiet pip-tools
	$(LOCK) --upgrade --output-file=requirements.lock pyproject.toml
	$(LOCK) --extra=dev --constraint=requirements.lock --output-file=requirements-dev.lock pyproject.toml

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
