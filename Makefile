# Everything starts from Python 3.11 or newer and make; the environment is made in .venv from requirements.lock.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PY := .venv/bin/python

.PHONY: up test lint bench drill fresh env lock

up: env  ## Start an instance of one's own; ARGS are given to it, such as ARGS="--data /srv/tierce"
	@$(PY) -m cli up $(ARGS)

test: lint  ## Everything; ARGS are given to pytest
	@chromium="$$($(PY) scripts/chromium.py)" && TIERCE_CHROMIUM="$$chromium" $(PY) -m pytest -n 2 --dist worksteal -q $(ARGS)

lint: env
	@$(PY) -m ruff check --quiet .
	@$(PY) -m ruff format --check --quiet .
	@$(PY) -m mypy --no-error-summary
	@said="$$(.venv/bin/lint-imports --no-logo 2>&1)" || { echo "$$said"; exit 1; }

bench: env  ## Ratios, not absolutes
	@$(PY) -m benchmarks $(ARGS)

drill: env  ## Kill it while it works, and count
	@chromium="$$($(PY) scripts/chromium.py)" && TIERCE_CHROMIUM="$$chromium" TIERCE_DRILL=yes $(PY) -m pytest -q -s tests/drills $(ARGS)

fresh:  ## Clone into a new folder and test there
	@folder="$$(mktemp -d)" && trap 'rm -rf "$$folder"' EXIT && git clone --quiet . "$$folder/tierce fresh" \
		&& $(MAKE) --no-print-directory -C "$$folder/tierce fresh" test

env:
	@test -n "$(PYTHON)" || { echo "Tierce needs Python 3.11 or newer, and there is none on the PATH." >&2; exit 1; }
	@$(PYTHON) scripts/bootstrap.py

lock:  ## Needs uv. One lock for work on Tierce, one without the tools for deploy/Dockerfile
	@uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --python-version 3.11 \
		--group dev pyproject.toml -o requirements.lock
	@uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --python-version 3.11 \
		--constraint requirements.lock pyproject.toml -o deploy/requirements.lock
