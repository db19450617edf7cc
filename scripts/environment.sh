#!/bin/sh
# Builds .venv with the packages of one requirements file: scripts/environment.sh requirements.txt
set -eu
cd "$(dirname "$0")/.."

newest_python() {
    for candidate in "${PYTHON:-}" python3.13 python3.12 python3.11 python3 python3.14; do
        [ -n "$candidate" ] || continue
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    echo "Python 3.11 or later is needed and none was found. Install it, or name it: make run PYTHON=/path/to/python3" >&2
    exit 1
}

build() {
    rm -rf .venv
    "$1" -m venv .venv >/dev/null 2>&1
}

if ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=$(newest_python)
    if ! build "$python"; then
        # Debian and Ubuntu ship Python without its venv module.
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
            echo "Installing Debian's python$version-venv"
            apt-get update -qq && apt-get install -y -qq "python$version-venv" >/dev/null
        fi
        build "$python" || {
            rm -rf .venv
            echo "Python $version has no venv module here. Install it first: sudo apt-get install python$version-venv" >&2
            exit 1
        }
    fi
fi
.venv/bin/python -m pip install --quiet --disable-pip-version-check -r "$1"
