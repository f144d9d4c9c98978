#!/bin/sh
# Runs once, on an empty volume: a user for Alta that owns its database and nothing else.
set -eu
export SECRETS="${SECRETS:-/run/secrets/alta}"
psql -v ON_ERROR_STOP=1 -U postgres <<'SQL'
\set password `cat "$SECRETS/database-password"`
CREATE ROLE alta LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD :'password';
CREATE DATABASE alta OWNER alta;
REVOKE ALL ON DATABASE alta FROM PUBLIC;
REVOKE ALL ON DATABASE postgres FROM PUBLIC;
SQL
