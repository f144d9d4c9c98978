#!/usr/bin/env bash
# The DAG of components/airflow in a real Airflow: `airflow dags test`, on generated encounters, in an empty folder; then
# once more, when there is no reason to train; and the pods that it would make in a cluster, asked of a real API server
# under restricted Pod Security. Part of k8s/check. Needs Airflow from PyPI (2 minutes) and a built Alta.
set -euo pipefail
. "$(dirname -- "$0")/tools.sh"
. "$here/cluster-tools.sh"
. "$here/alta.sh"
work=$(mktemp -d)
finish() { cluster_down; rm -rf "$work"; }
trap finish EXIT
fail() { echo "airflow: $*" >&2; exit 1; }

airflow=$(python_with airflow apache-airflow==3.3.2 apache-airflow-providers-cncf-kubernetes) || fail "Airflow cannot be installed"
export AIRFLOW_HOME=$work/airflow AIRFLOW__CORE__DAGS_FOLDER=$k8s/components/airflow/dags AIRFLOW__CORE__LOAD_EXAMPLES=False
export PYTHONDONTWRITEBYTECODE=1 PATH=$airflow:$PATH
airflow db migrate >"$out/airflow.log" 2>&1 || { tail -n 40 "$out/airflow.log" >&2; fail "db migrate"; }

# pods: what each task would be in a cluster.
pods() {
  RETRAIN_IMAGE=alta-tools:0.1.0-SNAPSHOT "$airflow/python" - "$AIRFLOW__CORE__DAGS_FOLDER/alta_retrain.py" "$work/pods.json" <<'PY'
import json, runpy, sys
from kubernetes.client import ApiClient
tasks, pods = runpy.run_path(sys.argv[1]), []
for name in ("ingest", "prepare", "decide", "train"):
    pod = ApiClient().sanitize_for_serialization(tasks[name].build_pod_request_obj())
    assert pod["spec"]["enableServiceLinks"] is False, "alta would take ALTA_… of Services for settings"
    pods.append(pod)
with open(sys.argv[2], "w") as file: # Airflow says things on the output
    json.dump({"apiVersion": "v1", "kind": "List", "items": pods}, file)
PY
}

if cluster_up api; then # whose kubeconfig Airflow wants to see first
  pods >"$out/last" 2>&1 || { cat "$out/last" >&2; fail "the DAG does not make its pods"; }
  kubectl apply -f "$k8s/base/namespace.yaml" >/dev/null
  kubectl -n alta apply -f "$k8s/base/flink/rbac.yaml" >/dev/null
  kubectl create --dry-run=server --validate=strict -f "$work/pods.json" >"$out/last" 2>&1 ||
    { cat "$out/last" >&2; fail "an API server refuses its pods"; }
  [ "$(wc -l <"$out/last")" = 4 ] || { cat "$out/last" >&2; fail "not four pods, or a warning"; }
  cluster_down
  echo "airflow: four tasks as pods, taken by an API server under restricted Pod Security"
else
  skipped "the DAG's pods (no API server)"
fi

# The same as processes of this machine.
home=$work/home
"$root/alta" generate --rows 8000 --out "$work/synthetic-1.csv" >"$out/last" 2>&1 || { cat "$out/last" >&2; fail "generate"; }
export RETRAIN_COMMAND=$root/alta RETRAIN_OPTIONS=--home=$home RETRAIN_DATA=$work/synthetic-1.csv

# run DAY EXPECTED: one run of the DAG, and the end of each task, by name.
run() {
  local states
  airflow dags test alta_retrain "$1" >"$out/airflow.log" 2>&1 ||
    { tail -n 80 "$out/airflow.log" >&2; fail "dags test"; }
  states=$("$airflow/python" - "$AIRFLOW_HOME/airflow.db" "$1" <<'PY'
import sqlite3, sys
print(" ".join(f"{task}={state}" for task, state in sqlite3.connect(sys.argv[1]).execute(
    "SELECT t.task_id, t.state FROM task_instance t JOIN dag_run r ON r.run_id = t.run_id AND r.dag_id = t.dag_id"
    " WHERE r.logical_date LIKE ? ORDER BY t.task_id", (sys.argv[2] + "%",))))
PY
  )
  [ "$states" = "$2" ] || { tail -n 80 "$out/airflow.log" >&2; fail "$states (expected: $2)"; }
  echo "airflow: a run of $1: $states"
}
run 2026-01-02 "decide=success ingest=success prepare=success train=success"
# On so few rows the rule may find no model good enough; without a champion there would be a reason to train again.
"$root/alta" models promote 1 --force --reason "for a check" --home "$home" >"$out/last" 2>&1 || { cat "$out/last" >&2; fail "promote"; }
run 2026-01-03 "decide=skipped ingest=success prepare=success train=skipped"
