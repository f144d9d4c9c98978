#!/usr/bin/env bash
# The images on a real kubelet: two scorers and two gateways (REPLICAS) of the overlay prod, by images/build, with the Secrets of
# k8s/secrets, under restricted Pod Security; JSON through a port of the node with certificate and token; a rolling update
# of all of them under load, in which no request may fail; and scorers that are deleted while the database is away, whose
# predictions are all in it in the end. Database and bucket are those of an Alta beside it.
# Part of k8s/check. Needs root, Linux, images/build, and Debian's containerd, runc, containernetworking-plugins, iptables
# and postgresql-client.
#   SECONDS_OF_LOAD=300 RATE=50 REPLICAS=2 k8s/check node
set -euo pipefail
. "$(dirname -- "$0")/tools.sh"
. "$here/cluster-tools.sh"
. "$here/alta.sh"
work=$(mktemp -d)
replicas=${REPLICAS:-2}
network_pid='' load_pid=''
finish() {
  local pid
  for pid in $load_pid $network_pid; do kill -TERM "$pid" 2>/dev/null && wait "$pid" 2>/dev/null || true; done
  cluster_down
  alta_down
  rm -rf "$work"
}
trap finish EXIT
fail() { echo "node: $*" >&2; exit 1; }
kube() { kubectl --namespace alta "$@"; }

missing=()
for program in containerd runc iptables psql; do command -v "$program" >/dev/null || missing+=("$program"); done
[ -x /usr/lib/cni/bridge ] || missing+=(containernetworking-plugins)
if [ "$(id -u)" -ne 0 ] || [ "${#missing[@]}" -gt 0 ] || [ -n "${K8S_CHECK_KUBECONFIG:-}" ] || ! have pause; then
  skipped "a real kubelet (needs root, a cluster of our own, and ${missing[*]:-all there})"
  exit 0
fi
for image in scorer gateway; do [ -f "$root/images/target/alta-$image.tar" ] || fail "no alta-$image.tar (expected: images/build)"; done

alta_up
say "a database and a bucket with a model"
cluster_up node || fail "no kube (expected: beside the repository)"
for image in scorer gateway; do
  ctr -a "$KUBE_RUN/node/containerd.sock" -n k8s.io images import "$root/images/target/alta-$image.tar" >"$out/last" 2>&1 ||
    { cat "$out/last" >&2; fail "alta-$image.tar cannot be imported"; }
done
say "a kubelet with $(ctr -a "$KUBE_RUN/node/containerd.sock" -n k8s.io images ls -q | grep -c alta-) images of ours"

# Names, ports of the node, and what lies on this machine's loopback.
address=10.244.0.1
port_of() { sed -E 's|.*://[^:/]*:([0-9]+).*|\1|' <<<"$1"; }
database=$(port_of "$(offered database-url)") store=$(port_of "$(offered store-url)")
"$(python)" "$here/node_network.py" "$KUBECONFIG" "$address" alta-gateway:30080 "5432=$database" "9000=$store" >"$out/network.log" 2>&1 &
network_pid=$!

kubectl apply -f "$k8s/base/namespace.yaml" >/dev/null
for key in database-password store-access-key store-secret-key; do offered "$key" | tr -d '\n' >"$work/$key"; done
kube create secret generic alta-secrets --from-file="$work/database-password" --from-file="$work/store-access-key" \
  --from-file="$work/store-secret-key" >/dev/null
"$k8s/secrets" install >/dev/null

"$(python)" - "$out/rendered/prod.yaml" "$address" "$(offered store-bucket)" "$(offered database-user)" \
  "$(offered database-url | sed 's|.*/||')" "$replicas" >"$work/node.yaml" <<'PY'
import sys, yaml
rendered, address, bucket, user, database, replicas = sys.argv[1:]
names = {"alta-scorer", "alta-gateway", "alta-settings"}
kinds = {"ServiceAccount", "ConfigMap", "Service", "Deployment", "PodDisruptionBudget"}
kept = [o for o in yaml.safe_load_all(open(rendered)) if o and o["kind"] in kinds and o["metadata"]["name"] in names]
for found in kept:
    if found["kind"] == "ConfigMap":
        found["data"].update(ALTA_DATABASE_URL=f"jdbc:postgresql://{address}:5432/{database}", ALTA_DATABASE_USER=user,
                             ALTA_STORE_URL=f"http://{address}:9000", ALTA_STORE_BUCKET=bucket)
    if found["kind"] == "Deployment":
        found["spec"]["replicas"] = int(replicas)
        pod = found["spec"]["template"]["spec"]
        pod["dnsPolicy"] = "None"  # the kubelet knows no name server
        pod["dnsConfig"] = {"nameservers": [address], "searches": ["alta.svc.cluster.local"]}
        for container in pod["containers"]:
            container["resources"]["requests"]["cpu"] = "300m"  # of two cores
            for part in container["resources"].values():
                part.pop("ephemeral-storage", None)  # which this kubelet does not count
