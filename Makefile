# make, make test, make lab, make report: each works as the first command after a clone.
# make CASUALTY_DATA=FOLDER (or a workbook): the notebooks and the page of that dataset, beside it.

# A folder may be called anything: make takes the name as it is, and no tool takes it for an option.
override CASUALTY_DATA := $(value CASUALTY_DATA)
override RUNNING_TOTALS := $(value RUNNING_TOTALS)
ifneq ($(filter -%,$(CASUALTY_DATA)),)
override CASUALTY_DATA := ./$(CASUALTY_DATA)
endif

PYTHON ?= python3
PORT ?= 8888
BIN := .venv/bin
INSTALL := $(BIN)/python -m uv pip install --quiet --python $(BIN)/python

# the largest first: of those that run side by side it takes longest
NOTEBOOKS := $(shell ls -S notebooks/*.ipynb)
# what is known of the last run: a stamp a notebook, and the sums of what went in and what came out
MADE := .venv/made/$(if $(CASUALTY_DATA),other,example)
STAMPS := $(NOTEBOOKS:notebooks/%.ipynb=$(MADE)/%)
# in a recipe, the folder that holds figures/ and notebooks/; its name may hold blanks
PLACE := $$(if [ -z "$$CASUALTY_DATA" ]; then echo .; elif [ -d "$$CASUALTY_DATA" ]; then echo "$$CASUALTY_DATA"; else dirname "$$CASUALTY_DATA"; fi)
SUMS := ! -path '*/__pycache__/*' ! -path '*/.ipynb_checkpoints/*' -exec cksum {} + 2>/dev/null | sort
INPUTS = echo "$$CASUALTY_DATA" "$$CASUALTY_LANGUAGE"; cksum nbconvert_config.py requirements.txt; \
	find src/analysis data -type f $(SUMS); [ -z "$$CASUALTY_DATA" ] || \
	find "$$CASUALTY_DATA" -maxdepth 1 \( -iname '[!.~]*.csv' -o -name choices.toml -o -iname '[!.~]*.xlsx' \) $(SUMS)
FIGURES = find "$(PLACE)/figures" $(if $(CASUALTY_DATA),"$(PLACE)/notebooks") -type f ! -name 'report.*.html' $(SUMS)
PAGES = find "$(PLACE)/figures" -name 'report.*.html' $(SUMS)

.DEFAULT_GOAL := figures
.PHONY: figures notebooks report test lint lab bench bench-archive attack clean help FORCE
.DELETE_ON_ERROR:
MAKEFLAGS += --jobs=$(or $(shell getconf _NPROCESSORS_ONLN 2>/dev/null),2)

export CASUALTY_DATA RUNNING_TOTALS
# compiled modules are kept, in .venv: each start is some seconds faster
export PYTHONDONTWRITEBYTECODE :=
export PYTHONPYCACHEPREFIX := $(CURDIR)/.venv/pycache

figures: notebooks $(if $(CASUALTY_DATA),report) ## set up, rerun the notebooks, write all figures (what plain `make` does)
	@$(BIN)/python -m analysis summary

.venv/ready: requirements.txt pyproject.toml
	@echo "Setting up .venv with $$($(PYTHON) --version) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12"; exit 1; }
	@mkdir .venv.making 2>/dev/null || \
		{ echo "Another make is setting up .venv: wait for it. If none is: rmdir .venv.making"; exit 1; }
	@trap 'rmdir .venv.making' EXIT; trap 'exit 1' INT TERM; set -e; \
	$(PYTHON) -m venv --without-pip .venv; \
	$(PYTHON) -m pip --quiet --disable-pip-version-check --python $(BIN)/python install uv 2>/dev/null || \
		{ $(BIN)/python -m ensurepip >/dev/null && $(BIN)/python -m pip install --quiet uv; }; \
	$(INSTALL) -r requirements.txt; \
	touch $@

.venv/ready-dev: .venv/ready requirements-dev.txt
	@echo "Adding the test tools ..."
	@$(INSTALL) -r requirements-dev.txt
	@touch $@

# Newer whenever something that goes in is another, or something that came out is gone or changed.
$(MADE)/inputs: FORCE | .venv/ready
	@mkdir -p $(@D)
	@now=$@.$$$$; { $(INPUTS); } > $$now; \
	if cmp -s $$now $@ && { [ ! -e $(MADE)/figures ] || $(FIGURES) | cmp -s - $(MADE)/figures; }; \
		then rm $$now; else mv $$now $@; fi

$(MADE)/checked: $(MADE)/inputs
	@[ -z "$$CASUALTY_DATA" ] || $(BIN)/python -m analysis check "$$CASUALTY_DATA"
	@touch $@

$(STAMPS): $(MADE)/%: notebooks/%.ipynb $(MADE)/checked
	@echo "Rerunning $< with nbconvert ..."
	@$(BIN)/jupyter nbconvert --config nbconvert_config.py --log-level=WARN \
		--to notebook --execute --inplace $<
	@touch $@

notebooks: $(STAMPS)
	@$(FIGURES) > $(MADE)/figures

report: $(MADE)/checked ## the page in each language: figures/report.LANGUAGE.html
	@if [ ! -e $(MADE)/pages ] || [ $< -nt $(MADE)/pages ] || ! $(PAGES) | cmp -s - $(MADE)/pages; then \
		$(BIN)/python -m analysis page && $(PAGES) > $(MADE)/pages; fi

test: .venv/ready-dev ## linters and tests
	@$(BIN)/ruff check .
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python -m pytest -n auto --dist loadfile

test-all: test ## the same and what takes long, as CI runs: all notebooks in a browser, attacks
	@$(BIN)/python -m pytest -n auto --dist loadfile -m slow

attack: .venv/ready-dev ## damage, kills, hostile names; known faults and licences of what is installed
	@$(BIN)/python -m pytest -m attack
	@$(BIN)/python -m uv tool run --quiet pip-audit --progress-spinner off --path \
		"$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')" > .venv/audit 2>&1; \
	grep -vE '^(WARNING|Name |-)|could not be audited' .venv/audit || true; \
	echo "packages that pip-audit could not look up: $$(grep -c 'could not be audited' .venv/audit)"
	@$(BIN)/python tests/licences.py

lab: .venv/ready ## open JupyterLab on the project, at the notebooks
	$(BIN)/jupyter lab --port=$(PORT) --config=jupyter_server_config.py --LabApp.default_url=/lab/tree/notebooks

bench: .venv/ready-dev ## benchmarks: how fast, against what (RUNNING_TOTALS=FILE: on a real archive)
	@for name in bounds divisions loading archive ledger check page controls notebooks fresh_clone; do \
		$(BIN)/python benchmarks/$$name.py || exit 1; done

bench-archive: .venv/ready-dev ## benchmark of archives on Dask (FAMILIES=200000)
	@$(BIN)/python benchmarks/archives_on_dask.py $(or $(FAMILIES),200000)

clean: ## remove the environment
	rm -rf .venv

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
