#!/bin/sh
# Prints a Python of at least 3.11, the newest one we test with first, or says in one sentence what is missing.
# `PYTHON=/path/to/python make …` chooses another one.
set -u
good() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

if [ -n "${PYTHON:-}" ]; then
    set -- "$PYTHON"
else
    set -- python3.13 python3.12 python3.11 python3 python3.14 python
fi
for candidate in "$@"; do
    if good "$candidate"; then
        command -v "$candidate"
        exit 0
    fi
done
found=$(python3 -c 'import platform; print("Python " + platform.python_version())' 2>/dev/null || echo "no Python 3")
echo "Khoosheh needs Python 3.11 or later and found ${PYTHON:+PYTHON=$PYTHON and }${found}; install a later one (Debian 12: apt-get install python3 python3-venv; macOS: brew install python) and run this again." >&2
exit 1
