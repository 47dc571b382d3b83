# Needs Python 3.11 or newer and make; everything else goes into .venv by itself.

PYTHON ?= python3
VENV ?= .venv
ARGS ?=
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
PROJECT := $(PIP) install -qq --no-deps --no-index --no-build-isolation --editable .
LOCK := UV_PYTHON_DOWNLOADS=never $(BIN)/uv pip compile --quiet --generate-hashes --no-header \
	--no-emit-index-url --universal --python-version 3.11

.PHONY: help setup demo run test check browser bench bench-chat bench-jobs chaos soak docs format lock clean
.DELETE_ON_ERROR:

help:
	@echo "make demo    luka in your browser, without a token"
	@echo "make run     luka in Telegram (write .env first, see .env.example)"
	@echo "make test    the tests; ARGS='-k flood' for some of them"
	@echo "make check   format, lint, types and layers"
	@echo "make bench   how fast luka is on this machine"
	@echo "make bench-chat  the same of conversations of many"
	@echo "make bench-jobs  what a job costs beside its work"
	@echo "make chaos   whether luka loses anything while it is killed 300 times"
	@echo "make soak    whether anything grows in 40 days of use, compressed into minutes"
	@echo "make docs    write .env.example and docs/configuration.md anew"
	@echo "make format  let ruff put the code in order"
	@echo "make lock    choose versions anew; ARGS=--upgrade for the newest"

setup: $(VENV)/ready-dev

demo: $(VENV)/ready-run
	@exec $(BIN)/luka-bot demo $(ARGS)

run: $(VENV)/ready-run
	@exec $(BIN)/luka-bot run $(ARGS)

test: $(VENV)/ready-dev
	$(BIN)/python -m pytest -n 4 --dist loadfile --no-loadscope-reorder --reruns 1 -r R $(ARGS)

browser: $(VENV)/ready-dev
	$(BIN)/python -m pytest -m browser $(ARGS)

check: $(VENV)/ready-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench: $(VENV)/ready-dev
	@$(BIN)/python -m bench $(ARGS)

bench-chat: $(VENV)/ready-dev
	@$(BIN)/python -m bench.conversations $(ARGS)

bench-jobs: $(VENV)/ready-dev
	@$(BIN)/python -m bench.jobs $(ARGS)

chaos: $(VENV)/ready-dev
	@$(BIN)/python -m chaos $(ARGS)

soak: $(VENV)/ready-dev
	@$(BIN)/python -m bench.soak $(ARGS)

docs: $(VENV)/ready-run
	$(BIN)/python -m docs.generate

format: $(VENV)/ready-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(VENV)/ready-dev
	$(LOCK) $(ARGS) pyproject.toml --group dev --group build -o requirements/dev.txt
	$(LOCK) pyproject.toml -c requirements/dev.txt -o requirements/run.txt
	$(LOCK) --group build -c requirements/dev.txt -o requirements/build.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/ready-run: requirements/run.txt requirements/build.txt pyproject.toml | $(BIN)/python
	@echo "Setting up $(VENV) (once, about a minute) …"
	@$(PIP) install -qq --require-hashes -r requirements/run.txt -r requirements/build.txt
	@$(PROJECT)
	@touch $@

$(VENV)/ready-dev: requirements/dev.txt pyproject.toml | $(BIN)/python
	@echo "Setting up $(VENV) with the tools (once, about a minute) …"
	@$(PIP) install -qq --require-hashes -r requirements/dev.txt
	@$(PROJECT)
	@touch $@

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || \
		{ echo "luka needs Python 3.11 or newer, but there is no $(PYTHON) here."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "luka needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) -V 2>&1)." \
			"Name another one: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ rm -rf $(VENV); echo "Python's venv is missing. On Debian: apt install python3-venv"; exit 1; }
