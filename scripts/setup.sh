# Sets up .venv from a lock file; sourced by the other scripts. Usage: . scripts/setup.sh run|dev
# Works where Python has pip but no ensurepip (Debian without python3-venv): the system's pip fills the environment.
set -eu
which="$1"
lock="requirements/$which.lock"
for candidate in "${PYTHON:-}" python3.11 python3.12 python3; do
  if [ -n "$candidate" ] && "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; then
    python="$candidate"
    break
  fi
done
if [ -z "${python:-}" ]; then
  echo "Dateline needs Python 3.11, 3.12 or 3.13; install one, or name it: PYTHON=/path/to/python3.11" >&2
  exit 2
fi
stamp=".venv/.dateline-$which"
digest="$(cat "$lock" pyproject.toml | sha256sum | cut -d' ' -f1)"
if [ "$(cat "$stamp" 2>/dev/null || true)" != "$digest" ]; then
  echo "Setting up .venv from $lock (once; about a minute)" >&2
  [ -x .venv/bin/python ] || "$python" -m venv --without-pip .venv
  install="$python -m pip --python .venv/bin/python install --quiet --disable-pip-version-check --no-warn-script-location"
  $install --require-hashes -r "$lock"
  $install --no-deps --no-build-isolation --editable .
  echo "$digest" > "$stamp"
fi
# The parser's matrices are small: one thread a process is fastest, and workers share the cores.
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
