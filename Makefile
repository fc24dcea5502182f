# Everything a person or a CI job runs. `make` alone lists it. Needs GNU make, git and Python 3.11 or newer.
# Nothing here names a package index: pip and uv use their own settings (pip.conf, uv.toml, environment).

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
MAKEFLAGS += --no-builtin-rules

VENV := .venv
BIN := $(VENV)/bin
UV ?= $(shell command -v uv 2>/dev/null)
ARGS ?=

# The first Python that really runs, is new enough and can make a venv (a pyenv shim may exist and still fail).
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3; do \
	$$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && \
	echo $$python && break; done)

# $(call install,ARGUMENTS): with uv where there is one, else (or where uv's settings reach no index) with pip.
install = $(if $(UV),$(UV) pip install --quiet --python $(BIN)/python $(1) ||) \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(1)

# uv pip compile keeps the versions already in the file; `make lock ARGS=--upgrade` takes the newest.
compile = $(or $(UV),$(BIN)/uv) pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-strip-extras --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' \
	pyproject.toml --group build

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "%-8s %s\n", $$1, $$2}' Makefile

site: $(VENV)/.site-ready ## build the handbook into site/ (ARGS=--all-publications: each into sites/NAME)
	$(BIN)/handbook build $(ARGS)

serve: $(VENV)/.site-ready ## show the handbook on this machine and rebuild it on every change
	$(BIN)/handbook serve $(ARGS)

check: $(VENV)/.site-ready ## check the content: references, completeness, wording, dates
	$(BIN)/handbook check $(ARGS)

lint: $(VENV)/.test-ready ## check the code: style, format, types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

# Without a Chromium the tests run all the same; those that need one fail and say what to install.
test: lint ## set up all that is missing, then lint and test
	@$(BIN)/python tools/chromium.py install || true
	$(BIN)/pytest --numprocesses auto --maxprocesses 8 --dist loadfile --cov $(ARGS)

bench: $(VENV)/.site-ready ## measure check and build as the handbook grows (ARGS='--sizes 100 --times 1')
	@$(MAKE) --no-print-directory VENV=.venv-bench .venv-bench/.bench-packages
	$(BIN)/python -m benchmarks $(ARGS)

lock: | $(BIN)/python ## write requirements/ anew from pyproject.toml (ARGS=--upgrade for newer versions)
	$(if $(UV),,$(BIN)/python -m pip install --quiet --disable-pip-version-check uv)
	$(compile) $(ARGS) -o requirements/site.txt
	$(compile) $(ARGS) --group test -c requirements/site.txt -o requirements/test.txt
	$(compile) $(ARGS) --group bench -c requirements/site.txt -o requirements/bench.txt

clean: ## remove whatever these targets made, .venv included
	rm -rf site sites .site-* .venv .venv-bench .handbook .cache .coverage .coverage.* htmlcov \
		.hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp per step: a changed lock file installs packages, a changed pyproject.toml only the project itself.
$(BIN)/python:
	@test -n '$(PYTHON)' || { echo 'Python 3.11 or newer with its venv module is needed (Debian: apt-get install' \
		'python3-venv); name another one with make PYTHON=...' >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)

$(VENV)/.%-packages: requirements/%.txt | $(BIN)/python
	@echo 'installing what $< locks'
	@$(call install,--require-hashes -r $<)
	@touch $@

$(VENV)/.%-ready: $(VENV)/.%-packages pyproject.toml
	@$(call install,--no-deps --no-build-isolation --editable .)
	@touch $@

.SECONDARY:
.PHONY: help site serve check lint test bench lock clean
