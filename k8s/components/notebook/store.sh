#!/bin/sh
# A user of the store who may read what is below models/ of Alta's bucket, and nothing else. Run again, it takes on the
# Secret's key.
set -eu
: "${MINIO_URL:?}" "${SECRETS:?}" "${POLICY:?}"
secret() { cat "$SECRETS/$1"; }

waited=0
until mc --quiet alias set store "$MINIO_URL" "$(secret store-root-user)" "$(secret store-root-password)" >/dev/null 2>&1; do
  waited=$((waited + 1))
  if [ "$waited" -gt 60 ]; then
    echo "notebook: $MINIO_URL does not answer, or not to this user" >&2
    exit 1
  fi
  sleep 2
done
mc --quiet admin policy create store alta-notebook "$POLICY"
mc --quiet admin user add store "$(secret notebook-store-access-key)" "$(secret notebook-store-secret-key)"
# Attaching what is attached already is an error to mc.
if ! mc admin user info store "$(secret notebook-store-access-key)" | grep -q 'PolicyName: alta-notebook$'; then
  mc --quiet admin policy attach store alta-notebook --user "$(secret notebook-store-access-key)"
fi
echo "notebook: its user may read models"
