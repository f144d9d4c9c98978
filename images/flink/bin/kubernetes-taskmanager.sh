#!/bin/bash
# kubernetes-taskmanager.sh [ARGS]: Flink's TaskManager in native Kubernetes.
set -eu
. /opt/flink/bin/jvm.sh
start taskmanager org.apache.flink.kubernetes.taskmanager.KubernetesTaskExecutorRunner \
  --configDir "$FLINK_CONF_DIR" "$@"
