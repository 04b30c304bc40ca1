#!/usr/bin/env bash
# Every test, on a fresh machine: sets up .venv first. Arguments go to pytest.
cd "$(dirname "$0")/.." || exit 2
. scripts/setup.sh dev
exec .venv/bin/python -m pytest "$@"
