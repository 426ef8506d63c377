# munadi: every target sets up what it needs by itself; Python 3.11 to 3.13 and make are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
BENCH_READY := $(VENV)/.ready-bench
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-compile
CORPUS ?=
PAGES ?=
PUBTIMES ?=
FEEDS ?=
BUDGET ?= 300

.PHONY: setup demo test check bench bench-polling lock clean

setup: $(READY)

$(READY): locks/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
		|| { echo "munadi needs Python 3.11, 3.12 or 3.13: make setup PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) --require-hashes -r locks/dev.txt
	$(INSTALL) --no-build-isolation -e .
	@$(BIN)/python -m compileall -q -j 0 $(VENV)/lib >/dev/null || true  # pip would use one processor
	@touch $@

demo: $(READY)
	@$(BIN)/munadi demo

test: $(READY)
	$(BIN)/python -m pytest

check: $(READY)
	@PATH="$(CURDIR)/$(BIN):$$PATH" ./.ci/check

$(BENCH_READY): $(READY) locks/bench.txt
	$(INSTALL) --require-hashes -r locks/bench.txt
	@touch $@

bench: $(BENCH_READY)
	@PYTHONPATH=tests $(BIN)/python -m bench $(if $(CORPUS),--corpus $(CORPUS)) $(if $(PAGES),--pages $(PAGES)) $(if $(FEEDS),--feeds $(FEEDS))

bench-polling: $(READY)
	@test -n "$(PUBTIMES)" || { echo "name the times: make bench-polling PUBTIMES=FILE BUDGET=300"; exit 1; }
	@$(BIN)/python -m bench.polling "$(PUBTIMES)" "$(BUDGET)"

# Needs uv; the locks hold hashes and name no host.
lock:
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
		--python-version 3.11 --extra dev pyproject.toml -o locks/dev.txt
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
		--python-version 3.11 -c locks/dev.txt pyproject.toml -o locks/run.txt
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
		--python-version 3.11 -c locks/dev.txt --extra bench pyproject.toml -o locks/bench.txt

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .coverage*
