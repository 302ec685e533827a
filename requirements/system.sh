#!/bin/sh
# Installs the programs some tests need (a browser, Node, proxies) where that is possible: as root on Debian.
# Elsewhere those tests are skipped and say which program they miss; under CI=true that is a failure.
# `one|other` in the list wants the first and makes do with the second.
set -u
cd "$(dirname "$0")/.." || exit 1
missing=
for package in $(grep -v '^#' requirements/debian.txt); do
    # Node may come from elsewhere, with its own npm.
    case $package in nodejs) command -v node >/dev/null && continue ;; npm) command -v npm >/dev/null && continue ;; esac
    dpkg -s "${package%|*}" >/dev/null 2>&1 || dpkg -s "${package#*|}" >/dev/null 2>&1 || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "Not installed:$missing. Tests that need them are skipped${CI:+, which fails in CI}."
    exit 0
fi
echo "Installing what some tests need:$missing …"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq >/dev/null 2>&1
mkdir -p var
: >var/apt.log
for package in $missing; do
    # One by one, so that a package this release of Debian lacks does not keep the others away.
    apt-get install -y -qq --no-install-recommends "${package%|*}" >>var/apt.log 2>&1 ||
        apt-get install -y -qq --no-install-recommends "${package#*|}" >>var/apt.log 2>&1 ||
        echo "$package could not be installed (var/apt.log says why); tests that need it are skipped${CI:+, which fails in CI}." >&2
done
exit 0
