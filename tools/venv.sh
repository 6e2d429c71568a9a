#!/bin/sh
# Make a virtual environment where Python came without the means (Debian keeps them in python3-venv).
set -eu
python="$1"
destino="$2"
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    version=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    DEBIAN_FRONTEND=noninteractive apt-get -qq update >/dev/null || true
    DEBIAN_FRONTEND=noninteractive apt-get -qq install -y "$version" >/dev/null ||
        DEBIAN_FRONTEND=noninteractive apt-get -qq install -y python3-venv >/dev/null
fi
if ! "$python" -m venv "$destino"; then
    rm -rf "$destino"
    echo "No se pudo crear $destino: instala el paquete python3-venv y repite." >&2
    exit 1
fi
