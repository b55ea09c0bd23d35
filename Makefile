# What there is to do with cubaru: `make help` lists it. Each target first sets up what it needs,
# and says nothing when that is there already. All a machine needs beforehand: Python 3.11+ and make.

PORT ?= 8000
# Which Python to build on, e.g. PYTHON=python3.12; empty: the newest that is found.
PYTHON ?=
# Further words for pytest, e.g. make test ARGS="tests/events -x"
ARGS ?=

VENV := .venv
PY := $(VENV)/bin/python
SITE := $(VENV)/.site-installed
CHECKS := $(VENV)/.checks-installed
VENDOR := static/vendor/.copied
BUNDLES := static/vendor/timeline.js static/vendor/map.js static/vendor/css/site.css
STATIC := staticfiles/.collected
CATALOGS := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po))

.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run test lint bench setup setup-checks browser format messages schema lock audit

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 20

run: setup ## Set up everything and serve the site at http://127.0.0.1:8000 (PORT= another)
	@$(PY) scripts/serve.py "$(PORT)"

test: setup-checks browser ## Run all tests, with coverage (ARGS= further words for pytest)
	@$(PY) -m pytest -n 2 --dist worksteal --cov $(ARGS)

lint: setup-checks ## Check style, types, import order and templates
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@$(VENV)/bin/lint-imports
	@$(PY) -m djlint --quiet --lint templates
	@$(PY) scripts/translations.py check

bench: setup-checks ## Measure the parts whose speed matters, each against its own yardstick
	@for bench in bench/*.py; do echo "$$bench" && PYTHONPATH=. $(PY) "$$bench" || exit 1; done

setup: $(SITE) $(VENDOR) $(BUNDLES) $(CATALOGS) $(STATIC) ## Set up what running the site needs
	@:

setup-checks: $(CHECKS) $(VENDOR) $(BUNDLES) $(CATALOGS) ## Set up what tests and checks need
	@:

browser: $(CHECKS)
	@$(PY) scripts/browser.py

format: $(CHECKS) ## Bring Python code into shape
	@$(PY) -m ruff check --fix --quiet . && $(PY) -m ruff format .

messages: $(CHECKS) ## Bring locale/ up to date with the texts in code and templates
	@$(PY) scripts/translations.py update

schema: $(SITE) ## Write the description of the API into docs/openapi.json
	@env -u SITE_URL $(PY) manage.py spectacular --format openapi-json --file docs/openapi.json

lock: $(CHECKS) ## Write the lock files anew from requirements*.in and package.json
	@for set in requirements requirements-dev; do $(VENV)/bin/uv pip compile --quiet --universal --upgrade \
		--python-version 3.11 --no-python-downloads --generate-hashes --no-annotate --no-emit-index-url \
		--no-emit-find-links --custom-compile-command "make lock" "$$set.in" -o "$$set.txt" || exit 1; done
	@$(PY) scripts/front.py lock

audit: $(CHECKS) ## Ask the advisory database about the locked packages (needs the network)
	@$(VENV)/bin/pip-audit --disable-pip --requirement requirements-dev.txt

$(PY):
	@python="$$(sh scripts/find_python.sh '$(PYTHON)')" \
		&& echo "Making $(VENV) with $$python" && "$$python" -m venv --clear $(VENV)

$(SITE): requirements.txt | $(PY)
	@echo "Installing Python packages (a minute on a fresh machine)"
	@$(PY) -m pip install -qq --disable-pip-version-check --no-deps --require-hashes -r requirements.txt
	@touch $@

$(CHECKS): requirements-dev.txt $(SITE)
	@echo "Installing Python packages for tests and checks"
	@$(PY) -m pip install -qq --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.txt
	@touch $@

$(VENDOR): package-lock.json scripts/front.py scripts/fonts.py scripts/outlines.py cubaru/core/typefaces.py places/projection.py $(SITE)
	@echo "Installing front-end packages"
	@$(PY) scripts/front.py install
	@touch $@

$(BUNDLES) &: $(wildcard static/js/timeline/*.js static/js/map/*.js static/css/*.css static/css/*/*.css static/admin_theme/*.css) $(VENDOR)
	@$(PY) scripts/front.py bundle
	@touch $@

locale/%.mo: locale/%.po $(SITE)
	@$(PY) scripts/translations.py compile $< $@

# The folders are listed with their files, so that a removed file counts as a change too.
$(STATIC): $(shell find static -not -name '.*') cubaru/settings.py $(VENDOR) $(BUNDLES)
	@echo "Collecting static files"
	@$(PY) manage.py collectstatic --no-input --verbosity 0
	@touch $@
