"""Runs Argo CD's health checks of argocd/health.yaml, by a Lua interpreter, on what the operators say of resources.

argocd_health.py LUA
"""

import subprocess
import sys
from pathlib import Path

import yaml

HEALTH = Path(__file__).resolve().parent.parent / "argocd" / "health.yaml"
FLINK, APPLICATION = "flink.apache.org_FlinkDeployment", "argoproj.io_Application"
RUNNING = {"job": {"state": "running"}}
CASES = [
    (APPLICATION, {}, "Progressing"),
    (APPLICATION, {"status": {"health": {"status": "Healthy"}}}, "Healthy"),
    (APPLICATION, {"status": {"health": {"status": "Degraded", "message": "x"}}}, "Degraded"),
    (FLINK, {"spec": RUNNING}, "Progressing"),
    (FLINK, {"spec": RUNNING, "status": {"jobManagerDeploymentStatus": "DEPLOYING"}}, "Progressing"),
    (FLINK, {"spec": RUNNING, "status": {"jobStatus": {"state": "RECONCILING"}}}, "Progressing"),
    (FLINK, {"spec": RUNNING, "status": {"jobStatus": {"state": "RUNNING"}}}, "Healthy"),
    (FLINK, {"spec": RUNNING, "status": {"jobStatus": {"state": "FINISHED"}}}, "Healthy"),
    (FLINK, {"spec": RUNNING, "status": {"jobStatus": {"state": "FAILED"}}}, "Degraded"),
    (FLINK, {"spec": RUNNING, "status": {"jobManagerDeploymentStatus": "ERROR"}}, "Degraded"),
    (FLINK, {"spec": RUNNING, "status": {"error": "pods is forbidden"}}, "Degraded"),
    (FLINK, {"spec": {"job": {"state": "suspended"}}, "status": {"jobStatus": {}}}, "Healthy"),
]


def lua(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f'["{key}"] = {lua(part)}' for key, part in value.items()) + "}"
    return f'"{value}"'


def main(interpreter):
    scripts = yaml.safe_load(HEALTH.read_text())["data"]
    for kind, found, expected in CASES:
        script = scripts[f"resource.customizations.health.{kind}"]
        program = f"local obj = {lua(found)}\nlocal function health()\n{script}\nend\nlocal h = health()\nprint(h.status)\n"
        program = program.replace("local obj", "obj", 1) + "assert(type(h.message) == 'string')\n"
        said = subprocess.run([interpreter, "-"], input=program, capture_output=True, text=True)
        if said.returncode or said.stdout.strip() != expected:
            sys.exit(f"{kind} {found}: {said.stdout.strip()} {said.stderr.strip()} (expected: {expected})")
    print(f"argocd: {len(CASES)} states of Applications and FlinkDeployments have the health that they should")


if __name__ == "__main__":
    main(sys.argv[1])
