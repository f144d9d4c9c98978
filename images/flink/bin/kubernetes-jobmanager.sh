#!/bin/bash
# kubernetes-jobmanager.sh kubernetes-application|kubernetes-session [ARGS]: Flink's JobManager in native Kubernetes.
set -eu
. /opt/flink/bin/jvm.sh
case ${1:-} in
  kubernetes-application) main=org.apache.flink.kubernetes.entrypoint.KubernetesApplicationClusterEntrypoint ;;
  kubernetes-session) main=org.apache.flink.kubernetes.entrypoint.KubernetesSessionClusterEntrypoint ;;
  *)
    echo "kubernetes-jobmanager.sh: ${1:-nothing} (expected: kubernetes-application or kubernetes-session)" >&2
    exit 2
    ;;
esac
shift
start jobmanager "$main" "$@"
