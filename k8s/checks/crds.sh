# Definitions of the kinds that operators bring, into $out/crds; says which could not be had. Read by the scripts here.

flink_operator=1.10.0
prometheus_operator=v0.93.0
argo_cd=v3.5.1

# The operator's own jar has them.
crds_flink() {
  local jar=$out/flink-kubernetes-operator-api-$flink_operator.jar
  if [ ! -f "$jar" ]; then
    (cd "$root" && ./mvnw -B -ntp -q org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy \
      -Dartifact=org.apache.flink:flink-kubernetes-operator-api:$flink_operator -DoutputDirectory="$out") || return 1
  fi
  (cd "$out/crds" && python3 -m zipfile -e "$jar" "$out/jar" && cp "$out"/jar/META-INF/fabric8/*-v1.yml .)
}

# module NAME VERSION FOLDER FILE…: files of a Go module, whose repository holds more than Go.
crds_of_module() {
  local module=$1 version=$2 folder=$3 dir
  shift 3
  command -v go >/dev/null || return 1
  dir=$(cd "$out" && GOFLAGS=-mod=mod go mod download -json "$module@$version" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')
  [ -n "$dir" ] && (cd "$dir/$folder" && cp "$@" "$out/crds/")
}

crds_prometheus() {
  if [ -d "$shared/crds" ]; then
    cp "$shared"/crds/{servicemonitors,prometheusrules,podmonitors}.yaml "$out/crds/"
  else
    crds_of_module github.com/prometheus-operator/prometheus-operator $prometheus_operator example/prometheus-operator-crd \
      monitoring.coreos.com_{servicemonitors,prometheusrules,podmonitors}.yaml
  fi
}

crds_argo() {
  if [ -d "$shared/crds" ]; then
    cp "$shared"/crds/{argo-application,argo-appproject}.yaml "$out/crds/"
  else
    crds_of_module github.com/argoproj/argo-cd/v3 $argo_cd manifests/crds {application,appproject}-crd.yaml
  fi
}

crds() {
  local of
  mkdir -p "$out/crds"
  for of in flink prometheus argo; do
    [ -e "$out/crds/.$of" ] && continue
    if "crds_$of" >&2; then
      touch "$out/crds/.$of"
    else
      skipped "what has kinds of $of (its definitions come from Maven Central, or by go from its module: neither worked)"
    fi
  done
  chmod -R u+w "$out/crds"
}
