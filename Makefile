# Two commands: `make demo` shows the whole line, `make test` proves it. Needs Python 3.11 or newer and make.
PYTHON ?= python3
PORT ?= 8131
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

.PHONY: demo test check lint bench quality import-quality screens bundle clean

demo: .stamp-run
	$(BIN)/job131 demo --port $(PORT)

test: .stamp-test
	$(BIN)/python -m pytest -n 2

check: .stamp-test lint test

lint: .stamp-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bandit --quiet --recursive --severity-level medium matcher jobs_feed web
	git ls-files -z | xargs -0 $(BIN)/detect-secrets-hook --baseline .secrets.baseline

bench: .stamp-run
	$(BIN)/job131 --home job131-bench demo --size prefecture --no-serve
	$(BIN)/job131 --home job131-bench bench

quality: .stamp-run
	$(BIN)/job131 evaluate tests/cases --write docs/quality.md

import-quality: .stamp-test
	$(BIN)/python -m tests.import_quality docs/quality.md

screens: .stamp-test
	$(BIN)/python -m tests.screens build/screens

# Folders and zips for office PCs without internet: Linux and Windows, in build/bundle.
bundle: .stamp-test
	$(BIN)/python -m tests.bundle build/bundle

clean:
	rm -rf $(VENV) .stamp-* build dist *.egg-info

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null 2>&1 || { echo "没有找到 $(PYTHON)，请先安装 Python 3.11 或更新版本 / $(PYTHON) not found: install Python 3.11 or newer" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 太旧，需要 3.11 或更新版本 / Python is too old: 3.11 or newer is needed" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "缺少 venv，请安装 python3-venv / venv is missing: install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "建不了虚拟环境，请安装 python3-venv / cannot make a virtual environment: install python3-venv" >&2; exit 1; }

.stamp-run: $(BIN)/python pyproject.toml constraints.txt
	@echo "正在安装，第一次要一两分钟 / installing, a minute or two the first time" >&2
	@$(PIP) --editable .
	@touch $@

.stamp-test: .stamp-run
	@$(PIP) --editable '.[test]'
	@touch $@
