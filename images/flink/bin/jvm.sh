# Starts a JVM of Flink; for the scripts beside it, with bash alone. FLINK_HOME and FLINK_CONF_DIR may be set.
FLINK_HOME=${FLINK_HOME:-/opt/flink}
export FLINK_CONF_DIR=${FLINK_CONF_DIR:-$FLINK_HOME/conf}
java=${JAVA_HOME:-/opt/java}/bin/java
classpath=$FLINK_HOME/lib/*

# What Flink and Beam reach into, as in the settings of Flink's distribution.
opens=()
for package in java.lang java.lang.reflect java.io java.net java.nio java.text java.time java.util \
  java.util.concurrent java.util.concurrent.atomic java.util.concurrent.locks sun.nio.ch; do
  opens+=("--add-opens=java.base/$package=ALL-UNNAMED")
done

# start ROLE MAIN [ARGS]: memory as Flink's settings divide it.
start() {
  local role=$1 main=$2 log=$FLINK_CONF_DIR/log4j-console.properties line memory=()
  shift 2
  [ -e "$log" ] || log=$FLINK_HOME/log4j-console.properties
  while read -r line; do
    case $line in
      "JVM "*) read -r -a memory <<<"${line#JVM }" ;;
    esac
  done < <("$java" -Xshare:auto -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "-Dlog4j.configurationFile=$log" \
    -cp "$classpath:$FLINK_HOME/usrlib/alta-jobs.jar" dev.alta.jobs.JvmMemory "$role" "$@")
  if [ ${#memory[@]} -eq 0 ]; then
    echo "$role: its memory cannot be read from $FLINK_CONF_DIR" >&2
    exit 1
  fi
  exec "$java" "${memory[@]}" "${opens[@]}" -XX:+ExitOnOutOfMemoryError ${FLINK_JAVA_OPTS:-} \
    "-Dlog4j.configurationFile=$log" -Djava.io.tmpdir=/tmp -cp "$classpath" "$main" "$@"
}
