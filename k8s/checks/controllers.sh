# Rollouts, budgets, autoscalers and a drain, by real controllers and a real scheduler. Nodes and what runs on them are
# kwok's pretence: pods become ready without an image, and no probe is asked. Read by cluster.sh.

zones=(a b c)

# Three nodes in three zones, and volumes for who claims one; a cluster of somebody's own has both.
provide() {
  local zone
  [ "$cluster_is_ours" = yes ] || return 0
  kubectl label node pretended topology.kubernetes.io/zone=a --overwrite >/dev/null
  for zone in b c; do
    kubectl get node pretended -o json |
      "$py" -c 'import json, sys
node, zone = json.load(sys.stdin), sys.argv[1]
name = f"pretended-{zone}"
labels = {**node["metadata"]["labels"], "kubernetes.io/hostname": name, "topology.kubernetes.io/zone": zone}
status = {k: node["status"][k] for k in ("allocatable", "capacity")}
print(json.dumps({"apiVersion": "v1", "kind": "Node", "metadata": {"name": name, "labels": labels}, "status": status}))' "$zone" |
      kubectl create -f - >/dev/null
  done
  within 30 "three nodes are ready" kubectl wait --for=condition=Ready --timeout=1s node --all
  kubectl apply -f - >/dev/null <<'YAML'
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: pretended
  annotations: { storageclass.kubernetes.io/is-default-class: "true" }
provisioner: kubernetes.io/no-provisioner
YAML
  for volume in 1 2 3 4 5 6 7 8 9 10; do
    kubectl apply -f - >/dev/null <<YAML
apiVersion: v1
kind: PersistentVolume
metadata: { name: pretended-$volume }
spec:
  capacity: { storage: 100Gi }
  accessModes: [ReadWriteOnce, ReadWriteMany]
  storageClassName: pretended
  persistentVolumeReclaimPolicy: Retain
  hostPath: { path: /nowhere }
YAML
  done
}

reclaim() {
  kube delete pvc --all --wait=true >/dev/null
  if [ "$cluster_is_ours" = yes ]; then
    for volume in $(kubectl get pv -o name); do
      kubectl patch "$volume" --type=json -p '[{"op":"remove","path":"/spec/claimRef"}]' >/dev/null 2>&1 || true
    done
  fi
}

replicas() { kube get "$1" -o 'jsonpath={.spec.replicas}'; }

has_replicas() { [ "$(replicas "$1")" = "$2" ]; }

# all_there OVERLAY: every workload of it is as wanted.
all_there() {
  local workload jobs
  within 90 "$1: every Deployment is available" kube wait deployment --all --for=condition=Available --timeout=1s
  for workload in $(kube get statefulset -o name); do
    within 60 "$1: $workload is ready" kube rollout status "$workload" --timeout=1s
  done
  jobs=$(kube get job -o name)
  if [ -n "$jobs" ]; then within 60 "$1: every Job is complete" kube wait job --all --for=condition=Complete --timeout=1s; fi
  kube get deployment,statefulset,replicaset,events -o json >"$out/last"
  if grep -E '"type": "ReplicaFailure"|violates PodSecurity' "$out/last" >&2; then fail "$1: pods were refused"; fi
  say "$1: available: $(kube get deployment,statefulset,job -o name | sed 's|.*/||' | paste -sd' ')"
}

# A Service without addresses is one that nobody reaches.
services_reach() {
  local service
  for service in $(kube get service -o 'jsonpath={.items[*].metadata.name}'); do
    within 20 "$1: Service $service has addresses" bash -c "kubectl -n alta get endpointslices -l kubernetes.io/service-name=$service -o 'jsonpath={.items[*].endpoints[*].addresses[0]}' | grep -q ."
  done
  say "$1: every Service has addresses"
}

# The least number of replicas comes from the autoscaler, which has found its Deployment; metrics there are none here.
autoscaled() {
  local overlay=$1 least=$2 name
  for name in alta-scorer alta-gateway; do
    within 60 "$overlay: $name has $least replicas, by its autoscaler" has_replicas "deployment/$name" "$least"
    within 30 "$overlay: the autoscaler of $name can scale" \
      kube wait "hpa/$name" --for=condition=AbleToScale --timeout=1s
  done
  say "$overlay: autoscalers found their Deployments and hold them at $least"
}

# budget NAME: how many pods may be evicted now.
budget() { kube get pdb "$1" -o 'jsonpath={.status.disruptionsAllowed}'; }
budget_is() { [ "$(budget "$1")" = "$2" ]; }

evict() {
  printf '{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"%s","namespace":"alta"}}' "$1" |
    kubectl create --raw "/api/v1/namespaces/alta/pods/$1/eviction" -f -
}

# With no node to go to, the replacement of an evicted pod waits, so a second eviction must be refused.
budget_holds() {
  local pods
  within 30 "prod: the budget of alta-scorer lets one go" budget_is alta-scorer 1
  kubectl get node -o name | xargs -n 1 kubectl cordon >/dev/null
  read -r -a pods <<<"$(kube get pods -l app.kubernetes.io/name=alta-scorer -o 'jsonpath={.items[*].metadata.name}')"
  evict "${pods[0]}" >/dev/null
  within 30 "prod: the budget of alta-scorer is used up" budget_is alta-scorer 0
  refused "a second eviction" "disruption budget" evict "${pods[1]}"
  kubectl get node -o name | xargs -n 1 kubectl uncordon >/dev/null
  within 60 "prod: alta-scorer has recovered" budget_is alta-scorer 1
  say "prod: one scorer may be evicted, the second is refused until the first is replaced"
}

spread() {
  local nodes
  nodes=$(kube get pods -l app.kubernetes.io/name=alta-scorer -o 'jsonpath={range .items[*]}{.spec.nodeName}{"\n"}{end}' | sort -u | wc -l)
  [ "$nodes" -ge 2 ] || fail "prod: three scorers on $nodes node (expected: spread)"
  say "prod: three scorers on $nodes nodes"
}

drained() {
  local node
  node=$(kube get pods -l app.kubernetes.io/name=alta-scorer -o 'jsonpath={.items[0].spec.nodeName}')
  kubectl drain "$node" --ignore-daemonsets --delete-emptydir-data --timeout=120s >"$out/last" 2>&1 ||
    { cat "$out/last" >&2; fail "prod: node $node cannot be drained"; }
  within 60 "prod: everything is available after a drain" kube wait deployment --all --for=condition=Available --timeout=1s
  kubectl uncordon "$node" >/dev/null
  say "prod: node drained, everything available elsewhere"
}

rolled() {
  local name
  for name in alta-scorer alta-gateway; do
    kube rollout restart "deployment/$name" >/dev/null
    within 90 "prod: $name is rolled over" kube rollout status "deployment/$name" --timeout=1s
  done
  say "prod: scorers and gateways rolled over"
}

# What an API server says to it, as_api has asked.
install_overlay() { apply -f "$out/rendered/$1.yaml" >/dev/null; }

as_controllers() {
  install_definitions
  "$k8s/secrets" install >/dev/null
  provide
  install_overlay everything # dev, and what it leaves out
  all_there everything
  services_reach everything
  autoscaled everything 1
  remove_overlay everything true
  reclaim
  install_overlay prod
  autoscaled prod 3
  all_there prod
  services_reach prod
  spread
  budget_holds
  drained
  rolled
  remove_overlay prod true
}
