#!/bin/sh
# A user of the database who may read clean_data, and nothing else. Run again, it takes on the Secret's password.
set -eu
export SECRETS="${SECRETS:-/run/secrets/alta}" PGUSER="${PGUSER:-postgres}" PGDATABASE=alta PGPASSWORD
PGPASSWORD=$(cat "$SECRETS/database-root-password")

waited=0
until [ "$(psql -qAt -c "SELECT to_regclass('public.clean_data') IS NOT NULL" 2>/tmp/said)" = t ]; do
  waited=$((waited + 1))
  if [ "$waited" -gt "${PATIENCE:-300}" ]; then
    echo "notebook: no clean_data in the database (expected: alta prepare has run) $(cat /tmp/said)" >&2
    exit 1
  fi
  sleep 2
done
psql -q -v ON_ERROR_STOP=1 <<'SQL'
\set password `cat "$SECRETS/notebook-database-password"`
SELECT NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'alta_notebook') AS missing \gset
\if :missing
CREATE ROLE alta_notebook LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION CONNECTION LIMIT 10;
\endif
ALTER ROLE alta_notebook PASSWORD :'password';
ALTER ROLE alta_notebook SET default_transaction_read_only = on;
GRANT CONNECT ON DATABASE alta TO alta_notebook;
GRANT SELECT ON clean_data TO alta_notebook;
SQL
echo "notebook: alta_notebook may read clean_data"
