# `make run` and `make test` need Python >= 3.11 and make; everything else they install into .venv.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

# Where `make bench` finds web pages with what is to be read of them: a folder beside this one, if there is one.
PAGES  ?= $(firstword $(wildcard ../*/readability-pages))

# A .venv of which pip could not be upgraded must not pass for a whole one the next time.
.DELETE_ON_ERROR:

.PHONY: run test lint format check bench readme wheel clean

run: $(VENV)/.installed
	@$(BIN)/reader demo

# One worker more than there are processors, since tests of the terminal wait at times for the program that they drive;
# these, the longest, come before those of the interface.
test: $(VENV)/.tested
	$(BIN)/python -m pytest --dist loadfile --no-loadscope-reorder \
		-n $$($(BIN)/python -c 'import os; print(1 + (os.cpu_count() or 1))')

lint: $(VENV)/.tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test

format: $(VENV)/.tested
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.tested
	@$(BIN)/python -m pip install --quiet -e ".[bench]" || echo "the peers could not be installed: measuring without them" >&2
	$(BIN)/python -m tests.bench $(if $(SIZE),--size $(SIZE)) $(if $(PAGES),--pages $(PAGES))

# The generated parts of the README: tables, screenshots.
readme: $(VENV)/.tested
	$(BIN)/python -m tests.readme

wheel: $(VENV)/.tested
	$(BIN)/python -m build --wheel

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis

# pip older than 24 cannot resolve readability-lxml (make bench) beside trafilatura, so it is upgraded first.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "reader needs Python 3.11 or later: make PYTHON=/path/to/python3.11 run" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
	  || { echo "Python's venv module is missing: install python3-venv (Debian, Ubuntu) and run make again" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --upgrade "pip>=24"

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml
	@echo "Installing Reader into $(VENV) (once)…" >&2
	@$(BIN)/python -m pip install --quiet -e .
	@touch $@

$(VENV)/.tested: $(VENV)/.installed
	@echo "Installing the test tools into $(VENV) (once)…" >&2
	@$(BIN)/python -m pip install --quiet -e ".[test]"
	@touch $@
