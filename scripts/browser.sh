#!/bin/sh
# Finds a Chromium for the browser tests, or installs Debian's where it may. Prints its path.
set -eu

find_browser() {
    for candidate in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
        "/Applications/Chromium.app/Contents/MacOS/Chromium"; do
        [ -n "$candidate" ] && command -v "$candidate" && return 0
    done
    return 1
}

find_browser && exit 0
if command -v apt-get >/dev/null; then
    if [ "$(id -u)" = 0 ]; then as_root=""; else as_root="sudo -n"; fi
    echo "Installing Debian's Chromium for the browser tests" >&2
    $as_root apt-get update -qq >&2 && $as_root apt-get install -y -qq chromium fonts-dejavu-core >/dev/null 2>&1 || true
    find_browser && exit 0
fi
echo "The browser tests need Chromium or Chrome and none could be installed here. Install one (Debian: sudo apt-get install chromium) or name it: make test CHROMIUM=/path/to/chrome" >&2
exit 1
