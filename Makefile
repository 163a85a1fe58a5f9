# A fresh machine needs Python 3.11 or newer and make; everything else is installed into .venv.
PYTHON ?= python3
DATA ?= ../shared/data
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test check bench train-language train-extraction clean .chromium

demo: .venv/.installed
	$(BIN)/chipgraph build examples/articles -o output
	@echo
	@echo "The graph: open output/graph.html in a browser (it needs no network)."
	@echo "The same as data: output/graph.trig, output/claims.jsonl. Ask it: $(BIN)/chipgraph query --list"

test: .venv/.tested .chromium
	$(BIN)/python -m pytest

check: .venv/.tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m ontology.registry_check
	$(BIN)/python -m pytest

bench: .venv/.tested
	$(BIN)/python -m pytest benchmarks --benchmark-only

train-language: .venv/.installed
	$(PIP) install -e '.[train]'
	$(BIN)/python -m extract.language.recipe --data $(DATA) --out extract/language/pipeline

train-extraction: .venv/.installed
	$(PIP) install -e '.[train]'
	$(BIN)/python -m extract.verifier.recipe
	$(BIN)/python -m extract.encoder.recipe --data $(DATA)

clean:
	rm -rf .venv dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .benchmarks
	find output -mindepth 1 ! -name .gitkeep -delete
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Chipgraph needs Python 3.11 or newer; name one: make PYTHON=python3.12 ..." >&2; exit 2; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; exit 2; }

.venv/.installed: pyproject.toml | .venv/bin/python
	$(PIP) install -e .
	@touch $@

.venv/.tested: pyproject.toml .venv/.installed
	$(PIP) install -e '.[dev]'
	@touch $@

# The browser tests drive Debian's chromium and skip where there is none, so a failure here is told and passed over.
.chromium:
	@command -v chromium >/dev/null 2>&1 && exit 0; command -v apt-get >/dev/null 2>&1 || exit 0; \
	root=; [ "$$(id -u)" = 0 ] || { root="sudo -n"; sudo -n true 2>/dev/null || exit 0; }; \
	echo "Installing chromium for the browser tests ..."; \
	{ $$root apt-get update -qq && \
	  $$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } \
	  </dev/null >/dev/null 2>&1 || echo "Chromium could not be installed: the browser tests will be skipped."
