# make, make test, make lab, make report: each works as the first command after a clone.
# make CASUALTY_DATA=FOLDER (or a workbook): the notebooks and the page of that dataset, beside it.

PYTHON ?= python3
PORT ?= 8888
BIN := .venv/bin
# of another dataset those that show one dataset; the fourth is about the example's fortnight
NOTEBOOKS := $(sort $(wildcard notebooks/$(if $(CASUALTY_DATA),[1-3],)*.ipynb))
INSTALL := $(BIN)/python -m uv pip install --quiet --python $(BIN)/python

.DEFAULT_GOAL := figures
.PHONY: figures notebooks report test lint lab bench clean help
.DELETE_ON_ERROR:

export CASUALTY_DATA

figures: notebooks $(if $(CASUALTY_DATA),report) ## set up, rerun the notebooks, write all figures (what plain `make` does)
	@$(BIN)/python -m analysis summary

.venv/ready: requirements.txt pyproject.toml
	@echo "Setting up .venv with $$($(PYTHON) --version) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(INSTALL) -r requirements.txt
	@touch $@

.venv/ready-dev: .venv/ready requirements-dev.txt
	@echo "Adding the test tools ..."
	@$(INSTALL) -r requirements-dev.txt
	@touch $@

notebooks: .venv/ready
	@[ -z "$$CASUALTY_DATA" ] || $(BIN)/python -m analysis check "$$CASUALTY_DATA"
	@echo "Rerunning $(words $(NOTEBOOKS)) notebooks with nbconvert ..."
	@$(BIN)/jupyter nbconvert --config nbconvert_config.py --log-level=WARN \
		--to notebook --execute --inplace $(NOTEBOOKS)

report: .venv/ready ## the page in both languages: figures/report.en.html, figures/report.ar.html
	@figures=figures; \
	if [ -d "$$CASUALTY_DATA" ]; then figures=$$CASUALTY_DATA/figures; \
	elif [ -n "$$CASUALTY_DATA" ]; then figures=$$(dirname "$$CASUALTY_DATA")/figures; fi; \
	for language in en ar; do \
		CASUALTY_LANGUAGE=$$language $(BIN)/jupyter nbconvert --config nbconvert_config.py \
			--log-level=WARN --to html --execute --template page \
			--TemplateExporter.extra_template_basedirs=templates \
			--HTMLExporter.language_code=$$language templates/page/report.ipynb \
			--output-dir "$$figures" --output .report.$$language && \
		mv "$$figures/.report.$$language.html" "$$figures/report.$$language.html" && \
		echo "Wrote $$figures/report.$$language.html" || exit 1; \
	done

test: .venv/ready-dev ## linter and tests
	@$(BIN)/ruff check .
	@$(BIN)/python -m pytest

lab: .venv/ready ## open JupyterLab on the notebooks
	$(BIN)/jupyter lab --port=$(PORT) notebooks

bench: .venv/ready-dev ## benchmarks: how fast, against what
	@$(BIN)/python benchmarks/bounds.py
	@$(BIN)/python benchmarks/loading.py
	@$(BIN)/python benchmarks/notebooks.py
	@$(BIN)/python benchmarks/fresh_clone.py

clean: ## remove the environment
	rm -rf .venv

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
