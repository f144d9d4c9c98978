# Jobs as `alta … --engine kubernetes` makes them, on the cluster that there is: by Maven's own tests, which make
# namespaces of their own, with the rights and the template of base/flink, and with the real Flink operator as a process.
# Read by cluster.sh.

job_tests=(FlinkJobsIT OperatorIT ClusterRetrainIT)

as_jobs() {
  local log=$out/jobs.log names test result
  maven -q -f kubernetes/operator/pom.xml package >"$log" 2>&1 || { tail -n 40 "$log" >&2; fail "the operator's jars"; }
  say "the Flink operator: $(find "$root/kubernetes/target/operator" -name '*.jar' | wc -l) jars"
  names=$(IFS=, && echo "${job_tests[*]}")
  maven verify -pl kubernetes,app -am -Dtest=none "-Dit.test=$names" -Dspotless.check.skip=true \
    -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false \
    "-Dalta.kubeconfig=$(readlink -f "$KUBECONFIG")" >"$log" 2>&1 ||
    { grep -E 'ERROR\]|Tests run:' "$log" | head -n 60 >&2; fail "tests of jobs (all of it: $log)"; }
  for test in "${job_tests[@]}"; do
    # A test that was skipped has shown nothing.
    result=$(grep -E "Tests run: [1-9][0-9]*, Failures: 0, Errors: 0, Skipped: 0.* in .*\.$test$" "$log") ||
      { grep -E "Tests run:.*$test" "$log" >&2; fail "$test did not run, or not all of it (all of it: $log)"; }
    say "$test: $(sed -E 's/.*Tests run: ([0-9]+),.*/\1/' <<<"$result") tests"
  done
}

maven() { (cd "$root" && ./mvnw -B -ntp "$@"); }
