# A cluster for checks: the one of K8S_CHECK_KUBECONFIG, or one of our own on 127.0.0.1. Read by the scripts here.

cluster_is_ours=no

# free_ports N: the first of N ports that nobody has now.
free_ports() {
  python3 -c 'import random, socket, sys
for start in random.sample(range(20000, 28000, 10), 800):
    try:
        for port in range(start, start + int(sys.argv[1])):
            with socket.socket() as s:
                s.bind(("127.0.0.1", port))
        print(start)
        break
    except OSError:
        pass' "$1"
}

# cluster_up api|all: sets KUBECONFIG; fails where there is none to be had, and ends where one does not start.
cluster_up() {
  if [ -n "${K8S_CHECK_KUBECONFIG:-}" ]; then
    export KUBECONFIG=$K8S_CHECK_KUBECONFIG
    rm -f "$bin/kubectl"
    return
  fi
  have kube || return 1
  export KUBE_BIN=$bin/kube KUBE_RUN=$out/cluster KUBE_PORT=${KUBE_PORT:-$(free_ports 5)}
  [ -x "$KUBE_BIN" ] || KUBE_BIN=$(type -P kube)
  # Of the same version as the server.
  printf '#!/bin/sh\nexec "%s" kubectl "$@"\n' "$KUBE_BIN" >"$bin/kubectl"
  chmod +x "$bin/kubectl"
  rm -rf "$KUBE_RUN"
  if ! "$shared/kube/up.sh" "$1" >"$out/cluster.log" 2>&1; then
    cat "$out/cluster.log" >&2
    echo "the cluster does not start" >&2
    exit 1
  fi
  export KUBECONFIG=$KUBE_RUN/kubeconfig
  cluster_is_ours=yes
}

cluster_down() {
  [ "$cluster_is_ours" = yes ] || return 0
  "$shared/kube/down.sh" >>"$out/cluster.log" 2>&1
  cluster_is_ours=no
}
