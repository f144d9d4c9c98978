"""Alta's retrain as a DAG: ingest, prepare, decide, train and promote, each a task that calls `alta`.

The tasks are the commands that `alta retrain` does in one process. Each may be cleared and run again: ingest knows
what it has stored, prepare does nothing where nothing has changed, and the promotion rule decides alike.

Where the environment has RETRAIN_COMMAND (a path to `alta`), tasks run it on the worker; else each is a pod of the image
in RETRAIN_IMAGE, with the settings and the secret that every pod of Alta has. None of these names begins with ALTA_: alta
takes such for its own settings.
"""

import os
import shlex
from datetime import datetime, timedelta

from airflow.sdk import DAG
from airflow.providers.standard.operators.bash import BashOperator

COMMAND = os.environ.get("RETRAIN_COMMAND", "")
IMAGE = os.environ.get("RETRAIN_IMAGE", "")
NAMESPACE = os.environ.get("RETRAIN_NAMESPACE", "alta")
# As options of alta: --database-url=…, --engine=kubernetes; secrets come from the environment.
OPTIONS = os.environ.get("RETRAIN_OPTIONS", "").split()
# What `decide` ends with where there is no reason to train: its task, and those behind it, are skipped.
NO_REASON = 99


def step(name, *arguments):
    """A task that runs one command of alta."""
    if COMMAND:
        return BashOperator(
            task_id=name,
            bash_command="exec " + shlex.join((COMMAND, *arguments, *OPTIONS)),
            append_env=True,
            skip_on_exit_code=NO_REASON,
        )
    return pod(name, [*arguments, *OPTIONS])


def pod(name, arguments):
    """The same in a pod under restricted Pod Security."""
    from airflow.providers.cncf.kubernetes.operators.pod import KubernetesPodOperator
    from kubernetes.client import models as k8s

    def secret(variable, key):
        source = k8s.V1EnvVarSource(secret_key_ref=k8s.V1SecretKeySelector(name="alta-secrets", key=key))
        return k8s.V1EnvVar(name=variable, value_from=source)

    return KubernetesPodOperator(
        task_id=name,
        name=f"alta-{name}",
        namespace=NAMESPACE,
        image=IMAGE,
        arguments=arguments,
        service_account_name="alta-retrain",
        labels={"app.kubernetes.io/name": "alta-retrain", "app.kubernetes.io/part-of": "alta",
                "app.kubernetes.io/component": "training"},
        env_from=[k8s.V1EnvFromSource(config_map_ref=k8s.V1ConfigMapEnvSource(name="alta-settings"))],
        env_vars=[secret("ALTA_DATABASE_PASSWORD", "database-password"),
                  secret("ALTA_STORE_ACCESS_KEY", "store-access-key"),
                  secret("ALTA_STORE_SECRET_KEY", "store-secret-key")],
        # Kubernetes would set ALTA_GATEWAY_PORT and the like, which alta refuses as settings that it does not know.
        full_pod_spec=k8s.V1Pod(api_version="v1", kind="Pod", metadata=k8s.V1ObjectMeta(),
                                spec=k8s.V1PodSpec(containers=[], enable_service_links=False)),
        container_resources=k8s.V1ResourceRequirements(
            requests={"cpu": "1", "memory": "2Gi"}, limits={"cpu": "2", "memory": "3Gi"}),
        security_context={"runAsNonRoot": True, "runAsUser": 10001, "runAsGroup": 10001, "fsGroup": 10001,
                          "seccompProfile": {"type": "RuntimeDefault"}},
        container_security_context={"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True,
                                    "capabilities": {"drop": ["ALL"]}},
        volumes=[k8s.V1Volume(name="home", empty_dir=k8s.V1EmptyDirVolumeSource(size_limit="4Gi")),
                 k8s.V1Volume(name="tmp", empty_dir=k8s.V1EmptyDirVolumeSource(size_limit="2Gi"))],
        volume_mounts=[k8s.V1VolumeMount(name="home", mount_path="/var/lib/alta"),
                       k8s.V1VolumeMount(name="tmp", mount_path="/tmp")],
        skip_on_exit_code=NO_REASON,
        get_logs=True,
        on_finish_action="delete_pod",
    )


with DAG(
    dag_id="alta_retrain",
    description="Ingest what is new, prepare, and train where there is a reason to",
    schedule="30 2 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 2, "retry_delay": timedelta(minutes=2)},
    params={"data": os.environ.get("RETRAIN_DATA", "")},
    tags=["alta"],
):
    ingest = step("ingest", "ingest", "--data={{ params.data }}")
    prepare = step("prepare", "prepare")
    decide = step("decide", "retrain", "--dry-run", f"--no-reason-code={NO_REASON}")
    train = step("train", "train", "--budget=0")
    ingest >> prepare >> decide >> train
