#!/usr/bin/env bash
# Sets up .venv, codes the sample news into a store, shows a record and asks the store.
cd "$(dirname "$0")/.." || exit 2
. scripts/setup.sh run
dateline=.venv/bin/dateline
show() { printf '\n$ dateline'; printf ' %q' "$@"; printf '\n'; "$dateline" "$@"; }
show run samples/news --store news.duckdb
show read samples/news/meridian-seoul-summit.html
show query figures --store news.duckdb --outcome killed
show query events --store news.duckdb --relation REQUEST --limit 8
show sql --store news.duckdb "select relation, status, count(*) as events from events group by all order by events desc, relation, status limit 8"
show link --store news.duckdb
show disputes --store news.duckdb --limit 4
