# Where k8s/check and the scripts here find what they check, write what comes of it, and get their tools from. Read by all
# of them.

k8s=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
root=$(dirname "$k8s")
here=$k8s/checks
out=$root/target/k8s
bin=$out/bin
# Prebuilt ones, where somebody has put them beside the repository.
shared=$root/../shared/tools

say() { printf '%4d s  %s\n' "$SECONDS" "$*"; }
skipped() { echo "SKIPPED: $*"; }

# have NAME MODULE: on PATH, or prebuilt beside the repository, or installed with go.
have() {
  type -P "$1" >/dev/null && return # a program; functions have such names, too
  if [ -x "$shared/unpack" ] && [ -f "$shared/$1.xz" ]; then
    "$shared/unpack" "$bin" "$1"
  elif command -v go >/dev/null && [ -n "${2:-}" ]; then
    GOBIN=$bin go install "$2" || return 1
  else
    return 1
  fi
}

kustomize_build() {
  if command -v kubectl >/dev/null; then
    kubectl kustomize "$1"
  elif have kustomize sigs.k8s.io/kustomize/kustomize/v5@v5.8.1; then
    kustomize build "$1"
  else
    echo "check: neither kubectl nor kustomize on PATH, nor go to install it" >&2
    return 1
  fi
}

# A Python that knows YAML.
python() {
  local of=$out/python
  if python3 -c 'import yaml' 2>/dev/null; then
    echo python3
    return
  fi
  if [ ! -e "$of/installed" ]; then
    python3 -m venv "$of" >&2
    "$of/bin/pip" install --quiet --disable-pip-version-check pyyaml==6.0.3 >&2
    touch "$of/installed"
  fi
  echo "$of/bin/python"
}
