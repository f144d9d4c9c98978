# An Alta for checks, on synthetic encounters: one of our own, or the one that runs on the folder CHECK_HOME. Read by
# the scripts here, which have $root, $out and $work, and fail.

alta_pid=''

alta_up() {
  if [ -n "${CHECK_HOME:-}" ]; then
    home=$CHECK_HOME
    [ -s "$home/running" ] || fail "CHECK_HOME: no Alta runs on $home"
    return
  fi
  home=$work/home
  "$root/alta" up --home "$home" --rows 8000 --http-port 0 --grpc-port 0 --metrics-port 0 >"$out/alta.log" 2>&1 &
  alta_pid=$!
  for _ in $(seq 900); do
    if grep -q '^Stop with Ctrl-C' "$out/alta.log"; then return; fi
    kill -0 "$alta_pid" 2>/dev/null || break
    sleep 1
  done
  cat "$out/alta.log" >&2
  fail "alta up was not ready"
}

alta_down() {
  [ -n "$alta_pid" ] || return 0
  kill -TERM "$alta_pid" 2>/dev/null && wait "$alta_pid" 2>/dev/null || true # it ends with 143
  alta_pid=''
}

# offered NAME: what the running Alta lets other commands use, such as database-url.
offered() { sed -n "s/^$1=//p" "$home/running" | sed 's/\\\(.\)/\1/g'; }

# python_with NAME FILE|PACKAGE…: the bin folder of a Python that has them, made once.
python_with() {
  local at=$out/python-$1 given=("${@:2}")
  if [ -f "$2" ]; then given=(-r "$2"); fi
  if [ "$(cat "$at/installed" 2>/dev/null)" != "$(cat "$2" 2>/dev/null || echo "${given[*]}")" ]; then
    rm -rf "$at"
    python3 -m venv "$at" >&2
    "$at/bin/pip" install --quiet --disable-pip-version-check "${given[@]}" >&2 || return 1
    { cat "$2" 2>/dev/null || echo "${given[*]}"; } >"$at/installed"
  fi
  echo "$at/bin"
}
