#!/usr/bin/env bash
# What a real API server says to the manifests (cluster.sh api), what real controllers make of them (cluster.sh
# controllers), and how Alta runs jobs there (cluster.sh jobs); of several, one after the other on one cluster. Part of
# k8s/check.
set -euo pipefail
. "$(dirname -- "$0")/tools.sh"
. "$here/crds.sh"
. "$here/cluster-tools.sh"
modes=("$@")
mode=$1
py=$(python)

fail() { echo "$mode: $*" >&2; exit 1; }
kube() { kubectl --namespace alta "$@"; }

# within SECONDS WHAT COMMAND…: until the command succeeds.
within() {
  local end=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >"$out/last" 2>&1; do
    if [ "$SECONDS" -ge "$end" ]; then
      cat "$out/last" >&2
      kube get pods -o wide >&2 || true
      kube get events --sort-by=.lastTimestamp 2>/dev/null | tail -n 20 >&2 || true
      fail "not so in time: $what"
    fi
    sleep 0.3
  done
}

trap cluster_down EXIT
cluster_up "$([ "$mode" = api ] && echo api || echo all)" || {
  skipped "${modes[*]} (no cluster: kind create cluster --kubeconfig FILE, then K8S_CHECK_KUBECONFIG=FILE k8s/check …)"
  exit 0
}
say "cluster: Kubernetes $(kubectl version -o json | "$py" -c 'import json,sys; print(json.load(sys.stdin)["serverVersion"]["gitVersion"])')"

apply() { kubectl apply --server-side --force-conflicts --field-manager=check --validate=strict --warnings-as-errors "$@"; }

