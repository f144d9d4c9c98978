#!/usr/bin/env bash
# What the set-up scripts of MinIO and PostgreSQL make, on a real MinIO and a real PostgreSQL: what Alta's user may do,
# and what it may not. Part of k8s/check. With `first-model`, the Job of that component then runs on both, as it stands in
# the overlay dev: its arguments and settings, as those users.
set -euo pipefail
. "$(dirname -- "$0")/tools.sh"
storage=$k8s/components/storage
. "$here/cluster-tools.sh"
. "$here/alta.sh"
work=$(mktemp -d)
chmod 755 "$work"
minio_pid=''
postgres_data=''
as_postgres=()
finish() {
  if [ -n "$minio_pid" ]; then kill -TERM "$minio_pid" 2>/dev/null && wait "$minio_pid" 2>/dev/null || true; fi
  if [ -n "$postgres_data" ]; then "${as_postgres[@]}" "$postgres/pg_ctl" stop -D "$postgres_data" -m immediate >/dev/null 2>&1; fi
  rm -rf "$work"
}
trap finish EXIT
fail() { echo "storage: $*" >&2; exit 1; }
must() { "$@" >"$out/last" 2>&1 || { cat "$out/last" >&2; fail "$* (expected: allowed)"; }; }
must_not() { if "$@" >"$out/last" 2>&1; then fail "$* (expected: refused)"; fi; }

secrets=$work/secrets
mkdir -p "$secrets"
for name in database-password database-root-password store-root-password store-secret-key; do
  openssl rand -hex 20 | tr -d '\n' >"$secrets/$name"
done
printf 'alta-%s' "$(openssl rand -hex 5)" >"$secrets/store-root-user"
printf 'alta-%s' "$(openssl rand -hex 5)" >"$secrets/store-access-key"
chmod -R a+rX "$secrets"

check_minio() {
  have minio github.com/minio/minio@v0.0.0-20260212201848-7aac2a2c5b7c || {
    skipped "MinIO's set-up (needs minio on PATH, or go to install it)"
    return 0
  }
  local port user
  user=$(python_with minio minio==7.2.20) || fail "MinIO's client for Python cannot be installed"
  port=$(free_ports 2)
  MINIO_ROOT_USER_FILE=$secrets/store-root-user MINIO_ROOT_PASSWORD_FILE=$secrets/store-root-password MINIO_UPDATE=off \
    minio server --quiet --address "127.0.0.1:$port" --console-address "127.0.0.1:$((port + 1))" "$work/minio" >"$work/minio.log" 2>&1 &
  minio_pid=$!
  export MC_CONFIG_DIR=$work/mc MINIO_URL=http://127.0.0.1:$port SECRETS=$secrets POLICY=$storage/minio/alta-policy.json
  store() { "$user/python" "$here/storage_store.py" "$@"; }
  # mc takes minutes to build, which CI does not have.
  local set_up=(sh "$storage/minio/setup.sh") by=setup.sh
  if [ -n "${CI:-}" ] && ! command -v mc >/dev/null || ! have mc github.com/minio/mc@v0.0.0-20250313080218-cf909e1063a9; then
    skipped "setup.sh itself (needs mc on PATH, or go and some minutes to build it): its policy and user are made by MinIO's client for Python"
    set_up=(store set-up) by="MinIO's client for Python"
    for _ in $(seq 120); do curl -sf "$MINIO_URL/minio/health/live" && break; sleep 0.5; done
  fi
  local times refusals
  for times in first second; do
    "${set_up[@]}" >"$out/last" 2>&1 || { cat "$out/last" "$work/minio.log" >&2; fail "set-up by $by, the $times time"; }
  done
  refusals=$(store rights 2>"$out/last") || { cat "$out/last" >&2; fail "rights of Alta's user"; }
  cp -r "$secrets" "$work/before"
  openssl rand -hex 20 | tr -d '\n' >"$secrets/store-secret-key"
  [ "$(store reads)" = refused ] || fail "a key that nobody set up is accepted"
  "${set_up[@]}" >"$out/last" 2>&1 || { cat "$out/last" >&2; fail "set-up by $by, with another key"; }
  [ "$(store reads)" = reads ] || fail "the key of a second set-up is not accepted"
  [ "$(SECRETS=$work/before store reads)" = refused ] || fail "the key of before is still accepted"
  echo "storage: MinIO, set up by $by: Alta's user reads, writes and deletes objects of its bucket, and is refused $refusals other things; a second set-up changes nothing, one with another key rotates it"
}

