#!/usr/bin/env bash
# The notebook of the component notebook, run from top to bottom with the packages of its image: against the clean_data of
# a real Alta, as the user that database.sh makes, and its models in a real MinIO, as a user under policy.json; and what
# these two users are refused. Part of k8s/check. Needs psql and minio, and Python's packages from PyPI.
set -euo pipefail
. "$(dirname -- "$0")/tools.sh"
component=$k8s/components/notebook
. "$here/cluster-tools.sh"
. "$here/alta.sh"
work=$(mktemp -d)
minio_pid=''
finish() {
  if [ -n "$minio_pid" ]; then kill -TERM "$minio_pid" 2>/dev/null && wait "$minio_pid" 2>/dev/null || true; fi
  alta_down
  rm -rf "$work"
}
trap finish EXIT
fail() { echo "notebook: $*" >&2; exit 1; }

command -v psql >/dev/null || PATH=$PATH:$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
command -v psql >/dev/null && have minio github.com/minio/minio@v0.0.0-20260212201848-7aac2a2c5b7c ||
  { skipped "the notebook (needs psql: apt-get install postgresql-client; and minio)"; exit 0; }
jupyter=$(python_with notebook "$root/images/notebook/requirements.txt") || fail "its packages cannot be installed"
alta_up

# Its user of the database, by the script of the Job.
export SECRETS=$work/secrets
mkdir "$SECRETS"
for name in notebook-database-password notebook-store-secret-key store-root-password; do
  openssl rand -hex 20 | tr -d '\n' >"$SECRETS/$name"
done
offered database-password >"$SECRETS/database-root-password"
address=$(offered database-url | sed -n 's|^jdbc:postgresql://\([^/]*\)/.*|\1|p')
export PGHOST=${address%:*} PGPORT=${address#*:}
for times in first second; do
  PGUSER=$(offered database-user) sh "$component/database.sh" >"$out/last" 2>&1 ||
    { cat "$out/last" >&2; fail "database.sh, the $times time"; }
done
as_notebook() { PGUSER=alta_notebook PGDATABASE=alta PGPASSWORD=$(cat "$SECRETS/notebook-database-password") psql -v ON_ERROR_STOP=1 -qAt -c "$1" >"$out/last" 2>&1; }
as_notebook 'SELECT count(*) FROM clean_data' || { cat "$out/last" >&2; fail "clean_data cannot be read"; }
for refused in 'SELECT count(*) FROM raw_data' 'SELECT * FROM inference_log LIMIT 1' 'CREATE TABLE t (i int)' \
  'SET default_transaction_read_only = off; DELETE FROM clean_data' 'SET default_transaction_read_only = off; CREATE ROLE other'; do
  if as_notebook "$refused"; then fail "$refused (expected: refused)"; fi
done

# The models, in a MinIO, and its user there.
port=$(free_ports 2)
MINIO_ROOT_USER=alta-root MINIO_ROOT_PASSWORD=$(cat "$SECRETS/store-root-password") MINIO_UPDATE=off \
  minio server --quiet --address "127.0.0.1:$port" --console-address "127.0.0.1:$((port + 1))" "$work/minio" >"$work/minio.log" 2>&1 &
minio_pid=$!
for _ in $(seq 60); do curl -sf "http://127.0.0.1:$port/minio/health/live" && break; sleep 0.5; done
STORE=127.0.0.1:$port FROM=$(offered store-url) FROM_KEY=$(offered store-access-key) FROM_SECRET=$(offered store-secret-key) \
  FROM_BUCKET=$(offered store-bucket) POLICY=$component/policy.json "$jupyter/python" "$here/notebook_store.py" ||
  { cat "$work/minio.log" >&2; fail "the store"; }

export ALTA_DATABASE_URL ALTA_DATABASE_USER=alta_notebook ALTA_DATABASE_PASSWORD ALTA_STORE_URL=http://127.0.0.1:$port
export ALTA_STORE_BUCKET=alta ALTA_STORE_ACCESS_KEY=alta-notebook ALTA_STORE_SECRET_KEY
ALTA_DATABASE_URL=$(offered database-url)
ALTA_DATABASE_PASSWORD=$(cat "$SECRETS/notebook-database-password")
ALTA_STORE_SECRET_KEY=$(cat "$SECRETS/notebook-store-secret-key")
"$jupyter/jupyter" nbconvert --to notebook --execute "$component/readmission.ipynb" --output-dir "$out" --output executed.ipynb \
  >"$out/last" 2>&1 || { cat "$out/last" >&2; fail "the notebook does not run"; }
"$jupyter/python" - "$out/executed.ipynb" <<'PY'
import json, sys
cells = [c for c in json.load(open(sys.argv[1]))["cells"] if c["cell_type"] == "code"]
assert all(c["execution_count"] for c in cells), "a cell was not run"
outputs = [o for c in cells for o in c["outputs"]]
pictures = sum("image/png" in o.get("data", {}) for o in outputs)
tables = sum("<table" in "".join(o.get("data", {}).get("text/html", "")) for o in outputs)
said = "".join("".join(o.get("text", "")) for o in outputs if o["output_type"] == "stream").strip()
assert (pictures, tables) == (2, 2), f"{pictures} pictures, {tables} tables (expected: 2, 2)"
assert said.startswith("version "), said
print(f"notebook: {len(cells)} cells run, {tables} tables, {pictures} pictures; {said}")
PY
echo "notebook: its users read clean_data and models, and are refused nine other things"