install_definitions() {
  local file
  crds
  for file in "$out"/crds/*.y*ml; do kubectl apply --server-side --force-conflicts -f "$file" >/dev/null; done
  for file in $(kubectl get crd -o name); do
    within 30 "$file is established" kubectl wait --for=condition=Established --timeout=1s "$file"
  done
  say "definitions: $(kubectl get crd -o name | wc -l) kinds of operators"
}

install_secrets() {
  local before
  "$k8s/secrets" install >/dev/null
  kube get secrets -o json >"$out/secrets.json"
  PYTHONPATH=$here "$py" - "$out/secrets.json" <<'PY'
import json, sys
from policy import SECRETS
there = {s["metadata"]["name"]: {k for k, v in s["data"].items() if v} for s in json.load(open(sys.argv[1]))["items"]}
missing = {name: sorted(keys - there.get(name, set())) for name, keys in SECRETS.items() if keys - there.get(name, set())}
sys.exit(f"k8s/secrets install did not make {missing}" if missing else 0)
PY
  rm "$out/secrets.json"
  before=$(secrets_digest)
  "$k8s/secrets" install >/dev/null
  [ "$before" = "$(secrets_digest)" ] || fail "k8s/secrets install, a second time, changed secrets that were there"
  check_certificates
  rotate_tokens
  before=$(certificate)
  GATEWAY_NAMES="predict.hospital.example 192.0.2.7" "$k8s/secrets" rotate certificates >/dev/null
  [ "$before" != "$(certificate)" ] || fail "rotate certificates: the same certificate"
  check_certificates
  check_certificate alta-gateway-tls predict.hospital.example
  say "k8s/secrets: $(kube get secret -l app.kubernetes.io/managed-by=alta-secrets -o name | wc -l) secrets with all keys, kept by a second install, certificates valid, also after their rotation, tokens rotated"
}

secrets_digest() { kube get secrets -o 'jsonpath={range .items[*]}{.metadata.name}{.data}{end}' | sha256sum; }

certificate() { kube get secret alta-gateway-tls -o 'jsonpath={.data.tls\.crt}'; }

check_certificates() {
  check_certificate alta-scorer-tls alta-scorer.alta.svc
  check_certificate alta-gateway-tls alta-gateway.alta.svc
  check_certificate postgres-tls postgres
  check_certificate mysql-tls mysql
}

check_certificate() {
  local at
  at=$(mktemp -d)
  for key in tls.crt ca.crt; do kube get secret "$1" -o "jsonpath={.data.${key//./\\.}}" | base64 -d >"$at/$key"; done
  openssl verify -CAfile "$at/ca.crt" -verify_hostname "$2" "$at/tls.crt" >"$out/last" 2>&1 ||
    { cat "$out/last" >&2; fail "$1: no valid certificate for $2"; }
  rm -r "$at"
}

rotate_tokens() {
  local before after
  before=$("$k8s/secrets" show predict-token)
  "$k8s/secrets" rotate tokens >/dev/null
  after=$("$k8s/secrets" show predict-token)
  [ "$before" != "$after" ] || fail "rotate tokens: the same token"
  lets_in "$before" || fail "rotate tokens: the old token is not let in any more"
  lets_in "$after" || fail "rotate tokens: the new token is not let in"
  "$k8s/secrets" rotate tokens >/dev/null
  if lets_in "$before"; then fail "rotate tokens: a token outlived two rotations"; fi
}

lets_in() { [[ $'\n'$("$k8s/secrets" show tokens) == *$'\n'"predict $1"$'\n'* ]]; }

# refused WHAT EXPECTED COMMAND…: the API server must refuse it, in these words.
refused() {
  local what=$1 expected=$2
  shift 2
  if "$@" >"$out/last" 2>&1; then fail "$what was not refused"; fi
  grep -qiE "$expected" "$out/last" || { cat "$out/last" >&2; fail "$what was refused for another reason"; }
}

check_refusals() {
  local rendered=$out/rendered/prod.yaml
  sed 's/readinessProbe:/readynessProbe:/' "$rendered" >"$out/broken.yaml"
  refused "an unknown field" 'readynessProbe: field not declared in schema' apply --dry-run=server -f "$out/broken.yaml"
  sed 's/type: RollingUpdate/type: Rolling/' "$rendered" >"$out/broken.yaml"
  refused "an unknown strategy" 'unsupported value.*Rolling' apply --dry-run=server -f "$out/broken.yaml"
  sed 's/readOnlyRootFilesystem: true/privileged: true/; s/allowPrivilegeEscalation: false/allowPrivilegeEscalation: true/' "$rendered" >"$out/broken.yaml"
  refused "a privileged pod" 'would violate PodSecurity "restricted' apply --dry-run=server -f "$out/broken.yaml"
  kube get serviceaccount default >/dev/null 2>&1 || kube create serviceaccount default >/dev/null # a controller makes it elsewhere
  refused "a pod as root" 'violates PodSecurity' kube run root --image=x:1 --dry-run=server
  say "refused, as they should be: an unknown field, an unknown value, a privileged Deployment, a pod as root"
}

without_namespace() {
  "$py" -c 'import sys, yaml
print(yaml.safe_dump_all(o for o in yaml.safe_load_all(sys.stdin) if o["kind"] != "Namespace"))' <"$1"
}

apply_overlay() {
  local rendered=$out/rendered/$1.yaml
  apply --dry-run=server -f "$rendered" >/dev/null
  apply -f "$rendered" >"$out/applied"
  kubectl diff --server-side --force-conflicts --field-manager=check -f "$rendered" >"$out/last" 2>&1 ||
    { cat "$out/last" >&2; fail "$1: applied, and still not as it says"; }
  say "$1: strict dry run, applied for real without a warning, no difference left: $(wc -l <"$out/applied") objects"
}

remove_overlay() {
  without_namespace "$out/rendered/$1.yaml" | kubectl delete --ignore-not-found --wait="${2:-false}" -f - >/dev/null
  if [ "$mode" = api ]; then # No controller is there that would let claims go.
    kube get pvc -o name | xargs -r -n 1 kubectl -n alta patch --type=merge -p '{"metadata":{"finalizers":null}}' >/dev/null
  fi
}

check_rights() {
  local account verb what
  for account in alta-scorer alta-gateway postgres minio mysql mlflow notebook notebook-setup; do
    for what in "list secrets" "create pods" "get configmaps"; do
      read -r verb what <<<"$what"
      if kube auth can-i "$verb" "$what" --as="system:serviceaccount:alta:$account" >/dev/null 2>&1; then
        fail "ServiceAccount $account may $verb $what"
      fi
    done
  done
  if kube get serviceaccount alta-retrain >/dev/null 2>&1; then
    kube auth can-i create flinkdeployments.flink.apache.org --as=system:serviceaccount:alta:alta-retrain >/dev/null ||
      fail "ServiceAccount alta-retrain may not create FlinkDeployments"
    if kube auth can-i list secrets --as=system:serviceaccount:alta:alta-retrain >/dev/null 2>&1; then
      fail "ServiceAccount alta-retrain may list secrets"
    fi
  fi
  say "rights: no service account may read secrets or make pods"
}

apply_argo() {
  [ -e "$out/crds/.argo" ] || return 0
  kubectl create namespace argocd --dry-run=client -o yaml | kubectl apply --server-side -f - >/dev/null
  local app
  for app in root apps; do
    apply --dry-run=server -f "$out/rendered/argocd-$app.yaml" >/dev/null
    apply -f "$out/rendered/argocd-$app.yaml" >>"$out/applied"
  done
  kubectl -n argocd create configmap argocd-cm --dry-run=client -o yaml | kubectl apply --server-side -f - >/dev/null
  kubectl -n argocd patch configmap argocd-cm --patch-file "$k8s/argocd/health.yaml" >/dev/null
  say "Argo CD: project and $(kubectl -n argocd get applications -o name | wc -l) applications applied, health checks patched in"
}

as_api() {
  local overlay
  install_definitions
  install_secrets
  check_refusals
  for overlay in dev prod everything with-operators; do
    apply_overlay "$overlay"
    check_rights
    remove_overlay "$overlay"
  done
  apply_argo
}

for mode in "${modes[@]}"; do
  case $mode in
    api) as_api ;;
    controllers) . "$here/controllers.sh"; as_controllers ;;
    jobs) . "$here/jobs.sh"; as_jobs ;;
  esac
done