check_postgres() {
  postgres=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
  [ -n "$postgres" ] || postgres=$(dirname "$(command -v initdb 2>/dev/null || echo /nowhere/initdb)")
  if [ ! -x "$postgres/initdb" ]; then
    skipped "PostgreSQL's first start (needs initdb: apt-get install postgresql)"
    return 0
  fi
  if [ "$(id -u)" -eq 0 ]; then as_postgres=(runuser -u postgres --); fi
  mkdir "$work/postgres"
  [ "$(id -u)" -ne 0 ] || chown postgres "$work/postgres"
  local data=$work/postgres/data socket=$work/postgres port=$(free_ports 1)
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=postgres \
    -keyout "$work/postgres/tls.key" -out "$work/postgres/tls.crt" 2>/dev/null
  # As a volume of a Secret has it: root's, and read by the group.
  if [ "$(id -u)" -eq 0 ]; then chown root:postgres "$work/postgres/tls.key"; chmod 0440 "$work/postgres/tls.key"; fi
  "${as_postgres[@]}" "$postgres/initdb" -D "$data" -U postgres --data-checksums --auth-host=scram-sha-256 \
    --auth-local=trust --no-sync >"$out/last" 2>&1 || { cat "$out/last" >&2; fail initdb; }
  "${as_postgres[@]}" "$postgres/pg_ctl" start -w -D "$data" -l "$work/postgres/log" -o "-p $port -k $socket -c listen_addresses=127.0.0.1 \
    -c ssl=on -c ssl_cert_file=$work/postgres/tls.crt -c ssl_key_file=$work/postgres/tls.key" >"$out/last" 2>&1 ||
    { cat "$out/last" "$work/postgres/log" >&2; fail "postgres does not start"; }
  postgres_data=$data
  PGHOST=$socket PGPORT=$port SECRETS=$secrets PATH=$postgres:$PATH sh "$storage/postgres/first-start.sh" >"$out/last" 2>&1 ||
    { cat "$out/last" >&2; fail first-start.sh; }
  export PGPASSWORD PGHOST=127.0.0.1 PGPORT=$port PGSSLMODE=require PGUSER=alta
  PGPASSWORD=$(cat "$secrets/database-password")
  local psql=("$postgres/psql" -v ON_ERROR_STOP=1 -qAt -d alta -c)
  must "${psql[@]}" 'CREATE TABLE t (i int); INSERT INTO t VALUES (1); DROP TABLE t; CREATE SCHEMA s; DROP SCHEMA s'
  [ "$("${psql[@]}" 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()')" = t ] || fail "the connection is not encrypted"
  must_not "${psql[@]}" 'CREATE ROLE other'
  must_not "${psql[@]}" 'CREATE DATABASE other'
  must_not "${psql[@]}" "COPY (SELECT 1) TO PROGRAM 'true'"
  must_not "${psql[@]}" 'SELECT rolpassword FROM pg_authid'
  must_not "$postgres/psql" -qAt -d postgres -c 'SELECT 1'
  PGPASSWORD=wrong must_not "${psql[@]}" 'SELECT 1'
  echo "storage: PostgreSQL $("${psql[@]}" 'SHOW server_version' | cut -d' ' -f1): Alta's user owns its database, over TLS, and is refused six other things"
}

# setting NAME: as the overlay dev has it.
setting() { sed -n "s|^  $1: ||p" "$out/rendered/dev.yaml"; }

# arguments COMMAND: those of the Job's container that runs it, one a line.
arguments() {
  "$(python)" - "$out/rendered/dev.yaml" "$1" <<'PY'
import sys, yaml
for found in yaml.safe_load_all(open(sys.argv[1])):
    if found["kind"] == "Job" and found["metadata"]["name"] == "alta-first-model":
        spec = found["spec"]["template"]["spec"]
        for container in spec["initContainers"] + spec["containers"]:
            if container["args"][0] == sys.argv[2]:
                print("\n".join(container["args"]))
PY
}

first_model() {
  local lib=$root/app/target/lib home=$work/home command
  if [ ! -d "$lib" ] || [ -z "$minio_pid" ] || [ -z "$postgres_data" ]; then
    skipped "the first model (needs MinIO and PostgreSQL as above, and a built app: ./alta --version)"
    return 0
  fi
  mkdir -p "$home"
  export ALTA_DATABASE_URL ALTA_DATABASE_USER ALTA_DATABASE_PASSWORD ALTA_STORE_URL ALTA_STORE_BUCKET
  export ALTA_STORE_ACCESS_KEY ALTA_STORE_SECRET_KEY ALTA_LOG_FORMAT ALTA_LOG_TO ALTA_HOME=$home
  ALTA_DATABASE_URL=$(setting ALTA_DATABASE_URL | sed "s|//postgres:5432|//127.0.0.1:$PGPORT|")
  ALTA_DATABASE_USER=$(setting ALTA_DATABASE_USER)
  ALTA_DATABASE_PASSWORD=$(cat "$secrets/database-password")
  ALTA_STORE_URL=$MINIO_URL
  ALTA_STORE_BUCKET=$(setting ALTA_STORE_BUCKET)
  ALTA_STORE_ACCESS_KEY=$(cat "$secrets/store-access-key")
  ALTA_STORE_SECRET_KEY=$(cat "$secrets/store-secret-key")
  ALTA_LOG_FORMAT=$(setting ALTA_LOG_FORMAT)
  ALTA_LOG_TO=$(setting ALTA_LOG_TO)
  for command in generate retrain; do
    arguments "$command" | sed "s|/var/lib/alta|$home|" >"$work/arguments"
    mapfile -t given <"$work/arguments"
    java -Xmx1536m -XX:+UseParallelGC -cp "$lib/*" dev.alta.app.Main "${given[@]}" >"$work/$command.out" 2>"$work/$command.err" ||
      { cat "$work/$command.out" "$work/$command.err" >&2; fail "alta ${given[*]}"; }
  done
  grep -q 'is champion' "$work/retrain.out" || { cat "$work/retrain.out" >&2; fail "no champion"; }
  echo "storage: the first model: $(grep 'is champion' "$work/retrain.out" | head -n 1)"
}

check_minio
check_postgres
if [ "${1:-}" = first-model ]; then first_model; fi
