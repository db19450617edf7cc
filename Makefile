# make run    build the environment and start the app
# make test   lint, types and every test, the browser's included
# make bench  measure the speed goals as ratios in one run

PORT ?= 8501
ADDRESS ?= 127.0.0.1
PY := .venv/bin/python
export PYTHON CHROMIUM POSTGRES
export OPENBLAS_NUM_THREADS := 1

.PHONY: run test lint bench clean

run: .venv/.run
	@echo "The app opens at http://localhost:$(PORT)"
	$(PY) -m streamlit run app.py --server.port $(PORT) --server.address $(ADDRESS) --server.headless true

test: lint
	POSTGRES="$$(scripts/postgres.sh)" && export POSTGRES && $(PY) -m pytest -n auto --dist worksteal --ignore tests/browser
	CHROMIUM="$$(scripts/browser.sh)" && export CHROMIUM && $(PY) -m pytest tests/browser

lint: .venv/.dev
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy

bench: .venv/.bench
	CHROMIUM="$$(scripts/browser.sh)" $(PY) -m tests.bench

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis artefacts

.venv/.run: requirements.txt scripts/environment.sh
	scripts/environment.sh requirements.txt
	@touch $@

.venv/.dev: requirements.txt requirements-dev.txt scripts/environment.sh
	scripts/environment.sh requirements-dev.txt
	@touch $@ .venv/.run

.venv/.bench: requirements.txt requirements-dev.txt requirements-bench.txt scripts/environment.sh
	scripts/environment.sh requirements-bench.txt
	@touch $@ .venv/.run
