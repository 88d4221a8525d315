# Everything is installed into .venv; nothing else on the machine is touched.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.ready
PYWB := .venv-pywb/.ready

.DEFAULT_GOAL := help
.PHONY: help setup sample test slow check docs floors lock clean

help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(STAMP): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
	  { echo "communiques needs Python 3.11, 3.12 or 3.13; $(PYTHON) is $$($(PYTHON) --version). Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	@$(PYTHON) -m venv .venv || { echo "could not make .venv: on Debian and Ubuntu, apt-get install python3-venv"; exit 2; }
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

setup: $(STAMP)  ## install everything into .venv (done once; the other targets call it)

sample: setup  ## run the main job on the embedded sample site
	$(BIN)/communiques sample

test: setup  ## all tests that need Python alone
	$(BIN)/python -m pytest -m "not slow" -n 2 --dist loadgroup

# pywb is under the GPL: a program of its own that the slow tests start, and that nothing imports.
$(PYWB): requirements-pywb.lock
	@$(PYTHON) -m venv .venv-pywb
	.venv-pywb/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-pywb.lock
	@touch $(PYWB)

slow: setup $(PYWB)  ## the tests that take long or need other programs (tests/system-packages.txt; installed when one is root)
	@tests/install-system-packages
	$(BIN)/python -m pytest -m slow -n 2 --dist loadgroup

check: setup  ## the one command before a commit: format, lint, types, quick tests (what is generated is fresh, among them)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -m "not slow" -n 2 --dist loadgroup -q

docs: setup  ## write what the documentation generates, and build its site strictly into site/
	$(BIN)/python -m tests.docs.write_pages
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

floors: setup  ## pin the accuracy reached, and write it into docs/accuracy.md
	$(BIN)/python -m tests.quality.pin_floors

lock: setup  ## pin the dependencies anew (needs uv)
	uv pip compile --universal --python-version 3.11.2 --generate-hashes --no-emit-index-url --no-header --extra dev pyproject.toml -o requirements-dev.lock
	uv pip compile --universal --python-version 3.11.2 --generate-hashes --no-emit-index-url --no-header pyproject.toml -c requirements-dev.lock -o requirements.lock
	uv pip compile --universal --python-version 3.11.2 --generate-hashes --no-emit-index-url --no-header requirements-pywb.in -o requirements-pywb.lock

clean:  ## remove what setup and the tests made
	rm -rf .venv .venv-pywb site .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
