# Everything goes through .venv; the first call makes it from requirements.lock (python3 and make are enough).
VENV  := .venv
PY    := $(VENV)/bin/python
STAMP := $(VENV)/.installed
# all comparisons, all tasks; make bench SPEEDS=keyness, make quality TASKS=places for one
SPEEDS := $(basename $(notdir $(wildcard benchmarks/speeds/[a-z]*.py)))
TASKS  := $(basename $(notdir $(wildcard benchmarks/tasks/[a-z]*.py)))

.PHONY: help setup reports test lab lite check bench quality lock clean

help:            ## show these lines
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

setup: $(STAMP)  ## install the kit into .venv

$(STAMP): requirements.lock pyproject.toml
	@echo "installing the kit into $(VENV) (once, about a minute)"
	@python3 -m venv $(VENV)
	@$(VENV)/bin/pip install --quiet --disable-pip-version-check "$$(grep -oE '^uv==[0-9.]+' requirements.lock)"
	@VIRTUAL_ENV=$(VENV) $(VENV)/bin/uv pip sync --quiet --compile-bytecode --require-hashes requirements.lock
	@VIRTUAL_ENV=$(VENV) $(VENV)/bin/uv pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

reports: $(STAMP) ## read the articles in seeds/, make every report, write reports/index.html
	@$(PY) -m analysis batch --only standard

test: $(STAMP)   ## run the tests
	@$(PY) -m pytest

lab: $(STAMP)    ## open JupyterLab on the notebooks
	@$(VENV)/bin/jupyter lab --LabApp.news_url= --LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate notebooks

lite: $(STAMP)   ## build a JupyterLite site of the lessons in dist/lite (an extra: see docs/teaching.md)
	@$(PY) scripts/make_lite.py $(if $(PYODIDE),--pyodide $(PYODIDE))

check: $(STAMP)  ## style, types, and which room may import which
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(PY) -m mypy
	@$(PY) -m pytest tests/test_floors.py

bench: $(STAMP)  ## measure speed beside what a user would take instead
	@$(PY) benchmarks/speed.py $(SPEEDS)

quality: $(STAMP) ## measure quality against the gold data in ../shared/benchmarks
	@for task in $(TASKS); do $(PY) benchmarks/quality.py $$task || exit 1; done

lock: $(STAMP)   ## pin every package again
	@$(VENV)/bin/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-header --quiet -o requirements.lock

clean:           ## remove what was generated; the articles stay
	rm -rf .parallax benchmarks/out .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find reports -mindepth 1 -maxdepth 1 ! -name README.md -exec rm -rf {} +