print(yaml.safe_dump_all(kept))
PY
kube apply --server-side -f "$work/node.yaml" >/dev/null
# settled DEPLOYMENT: all its pods are new ones and ready.
settled() {
  kube rollout status "deployment/$1" --timeout=600s >"$out/last" 2>&1 ||
    { cat "$out/last" >&2; kube get pods -o wide >&2; kube get events --sort-by=.lastTimestamp | tail -n 20 >&2
      kube logs "deployment/$1" --tail=30 >&2 || true; fail "$1 is not rolled out"; }
}
for name in alta-scorer alta-gateway; do settled "$name"; done
say "ready: $(kube get pods --no-headers | awk '{ print $1 }' | paste -sd' ')"

"$k8s/secrets" ca >"$work/ca.crt"
"$k8s/secrets" show predict-token >"$work/token"
code=$(curl -s -o "$out/last" -w '%{http_code}' --cacert "$work/ca.crt" https://localhost:30080/model-info || true)
[ "$code" = 401 ] || fail "without a token: $code (expected: 401)"

"$root/loadtest/run" --help >/dev/null 2>&1 || true # builds it
seconds=${SECONDS_OF_LOAD:-300} rate=${RATE:-50}
"$root/loadtest/run" constant --call json --tool own --target localhost:30080 --rate "$rate" --seconds "$seconds" --max-errors 0 \
  --hypothetical --tls-roots "$work/ca.crt" --token-file "$work/token" --out "$out/rolling" >"$out/rolling.log" 2>&1 &
load_pid=$!
for _ in $(seq 120); do grep -q 'open loop' "$out/rolling.log" && break; sleep 1; done
grep -q 'open loop' "$out/rolling.log" || { cat "$out/rolling.log" >&2; fail "the load does not begin"; }
before=$(kube get pods -o 'jsonpath={.items[*].metadata.uid}')
for name in alta-scorer alta-gateway; do
  kube rollout restart "deployment/$name" >/dev/null
  settled "$name"
  say "under load: $name rolled over"
done
# Those before are to have ended, too.
for _ in $(seq 120); do [ "$(kube get pods --no-headers | wc -l)" = $((2 * replicas)) ] && break; sleep 1; done
for uid in $before; do
  if kube get pods -o 'jsonpath={.items[*].metadata.uid}' | grep -q "$uid"; then fail "a pod is still there"; fi
done
kill -0 "$load_pid" 2>/dev/null || { cat "$out/rolling.log" >&2; fail "the load ended before the last rollout (SECONDS_OF_LOAD=$seconds)"; }
say "all pods are other ones; the load goes on to its end"
if wait "$load_pid"; then load_pid=''; else
  load_pid=''
  cat "$out/rolling.log" "$out/network.log" >&2
  fail "requests failed during the rolling update"
fi
say "rolling update under load: $(grep -E 'requests,' "$out/rolling.log")"

# The other promise: scorers that are deleted while the database is away wait for it.
logged() {
  PGPASSWORD=$(offered database-password) psql -qAt "$(offered database-url | sed 's|^jdbc:||')" -U "$(offered database-user)" \
    -c "SELECT count(DISTINCT request_id) FROM inference_log WHERE request_id LIKE '$1-%'"
}
# predict NAME NUMBER: so many, one after the other, each with a request id of its own.
predict() {
  local i
  for i in $(seq "$2"); do
    curl -sf -o "$out/last" --cacert "$work/ca.crt" -H "Authorization: Bearer $(cat "$work/token")" -H "X-Request-Id: $1-$i" \
      -H 'Content-Type: application/json' -d "$encounter" https://localhost:30080/predict || fail "prediction $1-$i"
  done
}
ends() { kube get pods -l app.kubernetes.io/name=alta-scorer -o 'jsonpath={range .items[*]}{.metadata.deletionTimestamp}{"\n"}{end}' | grep -c . || true; }
encounter=$(curl -sf --cacert "$work/ca.crt" -H "Authorization: Bearer $(cat "$work/token")" https://localhost:30080/openapi.json |
  "$(python)" -c 'import json, sys
body = json.load(sys.stdin)["paths"]["/predict"]["post"]["requestBody"]
print(json.dumps(body["content"]["application/json"]["examples"]["one"]["value"]))')
predict before 5
for _ in $(seq 120); do [ "$(logged before)" = 5 ] && break; sleep 1; done
[ "$(logged before)" = 5 ] || fail "$(logged before) predictions are in the database (expected: 5)"
kill -USR1 "$network_pid"
for _ in $(seq 60); do grep -q 'taken away' "$out/network.log" && break; sleep 1; done
predict away 40
kube delete pod -l app.kubernetes.io/name=alta-scorer --wait=false >/dev/null
settled alta-scorer
[ "$(ends)" = "$replicas" ] || { kube get pods >&2; fail "$(ends) scorers wait for the database (expected: $replicas)"; }
[ "$(logged away)" = 0 ] || fail "$(logged away) predictions are in a database that was away"
say "deleted scorers wait for the database, others serve"
kill -USR2 "$network_pid"
for _ in $(seq 300); do [ "$(ends)" = 0 ] && break; sleep 1; done
[ "$(ends)" = 0 ] || { kube get pods >&2; fail "a scorer does not end though the database is back"; }
[ "$(logged away)" = 40 ] || fail "$(logged away) predictions of deleted scorers are in the database (expected: 40)"
say "deleted while the database was away: all their 40 predictions are in it, and they have ended"
