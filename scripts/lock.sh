#!/usr/bin/env bash
# Pins every dependency with its hashes, after a change of pyproject.toml. Needs uv (in the dev environment).
cd "$(dirname "$0")/.." || exit 2
set -eu
lock() { .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
  --extra pandas --extra polars --extra serve --group build "$@" pyproject.toml; }
lock -o requirements/run.lock
lock --group dev -o requirements/dev.lock
