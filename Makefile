# Two commands on a fresh Debian 12: `make demo` and `make test`.
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
export TISU_PORT ?= 8000
export TISU_DATA ?= ./var
export PYTHONDONTWRITEBYTECODE ?=

CATALOGUES := $(wildcard src/tisu/*/locale/*/LC_MESSAGES/*.po)

.PHONY: demo test test-deep install install-dev lock messages lint clean

demo: $(VENV)/.messages
	$(BIN)/tisu demo $(TISU_ARGS)

test: $(VENV)/.dev
	tools/test $(TISU_ARGS)

# A hundred thousand random sequences of acts: some hours. TISU_FIRST_SEED takes others than the last time.
test-deep: export TISU_SEQUENCES ?= 100000
test-deep: $(VENV)/.dev
	$(PY) -m pytest -q -n 2 --dist load tests/test_any_sequence.py $(TISU_ARGS)

install: $(VENV)/.messages
install-dev: $(VENV)/.dev

$(BIN)/uv:
	tools/venv $(VENV)

$(VENV)/.runtime: $(BIN)/uv requirements/runtime.txt pyproject.toml
	$(BIN)/uv pip install -q --python $(PY) --require-hashes -r requirements/runtime.txt
	$(BIN)/uv pip install -q --python $(PY) --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.messages: $(VENV)/.runtime tools/messages.py $(CATALOGUES)
	$(PY) tools/messages.py compile
	touch $@

$(VENV)/.dev: $(VENV)/.messages requirements/dev.txt
	$(BIN)/uv pip install -q --python $(PY) --require-hashes -r requirements/dev.txt
	touch $@

lock: $(BIN)/uv
	$(BIN)/uv pip compile -q pyproject.toml --group build --generate-hashes --no-emit-index-url --no-annotate --no-header -o requirements/runtime.txt
	$(BIN)/uv pip compile -q pyproject.toml --group build --group dev --generate-hashes --no-emit-index-url --no-annotate --no-header -o requirements/dev.txt

messages: $(VENV)/.dev
	$(PY) tools/messages.py update

lint: $(VENV)/.dev
	$(BIN)/ruff check src tests tools conftest.py && $(BIN)/ruff format --check src tests tools conftest.py

# Never the data folder: it may hold a county and its keys.
clean:
	rm -rf $(VENV)
