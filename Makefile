# `make run` shows the site, `make test` tests it; each brings what it needs into .venv by itself.
# The plain commands behind both are in README.md.

# The first Python on the path that is new enough; PYTHON=/path/to/python names another.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; \
	done || true)
PORT ?= 8000
LIST ?=
ARGS ?=

# In the environment, where a path with blanks or quotes in it stays what it is.
# settings.py gives each LIST a database of its own.
export LIST PORT

in_venv := .venv/bin/python
preflight := $(if $(PYTHON),$(PYTHON),python3) catalog/management/preflight.py
pip := $(in_venv) -m pip install --quiet --quiet --disable-pip-version-check --no-input

.DEFAULT_GOAL := help
.PHONY: help run test browser screenshots check password ready_to_run

help:
	@echo "make run        the site on this machine, filled with the list   [PORT=8000] [LIST=path/to/README.md]"
	@echo "make password   a new password for the curator of make run       [LIST=path/to/README.md]"
	@echo "make test       the whole test suite but for the browser         [ARGS='-k sentence']"
	@echo "make browser    the tests in a browser                           [ARGS=--headed] [CHROMIUM=path]"
	@echo "make screenshots   pictures of every page, in var/screenshots"
	@echo "make check      format, lint, types, migrations, deployment"

# Granian and not runserver: it is the server of docs/operate.md, so what works here works there,
# and it starts without a word, so that the four lines of first_run stay the last ones.
# The timeout is for a Ctrl-C in its first second: without it the server would never stop.
run: ready_to_run .venv/to_run
	@DEBUG=1 $(in_venv) manage.py first_run --list "$${LIST:-fixtures/awesome-plm.md}" --port "$$PORT"
	@DEBUG=1 exec $(in_venv) -m granian --interface wsgi --host 127.0.0.1 --port "$$PORT" \
		--workers 1 --blocking-threads 1 --workers-kill-timeout 2 \
		--log-level warning plmsite.wsgi:application

# Before anything is installed: a taken port should not be found out after a minute.
ready_to_run:
	@$(preflight) --port "$$PORT" --list "$${LIST:-fixtures/awesome-plm.md}"

test: .venv/to_develop
	@$(in_venv) -m pytest --numprocesses auto --dist worksteal $(ARGS)

# They look at pages: any database shows the same, and a file of SQLite is set back in an instant.
in_browser := DATABASE_URL= $(in_venv) -m pytest -p playwright --numprocesses auto

browser: .venv/to_develop
	@$(in_browser) $(ARGS) tests/browser

screenshots: .venv/to_develop
	@$(in_browser) $(ARGS) tests/browser/screenshots.py

# In memory: merely asking about migrations would leave an empty db.sqlite3 behind.
check: .venv/to_develop
	$(in_venv) -m ruff format --check .
	$(in_venv) -m ruff check .
	$(in_venv) -m mypy
	DEBUG=1 LIST= DATABASE_URL=sqlite:///:memory: $(in_venv) manage.py makemigrations --check --dry-run
	@echo "manage.py check --deploy, as in production"
	@DEBUG=0 HTTPS=1 SECRET_KEY=$$($(in_venv) -c 'import secrets; print(secrets.token_urlsafe(50))') \
		$(in_venv) manage.py check --deploy --fail-level WARNING

password: .venv/to_run
	@DEBUG=1 $(in_venv) manage.py password

# The stamps: installed again only when a list of requirements has changed since.
.venv/to_run: requirements.txt | $(in_venv)
	@echo "Installing what the site needs ..."
	@$(pip) --requirement requirements.txt
	@touch $@

.venv/to_develop: requirements-dev.txt requirements.txt | $(in_venv)
	@echo "Installing what the site needs and what tests it ..."
	@$(pip) --requirement requirements-dev.txt
	@# As pip compiles what it installs: or each of the processes that test would compile all tests.
	-@$(in_venv) -m pytest --collect-only --quiet --quiet >/dev/null
	@touch .venv/to_run $@

$(in_venv):
	@$(preflight)
	@echo "Making the environment .venv ..."
	@$(PYTHON) -m venv --clear .venv || { rm -rf .venv; exit 1; }
