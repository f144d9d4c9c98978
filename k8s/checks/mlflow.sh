#!/usr/bin/env bash
# The component mlflow as processes: a server of MySQL's kind (MariaDB, where there is no MySQL) set up by first-start.sh,
# MLflow with the packages, arguments and settings of its Deployment, encrypted between both, and `alta train`, which
# records in it. And what MLflow's user of the database, callers without a password, and foreign names are refused.
# Part of k8s/check. Needs mysqld or mariadbd, and MLflow from PyPI.
set -euo pipefail
. "$(dirname -- "$0")/tools.sh"
component=$k8s/components/mlflow
. "$here/cluster-tools.sh"
. "$here/alta.sh"
work=$(mktemp -d)
chmod 755 "$work"
pids=()
finish() {
  local pid
  for pid in "${pids[@]}"; do kill -TERM -- "-$pid" 2>/dev/null && wait "$pid" 2>/dev/null || true; done
  alta_down
  rm -rf "$work"
}
trap finish EXIT
fail() { echo "mlflow: $*" >&2; exit 1; }

server=$(command -v mysqld || command -v mariadbd || ls /usr/sbin/mysqld /usr/sbin/mariadbd 2>/dev/null | head -n 1) || true
[ -n "$server" ] || { skipped "MLflow in MySQL (needs mysqld or mariadbd: apt-get install mariadb-server)"; exit 0; }
mlflow=$(python_with mlflow "$root/images/mlflow/requirements.txt") || fail "its packages cannot be installed"

export SECRETS=$work/secrets SOCKET=$work/mysql.sock
mkdir "$SECRETS" "$work/mlflow" "$work/tls"
for name in root-password database-password admin-password session-key; do openssl rand -hex 20 | tr -d '\n' >"$SECRETS/$name"; done
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=authority \
  -keyout "$work/tls/ca.key" -out "$work/tls/ca.crt" 2>/dev/null
openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=mysql -keyout "$work/tls/tls.key" -out "$work/tls/request" 2>/dev/null
openssl x509 -req -in "$work/tls/request" -days 2 -CA "$work/tls/ca.crt" -CAkey "$work/tls/ca.key" -CAcreateserial \
  -extfile <(echo subjectAltName=DNS:localhost) -out "$work/tls/tls.crt" 2>/dev/null

# The server, as the image starts it: an empty folder, root's password, first-start.sh.
user=$(id -un)
port=$(free_ports 2)
data=$work/mysql
if [[ $server == *mariadbd ]] || "$server" --version | grep -qi mariadb; then
  mariadb-install-db --no-defaults --user="$user" --datadir="$data" --auth-root-authentication-method=normal --skip-test-db >"$out/last" 2>&1 ||
    { cat "$out/last" >&2; fail "mariadb-install-db"; }
else
  "$server" --no-defaults --initialize-insecure --user="$user" --datadir="$data" >"$out/last" 2>&1 || { cat "$out/last" >&2; fail initialize; }
fi
setsid "$server" --no-defaults --user="$user" --datadir="$data" --socket="$SOCKET" --pid-file="$work/mysql.pid" --bind-address=127.0.0.1 --port="$port" \
  --ssl-cert="$work/tls/tls.crt" --ssl-key="$work/tls/tls.key" --ssl-ca="$work/tls/ca.crt" --skip-name-resolve >"$work/mysql.log" 2>&1 &
pids+=($!)
for _ in $(seq 120); do mysqladmin ping --silent --socket="$SOCKET" >/dev/null 2>&1 && break; sleep 0.5; done
{ echo "ALTER USER 'root'@'localhost' IDENTIFIED BY '$(cat "$SECRETS/root-password")';"; } | mysql --no-defaults --socket="$SOCKET" --user=root ||
  { cat "$work/mysql.log" >&2; fail "the server does not start"; }
sh "$component/first-start.sh" || fail first-start.sh
as_mlflow() { MYSQL_PWD=$(cat "$SECRETS/database-password") mysql --no-defaults --protocol=tcp --host=127.0.0.1 --port="$port" --user=mlflow "$@" >"$out/last" 2>&1; }
as_mlflow --ssl-ca="$work/tls/ca.crt" mlflow -e 'CREATE TABLE t (i int); DROP TABLE t' || { cat "$out/last" >&2; fail "its own user"; }
for refused in 'CREATE DATABASE other' 'SELECT * FROM mysql.user' "CREATE USER 'x'@'%'" 'SET GLOBAL max_connections = 1' \
  "GRANT ALL ON mlflow.* TO 'mlflow'@'%'" "SELECT 1 INTO OUTFILE '/tmp/x'"; do
  if as_mlflow --ssl-ca="$work/tls/ca.crt" mlflow -e "$refused"; then fail "$refused (expected: refused)"; fi
