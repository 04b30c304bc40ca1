#!/usr/bin/env bash
# Sets up .venv, codes the sample news into a store, shows a record and asks the store.
cd "$(dirname "$0")/.." || exit 2
. scripts/setup.sh run
dateline=.venv/bin/dateline
show() { printf '\n$ dateline'; printf ' %q' "$@"; printf '\n'; "$dateline" "$@"; }
show run samples --store news.duckdb
show read samples/talks.html
show query events --store news.duckdb --limit 10
show sql --store news.duckdb "select relation, count(*) as events from events group by relation order by events desc, relation limit 8"
