#!/usr/bin/env bash
# kubeconform, strict, on everything that is rendered. Part of k8s/check.
set -euo pipefail
. "$(dirname -- "$0")/tools.sh"
. "$here/crds.sh"
. "$here/cluster-tools.sh"

have kubeconform github.com/yannh/kubeconform/cmd/kubeconform@v0.7.0 ||
  { skipped "schemas (no kubeconform on PATH, and no go to install it)"; exit 0; }
py=$(python)

made=$out/schemas
if [ ! -e "$made/.kubernetes" ]; then
  if cluster_up api; then
    kubectl get --raw /openapi/v2 >"$out/openapi.json"
    cluster_down
    "$py" "$here/schemas.py" "$made" openapi "$out/openapi.json"
    touch "$made/.kubernetes"
  fi
fi
crds
"$py" "$here/schemas.py" "$made" crds "$out"/crds/*.y*ml

places=(-schema-location "$made/{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json")
if [ ! -e "$made/.kubernetes" ]; then
  if curl -sfI -m 10 https://raw.githubusercontent.com/yannh/kubernetes-json-schema/master/README.md >/dev/null; then
    places+=(-schema-location default) # kubeconform's own, by network
  else
    skipped "schemas of Kubernetes (no API server could be started, and kubeconform's own schemas cannot be reached)"
    exit 0
  fi
fi

conform() { kubeconform -strict -summary "${places[@]}" "$@"; }

conform "$out"/rendered/*.yaml

# And that it would notice.
broken=$out/broken.yaml
for change in 's/minReplicas: 3/minReplicas: three/' 's/readinessProbe:/readynessProbe:/' 's/clusterIP: None/clusterIp: None/'; do
  sed "$change" "$out/rendered/prod.yaml" >"$broken"
  cmp -s "$broken" "$out/rendered/prod.yaml" && { echo "schemas: $change changes nothing" >&2; exit 1; }
  if conform "$broken" >/dev/null; then echo "schemas: kubeconform does not notice $change" >&2; exit 1; fi
done
sed 's/targetRevision: main/targetRevison: main/' "$out/rendered/argocd-apps.yaml" >"$broken"
if [ -e "$out/crds/.argo" ] && conform "$broken" >/dev/null; then
  echo "schemas: kubeconform does not notice a misspelt field of an Application" >&2
  exit 1
fi
echo "schemas: four broken manifests are noticed"