done
if as_mlflow --skip-ssl mlflow -e 'SELECT 1'; then fail "a connection without TLS (expected: refused)"; fi
echo "mlflow: $("$server" --version | sed 's/.*Ver \([^ ]*\).*/\1/'): its user works in its own database, over TLS only, and is refused six other things"

# MLflow, with arguments and settings of the Deployment; folders and addresses are this machine's.
at=$((port + 1)) url=http://127.0.0.1:$((port + 1))
"$(python)" - "$out/rendered/everything.yaml" "$work" "$port" "$at" "$component/auth.ini" >"$work/start" <<'PY'
import shlex, sys, yaml
rendered, work, database, port, auth = sys.argv[1:]
deployment = next(o for o in yaml.safe_load_all(open(rendered)) if o and o["kind"] == "Deployment" and o["metadata"]["name"] == "mlflow")
container = deployment["spec"]["template"]["spec"]["containers"][0]
secrets = {}
here = {"@mysql:3306": f"@localhost:{database}", "/etc/mlflow/tls": f"{work}/tls", "/etc/mlflow/auth": work,
        "=/mlflow": f"={work}/mlflow", "--host=0.0.0.0": "--host=127.0.0.1", "--port=5000": f"--port={port}",
        ":5000": f":{port}"}
def said(text):
    for name, value in secrets.items():
        text = text.replace(f"$({name})", value)
    for there, instead in here.items():
        text = text.replace(there, instead)
    return shlex.quote(text)
for variable in container["env"]:
    if "valueFrom" in variable:
        secrets[variable["name"]] = open(f"{work}/secrets/{variable['valueFrom']['secretKeyRef']['key']}").read()
    print("export", variable["name"] + "=" + said(variable.get("value") or secrets[variable["name"]]))
print("exec mlflow", " ".join(map(said, container["args"])))
with open(f"{work}/auth.ini", "w") as file:
    file.write(open(auth).read().replace("sqlite:////mlflow", f"sqlite:///{work}/mlflow"))
PY
(cd "$work" && exec env -i PATH="$mlflow:/usr/bin:/bin" setsid bash "$work/start") >"$out/mlflow.log" 2>&1 &
pids+=($!)
status() { curl -s -o "$out/last" -w '%{http_code}' "$@" || true; }
for _ in $(seq 300); do
  [ "$(status "$url/health")" = 200 ] && break
  kill -0 "${pids[1]}" 2>/dev/null || break
  sleep 1
done
# expect CODE CURL'S ARGUMENTS…
expect() {
  local code
  code=$(status "${@:2}")
  [ "$code" = "$1" ] || { cat "$out/mlflow.log" "$out/last" >&2; fail "${*:2}: $code (expected: $1)"; }
}
(umask 077 && printf 'user = "admin:%s"\n' "$(cat "$SECRETS/admin-password")" >"$work/admin")
experiments=$url/api/2.0/mlflow/experiments/search?max_results=5
expect 200 "$url/health"
expect 401 "$experiments"
expect 200 -K "$work/admin" "$experiments"
expect 403 -K "$work/admin" -H 'Host: evil.example' "$experiments"

alta_up
ALTA_MLFLOW_PASSWORD=$(cat "$SECRETS/admin-password") "$root/alta" train --home "$home" --budget 0 --mlflow-url "$url" --mlflow-user admin \
  >"$out/last" 2>&1 || { cat "$out/last" >&2; fail "alta train"; }
as_mlflow --ssl-ca="$work/tls/ca.crt" mlflow --skip-column-names -e \
  "SELECT (SELECT count(*) FROM runs WHERE status = 'FINISHED'), (SELECT count(*) FROM model_versions), (SELECT count(*) FROM registered_model_aliases)"
read -r runs versions aliases <"$out/last"
[ "$runs $versions" = "2 2" ] || fail "$runs runs, $versions versions (expected: 2, 2)"
echo "mlflow: $(PATH=$mlflow:$PATH mlflow --version), 401 without a password, 403 by a foreign name; alta train recorded $runs runs, $versions versions, $aliases aliases in it"
