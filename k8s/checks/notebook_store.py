"""For notebook.sh: models and one other object into MinIO, a user under the policy, and what that user is refused."""

import io
import os
from urllib.parse import urlsplit

from minio import Minio, MinioAdmin
from minio.credentials import StaticProvider
from minio.error import S3Error

STORE = os.environ["STORE"]


def password(name):
    with open(os.path.join(os.environ["SECRETS"], name)) as file:
        return file.read()


origin = Minio(urlsplit(os.environ["FROM"]).netloc, os.environ["FROM_KEY"], os.environ["FROM_SECRET"],
               secure=False, region="us-east-1")
root = Minio(STORE, "alta-root", password("store-root-password"), secure=False)
for bucket in ("alta", "other"):
    root.make_bucket(bucket)
for found in origin.list_objects(os.environ["FROM_BUCKET"], "models/", recursive=True):
    content = origin.get_object(os.environ["FROM_BUCKET"], found.object_name).read()
    root.put_object("alta", found.object_name, io.BytesIO(content), len(content))
root.put_object("alta", "datasets/1", io.BytesIO(b"1"), 1)

admin = MinioAdmin(endpoint=STORE, credentials=StaticProvider("alta-root", password("store-root-password")), secure=False)
admin.policy_add("alta-notebook", os.environ["POLICY"])
admin.user_add("alta-notebook", password("notebook-store-secret-key"))
admin.policy_set("alta-notebook", user="alta-notebook")

user = Minio(STORE, "alta-notebook", password("notebook-store-secret-key"), secure=False)
for what, call in {
    "an object elsewhere": lambda: user.get_object("alta", "datasets/1"),
    "a list of all": lambda: list(user.list_objects("alta", "datasets/")),
    "writing a model": lambda: user.put_object("alta", "models/x", io.BytesIO(b"1"), 1),
    "another bucket": lambda: list(user.list_objects("other")),
}.items():
    try:
        call()
    except S3Error as refused:
        assert refused.code == "AccessDenied", f"{what}: {refused.code}"
    else:
        raise SystemExit(f"notebook: {what} (expected: refused)")
