#!/bin/sh
# Installs examples/platform-express, starts it on a free port, judges it and stops it.  Arguments go to `hulian run`.
set -eu
cd "$(dirname "$0")/platform-express"
command -v npm >/dev/null || { echo "npm is needed for this target (Node 20 or newer)" >&2; exit 1; }
npm ci --silent --no-fund --no-audit

log=$(mktemp)
node server.js --port 0 >"$log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || :; rm -f "$log"' EXIT
trap 'exit 130' INT TERM

# It writes its address when it is ready.
until target=$(sed -n 's/.*listens on //p' "$log") && [ -n "$target" ]; do
  kill -0 "$server" 2>/dev/null || { cat "$log" >&2; exit 2; }
  sleep 0.1
done

cd ../..
"${HULIAN:-.venv/bin/hulian}" run --role platform --target "$target" "$@"
