# Needs Python 3.11+, git and make.  `specs-lint`, `third-party` and `example` also need Node 20+ and npm.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NODE := .third-party
REDOCLY := @redocly/cli@2.77.0
# 5.14.2: later ones want Node 24 and hang on unreadable JSON.
PRISM := @stoplight/prism-cli@5.14.2

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# The environment: `locked` is a copy of the lock that it was made from, `editable` says that the project itself is in.
$(VENV)/locked: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "hulian needs Python 3.11 or newer as '$(PYTHON)': install it, or say which: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	@if cmp -s requirements.lock $@; then touch $@; else \
		echo "setting up $(VENV) (once; again when requirements.lock changes)" && \
		rm -f $@ $(VENV)/editable && \
		$(PYTHON) -m venv --clear $(VENV) && \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock && \
		cp requirements.lock $@; fi

$(VENV)/editable: $(VENV)/locked pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.PHONY: setup demo test lint
setup: $(VENV)/editable ## set up .venv (every target that needs it does)

demo: setup ## do the main job on the embedded mock: summary and HTML report
	@$(BIN)/hulian demo

test: lint ## lint, then run the project's tests
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 8 --dist loadfile

lint: setup ## ruff, mypy --strict, import contracts
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

.PHONY: prove
prove: setup ## prove that the suite detects: every fault, every lawful variant, the kill matrix (hulian-proof/)
	@$(BIN)/hulian prove --structural

.PHONY: bench
bench: setup ## measure what a run costs (docs/benchmarks.md)
	@$(BIN)/python -m benchmarks

.PHONY: bench-peers
bench-peers: setup ## faults found a CPU-minute, against schemathesis alone (docs/benchmarks.md; a quarter of an hour)
	@$(BIN)/python -m benchmarks.peers

.PHONY: gauntlet
gauntlet: setup ## run against servers that are no platforms: none may pass what it doesn't fulfil
	$(BIN)/python -m pytest -m "slow or not slow" tests/gauntlet

.PHONY: hostile
hostile: setup ## run against every hostile server, the heavy ones, too: docs/hostile.md
	@$(BIN)/python -m tests.hostile.measuring docs/hostile.md
	$(BIN)/python -m pytest -m slow tests/hostile/test_odd_answers.py

.PHONY: noise
noise: setup ## the healthy mock on a line that delays and loses messages, 100 seeds: never blamed
	@$(BIN)/hulian prove --noise --seeds 100

.PHONY: kills
kills: setup ## kill -9 a run at a random moment, 100 times: what it left is read, judged and gone on with
	@$(BIN)/python -m tests.cli.killing 100

.PHONY: specs-lint third-party example lock cases requirement
requirement: setup ## write the skeleton of a new requirement: make requirement ID=FC-P-44
	@$(BIN)/python tools/requirement.py "$(ID)"

$(NODE)/%/done: Makefile
	@command -v npm >/dev/null || { echo "npm is needed for this target (Node 20 or newer)" >&2; exit 1; }
	@mkdir -p $(@D)
	@cd $(@D) && npm install --silent --no-fund --no-audit --prefix . $(PACKAGE)
	@touch $@
$(NODE)/redocly/done: PACKAGE = $(REDOCLY)
$(NODE)/prism/done: PACKAGE = $(PRISM)

specs-lint: $(NODE)/redocly/done ## lint the OpenAPI documents with Redocly (npm)
	@REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true $(NODE)/redocly/node_modules/.bin/redocly lint --config specs/redocly.yaml specs/*.openapi.yaml

third-party: setup $(NODE)/prism/done ## run against an implementation that isn't ours: Prism (npm)
	@$(BIN)/python tests/third_party/prism.py $(NODE)/prism/node_modules/.bin/prism

example: setup ## judge the second implementation, examples/platform-express (npm)
	@HULIAN=$(BIN)/hulian examples/judge-express.sh

.PHONY: controls
controls: setup ## cut the positive controls anew (fixtures/controls; some minutes)
	@$(BIN)/hulian prove --controls

cases: setup ## enumerate the contract cases anew (fixtures/cases)
	@$(BIN)/python -m conformance.contract.enumeration

lock: setup ## write requirements.lock anew from pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
		--no-annotate --no-header --group dev pyproject.toml -o requirements.lock
