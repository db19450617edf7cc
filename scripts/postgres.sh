#!/bin/sh
# Finds the programs of a PostgreSQL server for the tests, or installs Debian's where it may. Prints their folder.
set -eu

find_postgres() {
    for candidate in "${POSTGRES:-}" /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql*/bin \
        /usr/local/opt/postgresql*/bin /usr/pgsql-*/bin; do
        [ -n "$candidate" ] && [ -x "$candidate/initdb" ] && [ -x "$candidate/pg_ctl" ] && echo "$candidate" && return 0
    done
    found="$(command -v initdb)" && dirname "$found"
}

find_postgres && exit 0
if command -v apt-get >/dev/null; then
    if [ "$(id -u)" = 0 ]; then as_root=""; else as_root="sudo -n"; fi
    echo "Installing Debian's PostgreSQL for the tests of the library" >&2
    $as_root apt-get update -qq >&2 && $as_root apt-get install -y -qq postgresql >/dev/null 2>&1 || true
    find_postgres && exit 0
fi
echo "The tests of the library need PostgreSQL and none could be installed here. Install it (Debian: sudo apt-get install postgresql) or name the folder of its programs: make test POSTGRES=/path/to/bin" >&2
exit 1
