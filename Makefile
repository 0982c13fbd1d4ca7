# Everything a newcomer needs: make demo, make test. Both need only Python 3.11 or newer.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv
R_PACKAGES := r-base-core r-cran-survey r-cran-psych r-cran-multilevel r-cran-metafor

.PHONY: help demo test check bench fuzz reference coverage attack lock clean browser pango screenshots

help:
	@echo "make demo    a simulated programme, from survey exports to reports"
	@echo "make test    every test; on Debian as root it installs Chromium and Pango for those that look at a page or a PDF"
	@echo "make screenshots  every kind of page on every medium, in build/screenshots"
	@echo "make check   lint, format and types"
	@echo "make bench   speed, as ratios against a floor measured in the same run"
	@echo "make fuzz    thousands of changed and damaged exports: none may be misread without a word, none may hurt"
	@echo "make reference  the values of R once more, that the tests hold the figures against"
	@echo "make coverage   how often the intervals hold the true value, in tests/reference/RESULTS.md"
	@echo "make attack  what can be worked out of hidden figures from everything published: nothing"
	@echo "make lock    resolve requirements.lock anew"
	@echo "make clean   remove what the other targets made"

.venv/installed: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(UV) pip install --quiet --python $(BIN)/python --compile-bytecode --require-hashes -r requirements.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	touch $@

demo: .venv/installed
	$(BIN)/lcmonitor demo build/demo

# By file: its tests share what they need. pytest-xdist 3.8's groups do not hold under pytest 9.2.
test: .venv/installed browser pango
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

check: .venv/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/installed
	$(BIN)/python tests/bench/run.py

# SEED=… looks for others.
fuzz: .venv/installed
	$(BIN)/python tests/fuzz/run.py $(if $(SEED),--seed $(SEED))

# What R gives is kept in tests/reference/recorded, so only who changes it needs R.
reference:
	@if command -v Rscript >/dev/null; then Rscript tests/reference/all.R; \
	else echo "R is not installed; the recorded values stay. Debian: apt-get install $(R_PACKAGES)"; fi

coverage: .venv/installed
	PYTHONPATH=. $(BIN)/python tests/coverage/run.py

attack: .venv/installed
	$(BIN)/python tests/attack/run.py $(if $(SEED),--seed $(SEED)) $(if $(WORLDS),--worlds $(WORLDS))

lock:
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(UV) pip compile pyproject.toml --group dev --all-extras --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-emit-index-url --upgrade -o requirements.lock

# The tests that look at a page need the system's Chromium.
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || { \
	  if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	    apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium fonts-dejavu-core >/dev/null; \
	  else echo "Install Chromium for the browser tests (Debian: apt-get install chromium); they skip without it."; fi; }

# What makes PDFs needs the system's Pango.
pango:
	@ldconfig -p 2>/dev/null | grep -q libpangoft2-1.0 || { \
	  if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	    apt-get update -qq && apt-get install -qq -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 >/dev/null; \
	  else echo "Install Pango for the PDFs (Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0; macOS: brew install pango); their tests skip without it."; fi; }

screenshots: .venv/installed browser pango
	PYTHONPATH=. $(BIN)/python tests/screenshots.py

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
