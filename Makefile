# Every target is one line of `autograder`, pytest, the tests, ruff or mypy; `make help` lists them.
PYTHON ?= python3
UV_VERSION := 0.13.9
VENV := .venv
BIN := $(VENV)/bin
UV := .tools/bin/uv
READY := $(VENV)/.ready
RUN := $(BIN)/autograder

.DEFAULT_GOAL := help
.PHONY: help setup data release kit gradescope grade validate test evil mutate lint report clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY) ## install everything into .venv/ (done by the other targets when needed)

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Python 3.11 or newer is needed; name one with: make PYTHON=/path/to/python3'; exit 1; }
	@echo 'Installing uv $(UV_VERSION) into .tools/ ...'
	@$(PYTHON) -m venv .tools
	@.tools/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(READY): pyproject.toml uv.lock | $(UV)
	@if [ -e $(READY) ]; then echo 'pyproject.toml or uv.lock has changed: bringing $(VENV)/ up to date ...'; \
	else echo 'Installing the packages of uv.lock into $(VENV)/ (about 3 GB, TensorFlow is the most of it) ...'; fi
	@# Compiled once here: a sandbox may not write into .venv/, and would compile TensorFlow each time.
	@$(UV) sync --frozen --extra course --quiet --compile-bytecode --python $(PYTHON)
	@touch $(READY)
	@echo 'Done. Nothing was put outside this directory but download caches.'

data: $(READY) ## fetch MNIST and Fashion-MNIST, unless they are here
	@$(RUN) data

release: $(READY) ## make the students' notebooks (assignments/) from solutions/
	@$(RUN) release

kit: $(READY) ## make the zip that students work with on their own machines, or in Colab (dist/)
	@$(RUN) student-kit

gradescope: $(READY) ## make an assignment's autograder for Gradescope (make gradescope ASSIGNMENT=pooling)
	@$(RUN) gradescope $(ASSIGNMENT)

grade: $(READY) ## grade submitted/, or the example class (a part: make grade ARGS='--assignment pooling')
	@$(RUN) grade $(if $(CLUSTER),--cluster $(CLUSTER)) $(ARGS)

validate: $(READY) ## check the course: solutions, blanks, notebooks, wrong solutions, nothing secret released
	@$(RUN) validate $(ARGS)

test: $(READY) ## run the kit's tests (in seconds: make test ARGS=tests/unit; slow: ARGS='-m slow')
	@$(BIN)/pytest -n auto --dist worksteal $(ARGS)

evil: $(READY) ## hand in hostile submissions: nothing forged, nothing leaked, nothing left behind
	@$(BIN)/pytest -n auto --dist worksteal tests/security $(ARGS)

mutate: $(READY) ## which mutants of the solutions the graders catch (part of it: make mutate ARGS=pooling)
	@$(BIN)/python -m tests.support.mutation $(ARGS)

lint: $(READY) ## check style, types, and which package imports which
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

report: $(READY) ## show the class: scores and, per question, how many passed
	@$(RUN) report

clean: ## remove what can be made again (never submissions, grades, the gradebook, unfinished runs)
	find .autograder -mindepth 1 -maxdepth 1 ! -name unfinished -exec rm -rf {} + 2>/dev/null || true
	rm -rf source example-class dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
