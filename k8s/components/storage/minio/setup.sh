#!/bin/sh
# Makes the bucket, and a user who may read and write objects in it and nothing else. Run again, it changes nothing,
# except for the user's secret key, which becomes what the Secret says: that is how it is rotated.
set -eu
: "${MINIO_URL:?}" "${SECRETS:?}" "${POLICY:?}"
secret() { cat "$SECRETS/$1"; }

waited=0
until mc --quiet alias set store "$MINIO_URL" "$(secret store-root-user)" "$(secret store-root-password)" >/dev/null 2>&1; do
  waited=$((waited + 1))
  if [ "$waited" -gt 60 ]; then
    echo "setup: $MINIO_URL does not answer, or not to this user" >&2
    exit 1
  fi
  sleep 2
done
mc --quiet mb --ignore-existing store/alta
mc --quiet admin policy create store alta "$POLICY"
mc --quiet admin user add store "$(secret store-access-key)" "$(secret store-secret-key)"
# Attaching what is attached already is an error to mc.
if ! mc admin user info store "$(secret store-access-key)" | grep -q 'PolicyName: alta$'; then
  mc --quiet admin policy attach store alta --user "$(secret store-access-key)"
fi
echo "setup: bucket alta and its user are there"
