#!/bin/bash
# The Flink operator starts `docker-entrypoint.sh bash -c "kubernetes-jobmanager.sh kubernetes-application"`, and the
# JobManager it started so starts TaskManagers alike. Nothing is written: settings come as files from the operator.
set -eu
export PATH=/opt/flink/bin:/opt/java/bin:/bin:/usr/bin
exec "$@"
