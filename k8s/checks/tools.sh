# Where the tools of k8s/check come from. Read by the scripts here; $shared, $bin and $out are theirs.

skipped() { echo "SKIPPED: $*"; }

# have NAME MODULE: on PATH, or prebuilt beside the repository, or installed with go.
have() {
  command -v "$1" >/dev/null && return
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
