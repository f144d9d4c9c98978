"""For storage.sh, by MinIO's client for Python, on the store and the secrets that the environment names.

storage_store.py set-up   what setup.sh does with mc, for where there is no mc: the bucket, the policy, its user
storage_store.py rights   what that user must be able to do, and what it must be refused
storage_store.py reads    whether the key that the Secret holds reads the bucket: reads, or refused
"""

import io
import json
import os
import sys
from urllib.parse import urlsplit

from minio import Minio, MinioAdmin
from minio.credentials import StaticProvider
from minio.error import MinioAdminException, S3Error

STORE = urlsplit(os.environ["MINIO_URL"]).netloc
LARGE = 20_000_000
DENIED = {"AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch"}


def secret(name):
    with open(os.path.join(os.environ["SECRETS"], name), encoding="utf-8") as file:
        return file.read()


ROOT = secret("store-root-user"), secret("store-root-password")
ALTA = secret("store-access-key"), secret("store-secret-key")


def client(keys):
    return Minio(STORE, *keys, secure=False, region="us-east-1")


def admin(keys):
    return MinioAdmin(endpoint=STORE, credentials=StaticProvider(*keys), secure=False)


def set_up():
    root = client(ROOT)
    if not root.bucket_exists("alta"):
        root.make_bucket("alta")
    of_root = admin(ROOT)
    of_root.policy_add("alta", os.environ["POLICY"])
    of_root.user_add(*ALTA)
    if json.loads(of_root.user_info(ALTA[0])).get("policyName") != "alta":
        of_root.policy_set("alta", user=ALTA[0])


def allowed(user):
    user.put_object("alta", "models/one", io.BytesIO(b"one"), 3)
    user.put_object("alta", "models/large", io.BytesIO(bytes(LARGE)), LARGE, part_size=5 << 20)  # sent in parts
    answer = user.get_object("alta", "models/one")
    assert answer.read() == b"one", "models/one is not what was written"
    answer.close()
    names = {found.object_name for found in user.list_objects("alta", "models/")}
    assert names == {"models/one", "models/large"}, names
    user.remove_object("alta", "models/one")


def refused(user):
    root = client(ROOT)
    if not root.bucket_exists("other"):
        root.make_bucket("other")
    public = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::alta/*"}]}
    attempts = {
        "writing into another bucket": lambda: user.put_object("other", "one", io.BytesIO(b"1"), 1),
        "listing another bucket": lambda: list(user.list_objects("other")),
        "making a bucket": lambda: user.make_bucket("third"),
        "removing the bucket": lambda: user.remove_bucket("alta"),
        "making the bucket public": lambda: user.set_bucket_policy("alta", json.dumps(public)),
        "listing users": lambda: admin(ALTA).user_list(),
    }
    for what, attempt in attempts.items():
        try:
            attempt()
        except S3Error as no:
            assert no.code in DENIED, f"{what}: {no.code} (expected: AccessDenied)"
        except MinioAdminException as no:
            assert "AccessDenied" in str(no), f"{what}: {no} (expected: AccessDenied)"
        else:
            sys.exit(f"{what} (expected: refused)")
    return len(attempts)


def main(what):
    if what == "set-up":
        set_up()
    elif what == "rights":
        allowed(client(ALTA))
        print(refused(client(ALTA)))
    elif what == "reads":
        try:
            list(client(ALTA).list_objects("alta"))
        except S3Error as no:
            assert no.code in DENIED, no.code
            print("refused")
        else:
            print("reads")
    else:
        sys.exit(__doc__)


main(*sys.argv[1:])
