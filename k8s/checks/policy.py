"""What every rendered overlay of Alta must keep to, whatever a schema would let through.

policy.py FILE… checks rendered overlays; policy.py --self-test FILE breaks a rendered overlay in a way for each rule
and makes sure that the rule notices. Needs PyYAML.
"""

import copy
import re
import sys
from collections import Counter
from pathlib import Path

import yaml

README = Path(__file__).resolve().parent.parent / "README.md"
LONG_RUNNING = {"Deployment", "StatefulSet", "DaemonSet"}
OUTSIDE_NAMESPACES = {"Namespace", "PersistentVolume", "StorageClass", "ClusterRole", "ClusterRoleBinding"}
# What k8s/secrets makes; that it does is checked where it runs (k8s/check apiserver).
TLS = {"tls.crt", "tls.key", "ca.crt"}
SECRETS = {
    "alta-secrets": {
        "database-password", "store-access-key", "store-secret-key",
        "tokens", "predict-token", "admin-token", "metrics-token", "scorer-token", "grafana-admin-password",
    },
    "alta-root": {"database-root-password", "store-root-user", "store-root-password"},
    "alta-mlflow": {"root-password", "database-password", "admin-password", "session-key"},
    "alta-notebook": {"token", "database-password", "store-access-key", "store-secret-key"},
    "alta-scorer-tls": TLS,
    "alta-gateway-tls": TLS,
    "postgres-tls": TLS,
    "mysql-tls": TLS,
}
SECRET_NAME = re.compile(r"PASSWORD|SECRET|TOKEN|_KEY(_ID)?$|CREDENTIAL", re.I)
SECRET_TEXT = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY|://[^/\s:@$]+:[^/\s@$]+@|\b[0-9a-f]{40,}\b|\bAKIA[0-9A-Z]{16}\b|eyJ[\w-]{10,}\.[\w-]{10,}\."
)
SECRET_ARGUMENT = re.compile(r"--(database-password|store-secret-key|store-access-key|tokens|scorer-token)([= ]|$)")
PINNED = re.compile(r"(@sha256:[0-9a-f]{64}|:[\w.-]*\d[\w.-]*)$")
RULES = []


def rule(check):
    RULES.append(check)
    return check


class Pod:
    """A pod as some object will make it."""

    def __init__(self, owner, metadata, spec):
        self.owner = owner
        self.kind = owner["kind"]
        self.name = f"{owner['kind']}/{owner['metadata']['name']}"
        self.namespace = owner["metadata"].get("namespace")
        self.labels = (metadata or {}).get("labels") or {}
        self.spec = spec
        self.main = spec.get("containers") or []
        self.containers = self.main + (spec.get("initContainers") or [])

    def ports(self):
        declared = [port for container in self.containers for port in container.get("ports") or []]
        return {port["containerPort"] for port in declared} | {port.get("name") for port in declared} - {None}


class Overlay:
    def __init__(self, objects):
        self.objects = objects
        self.pods = [pod for pod in map(pod_of, objects) if pod]

    def of(self, *kinds):
        return [found for found in self.objects if found["kind"] in kinds]

    def names(self, kind):
        return {found["metadata"]["name"] for found in self.of(kind)}

    def selected(self, labels, namespace):
        return [pod for pod in self.pods if labels and pod.namespace == namespace and labels.items() <= pod.labels.items()]


def pod_of(found):
    kind, spec = found["kind"], found.get("spec") or {}
    if kind == "Pod":
        return Pod(found, found["metadata"], spec)
    if kind in LONG_RUNNING or kind == "Job":
        return Pod(found, spec["template"].get("metadata"), spec["template"]["spec"])
    if kind == "CronJob":
        template = spec["jobTemplate"]["spec"]["template"]
        return Pod(found, template.get("metadata"), template["spec"])
    if kind == "FlinkDeployment" and "podTemplate" in spec:
        template = copy.deepcopy(spec["podTemplate"])
        template["spec"]["serviceAccountName"] = spec.get("serviceAccount")
        return Pod(found, template.get("metadata"), template["spec"])
    return None


def each_container(overlay, skip=()):
    for pod in overlay.pods:
        for container in pod.containers:
            if pod.kind not in skip:
                yield f"{pod.name}, container {container['name']}", container


@rule
def resources(overlay):
    """Each container has requests and limits of CPU and memory."""
    for where, container in each_container(overlay, skip={"FlinkDeployment"}):  # there the operator sets both
        for part in ("requests", "limits"):
            given = (container.get("resources") or {}).get(part) or {}
            for what in ("cpu", "memory"):
                if what not in given:
                    yield f"{where}: no {part} of {what}"


@rule
def probes(overlay):
    """Each container that runs for long says when it has started, is ready, and is alive."""
    for pod in overlay.pods:
        if pod.kind in LONG_RUNNING:
            for container in pod.main:
                for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
                    if probe not in container:
                        yield f"{pod.name}, container {container['name']}: no {probe}"


@rule
def security(overlay):
    """No root, no rights, no writable image, nothing of the node."""
    for pod in overlay.pods:
        context = pod.spec.get("securityContext") or {}
        if context.get("runAsNonRoot") is not True or not context.get("runAsUser"):
            yield f"{pod.name}: may run as root (expected: runAsNonRoot and runAsUser)"
        if (context.get("seccompProfile") or {}).get("type") != "RuntimeDefault":
            yield f"{pod.name}: no seccomp profile"
        for shared in ("hostNetwork", "hostPID", "hostIPC"):
            if pod.spec.get(shared):
                yield f"{pod.name}: {shared}"
        for volume in pod.spec.get("volumes") or []:
            if "hostPath" in volume:
                yield f"{pod.name}: volume {volume['name']} is of the node"
            if "emptyDir" in volume and "sizeLimit" not in (volume["emptyDir"] or {}):
                yield f"{pod.name}: volume {volume['name']} has no sizeLimit"
    for where, container in each_container(overlay):
        context = container.get("securityContext") or {}
        if context.get("privileged") or context.get("allowPrivilegeEscalation") is not False:
            yield f"{where}: may gain privileges"
        if context.get("readOnlyRootFilesystem") is not True:
            yield f"{where}: its root file system can be written"
        capabilities = context.get("capabilities") or {}
        if capabilities.get("drop") != ["ALL"] or capabilities.get("add"):
            yield f"{where}: capabilities (expected: drop ALL, add none)"


@rule
def images(overlay):
    """Each image is a version or a digest."""
    for where, container in each_container(overlay):
        image = container.get("image", "")
        if not PINNED.search(image) or image.endswith(":latest"):
            yield f"{where}: image {image or 'none'} (expected: a version or a digest)"


@rule
def secret_literals(overlay):
    """No secret stands in what is applied."""
    for found in overlay.of("Secret"):
        yield f"Secret/{found['metadata']['name']} (expected: made by k8s/secrets)"
    for where, container in each_container(overlay):
        for variable in container.get("env") or []:
            value = str(variable.get("value", ""))
            if SECRET_NAME.search(variable["name"]) and value and not value.startswith("/"):
                yield f"{where}: {variable['name']} has a value (expected: valueFrom a Secret)"
        for argument in (container.get("args") or []) + (container.get("command") or []):
            if SECRET_ARGUMENT.match(str(argument)):
                yield f"{where}: argument {str(argument).split('=')[0]} (expected: from a Secret)"
    for found in overlay.objects:
        if SECRET_TEXT.search(yaml.safe_dump(without_digests(found))):
            yield f"{found['kind']}/{found['metadata']['name']}: something that looks like a secret"


def without_digests(found):
    return yaml.safe_load(re.sub(r"@sha256:[0-9a-f]{64}", "", yaml.safe_dump(found)))


@rule
def services(overlay):
    """Each Service has pods, and they have its ports."""
    for found in overlay.of("Service"):
        name, spec = f"Service/{found['metadata']['name']}", found["spec"]
        pods = overlay.selected(spec.get("selector") or {}, found["metadata"].get("namespace"))
        if not pods:
            yield f"{name}: selects no pod"
        for port in spec.get("ports") or []:
            target = port.get("targetPort", port["port"])
            for pod in pods:
                if target not in pod.ports():
                    yield f"{name}: {pod.name} has no port {target}"


@rule
def node_ports(overlay):
    """Each port of the node is fixed, has one Service, and stands in the table of the README."""
    table = README.read_text() if README.exists() else ""
    ports = Counter()
    for found in overlay.of("Service"):
        for port in found["spec"].get("ports") or []:
            if found["spec"].get("type") == "NodePort" and "nodePort" not in port:
                yield f"Service/{found['metadata']['name']}: port {port['port']} has no fixed nodePort"
            if "nodePort" in port:
                ports[port["nodePort"]] += 1
                if f"| {port['nodePort']} |" not in table:
                    yield f"nodePort {port['nodePort']}: not in the table of k8s/README.md"
    for port, times in ports.items():
        if times > 1:
            yield f"nodePort {port}: {times} times"
        if not 30000 <= port <= 32767:
            yield f"nodePort {port} (expected: 30000 to 32767)"


def needed(pod):
    """(kind, name, keys, is optional) of all that a pod refers to."""
    for container in pod.containers:
        for variable in container.get("env") or []:
            source = variable.get("valueFrom") or {}
            for kind, field in (("ConfigMap", "configMapKeyRef"), ("Secret", "secretKeyRef")):
                if field in source:
                    yield kind, source[field]["name"], {source[field]["key"]}, source[field].get("optional")
        for source in container.get("envFrom") or []:
            for kind, field in (("ConfigMap", "configMapRef"), ("Secret", "secretRef")):
                if field in source:
                    yield kind, source[field]["name"], set(), source[field].get("optional")
    for volume in pod.spec.get("volumes") or []:
        if "persistentVolumeClaim" in volume:
            yield "PersistentVolumeClaim", volume["persistentVolumeClaim"]["claimName"], set(), False
        for source in [volume] + (volume.get("projected") or {}).get("sources", []):
            for kind, field, name in (("ConfigMap", "configMap", "name"), ("Secret", "secret", None)):
                if field in source:
                    given = source[field]
                    keys = {item["key"] for item in given.get("items") or []}
                    yield kind, given.get(name or "secretName") or given.get("name"), keys, given.get("optional")
    yield "ServiceAccount", pod.spec.get("serviceAccountName"), set(), False


@rule
def references(overlay):
    """All that a pod refers to is there, or is made by k8s/secrets, with its keys."""
    for pod in overlay.pods:
        claims = {claim["metadata"]["name"] for claim in pod.owner["spec"].get("volumeClaimTemplates") or []}
        volumes = {volume["name"] for volume in pod.spec.get("volumes") or []} | claims
        for container in pod.containers:
            for mount in container.get("volumeMounts") or []:
                if mount["name"] not in volumes:
                    yield f"{pod.name}: no volume {mount['name']}"
        for kind, name, keys, optional in needed(pod):
            if optional or (kind == "ServiceAccount" and name == "default"):
                continue
            if kind == "Secret":
                missing = keys - SECRETS.get(name, set())
                if name not in SECRETS or missing:
                    yield f"{pod.name}: Secret {name} {sorted(missing) or ''} (expected: one that k8s/secrets makes)"
            elif name not in overlay.names(kind):
                yield f"{pod.name}: no {kind} {name}"
            elif kind == "ConfigMap":
                found = next(m for m in overlay.of("ConfigMap") if m["metadata"]["name"] == name)
                for key in keys - set(found.get("data") or {}) - set(found.get("binaryData") or {}):
                    yield f"{pod.name}: ConfigMap {name} has no key {key}"


@rule
def tokens(overlay):
    """Only who has rights has a token of the API server; no right is for everything."""
    bound = {
        subject["name"]
        for binding in overlay.of("RoleBinding", "ClusterRoleBinding")
        for subject in binding.get("subjects") or []
        if subject["kind"] == "ServiceAccount"
    }
    for pod in overlay.pods:
        account = pod.spec.get("serviceAccountName") or "default"
        if pod.kind != "FlinkDeployment" and pod.spec.get("automountServiceAccountToken") is not False and account not in bound:
            yield f"{pod.name}: has a token and no rights (expected: automountServiceAccountToken: false)"
    for role in overlay.of("Role", "ClusterRole"):
        for right in role.get("rules") or []:
            everything = "*" in (right.get("verbs") or []) + (right.get("resources") or []) + (right.get("apiGroups") or [])
            if everything or "secrets" in (right.get("resources") or []):
                yield f"{role['kind']}/{role['metadata']['name']}: {right} (expected: no *, no secrets)"


@rule
def service_links(overlay):
    """No pod gets ALTA_… names of Services, which alta would take for settings and refuse."""
    for pod in overlay.pods:
        if pod.kind != "FlinkDeployment" and pod.spec.get("enableServiceLinks") is not False:
            yield f"{pod.name}: enableServiceLinks (expected: false)"


@rule
def scaling(overlay):
    """Autoscalers and budgets have something to work on, and the number of replicas one master."""
    for found in overlay.of("HorizontalPodAutoscaler"):
        target = found["spec"]["scaleTargetRef"]
        owner = [o for o in overlay.of(target["kind"]) if o["metadata"]["name"] == target["name"]]
        if not owner:
            yield f"HorizontalPodAutoscaler/{found['metadata']['name']}: no {target['kind']} {target['name']}"
        elif "replicas" in owner[0]["spec"]:
            yield f"{target['kind']}/{target['name']}: replicas beside a HorizontalPodAutoscaler"
    budgets = overlay.of("PodDisruptionBudget")
    for found in budgets:
        labels = found["spec"]["selector"]["matchLabels"]
        if not overlay.selected(labels, found["metadata"].get("namespace")):
            yield f"PodDisruptionBudget/{found['metadata']['name']}: selects no pod"
    for pod in overlay.pods:
        scaled = pod.kind == "Deployment" and pod.owner["metadata"]["name"] in {
            h["spec"]["scaleTargetRef"]["name"] for h in overlay.of("HorizontalPodAutoscaler")
        }
        if scaled:
            if not any(b["spec"]["selector"]["matchLabels"].items() <= pod.labels.items() for b in budgets):
                yield f"{pod.name}: no PodDisruptionBudget"
            if not pod.spec.get("topologySpreadConstraints"):
                yield f"{pod.name}: no topologySpreadConstraints"
            for container in pod.main:
                if "preStop" not in (container.get("lifecycle") or {}):
                    yield f"{pod.name}, container {container['name']}: no preStop"


def option(container, name):
    """The number of --NAME=NUMBER; 0 where it is not given."""
    given = [str(a).split("=", 1)[1] for a in container.get("args") or [] if str(a).startswith(f"--{name}=")]
    return int(given[-1]) if given else 0


@rule
def endings(overlay):
    """A pod is given the time that its end takes, and a scorer takes the time to empty a spool that ends with it."""
    for pod in overlay.pods:
        scratch = {v["name"] for v in pod.spec.get("volumes") or [] if "emptyDir" in v or "ephemeral" in v}
        for container in pod.main if pod.kind in LONG_RUNNING else []:
            drain = option(container, "log-drain-seconds")
            home = {m["name"] for m in container.get("volumeMounts") or [] if m["mountPath"] == "/var/lib/alta"}
            if "serve" in (container.get("args") or []) and home & scratch and drain < 300:
                yield f"{pod.name}: its spool ends with it (expected: --log-drain-seconds of five minutes or more)"
            waits = ((container.get("lifecycle") or {}).get("preStop") or {}).get("sleep", {}).get("seconds", 0)
            given = pod.spec.get("terminationGracePeriodSeconds", 30)
            if given < waits + drain + 8:
                yield f"{pod.name}: {given} s to end (expected: preStop {waits}, drain {drain}, and 8)"


def selects(selector, labels):
    for key, value in (selector.get("matchLabels") or {}).items():
        if labels.get(key) != value:
            return False
    for term in selector.get("matchExpressions") or []:
        value, operator = labels.get(term["key"]), term["operator"]
        met = {
            "In": value in term.get("values", []),
            "NotIn": value not in term.get("values", []),
            "Exists": value is not None,
            "DoesNotExist": value is None,
        }[operator]
        if not met:
            return False
    return True


@rule
def network(overlay):
    """All is forbidden that no policy allows; each pod behind a Service is let in to; no policy is for nobody."""
    policies = overlay.of("NetworkPolicy")
    closed = [p for p in policies if not p["spec"]["podSelector"] and not p["spec"].get("ingress") and not p["spec"].get("egress")]
    if not any({"Ingress", "Egress"} <= set(p["spec"].get("policyTypes") or []) for p in closed):
        yield "no NetworkPolicy that denies all"
    for policy in policies:
        selector = policy["spec"]["podSelector"]
        natively = selector.get("matchLabels", {}).get("type") == "flink-native-kubernetes"  # made by Flink
        if not natively and not any(selects(selector, pod.labels) for pod in overlay.pods):
            yield f"NetworkPolicy/{policy['metadata']['name']}: selects no pod"
    for found in overlay.of("Service"):
        for pod in overlay.selected(found["spec"].get("selector") or {}, found["metadata"].get("namespace")):
            if not any(p["spec"].get("ingress") and selects(p["spec"]["podSelector"], pod.labels) for p in policies):
                yield f"{pod.name}: behind Service/{found['metadata']['name']} and no NetworkPolicy lets anybody in"


@rule
def names(overlay):
    """Everything is in the namespace, which is restricted, and says whose it is; nothing is there twice."""
    count = Counter((o["kind"], o["apiVersion"].split("/")[0], o["metadata"]["name"]) for o in overlay.objects)
    for (kind, _, name), times in count.items():
        if times > 1:
            yield f"{kind}/{name}: {times} times"
    for found in overlay.objects:
        name = f"{found['kind']}/{found['metadata']['name']}"
        if found["kind"] not in OUTSIDE_NAMESPACES and found["metadata"].get("namespace") != "alta":
            yield f"{name}: namespace {found['metadata'].get('namespace')} (expected: alta)"
        if (found["metadata"].get("labels") or {}).get("app.kubernetes.io/part-of") != "alta":
            yield f"{name}: no label part-of alta"
    for found in overlay.of("Namespace"):
        if found["metadata"].get("labels", {}).get("pod-security.kubernetes.io/enforce") != "restricted":
            yield f"Namespace/{found['metadata']['name']}: Pod Security (expected: restricted)"
    if "alta" not in overlay.names("Namespace"):
        yield "no Namespace alta"
    for pod in overlay.pods:
        for label in ("app.kubernetes.io/name", "app.kubernetes.io/component", "app.kubernetes.io/part-of"):
            if label not in pod.labels:
                yield f"{pod.name}: its pods have no label {label}"


def problems(overlay):
    return [f"{check.__name__}: {problem}" for check in RULES for problem in check(overlay)]


def read(path):
    return [found for found in yaml.safe_load_all(Path(path).read_text()) if found]


def first(objects, kind, name=None):
    return next(o for o in objects if o["kind"] == kind and name in (None, o["metadata"]["name"]))


def pod_spec(objects, name="alta-scorer"):
    return first(objects, "Deployment", name)["spec"]["template"]["spec"]


def breakages():
    """(rule, what is broken, how): every way in which a manifest must be noticed."""
    container = lambda o: pod_spec(o)["containers"][0]  # noqa: E731
    service = lambda o: first(o, "Service", "alta-gateway")["spec"]  # noqa: E731
    yield "resources", "no memory limit", lambda o: container(o)["resources"]["limits"].pop("memory")
    yield "resources", "no CPU request", lambda o: container(o)["resources"]["requests"].pop("cpu")
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        yield "probes", f"no {probe}", lambda o, probe=probe: container(o).pop(probe)
    yield "security", "root", lambda o: pod_spec(o)["securityContext"].pop("runAsNonRoot")
    yield "security", "no seccomp", lambda o: pod_spec(o)["securityContext"].pop("seccompProfile")
    yield "security", "the node's network", lambda o: pod_spec(o).update(hostNetwork=True)
    yield "security", "a folder of the node", lambda o: pod_spec(o)["volumes"].append({"name": "n", "hostPath": {"path": "/"}})
    yield "security", "a volume without bound", lambda o: pod_spec(o)["volumes"].append({"name": "n", "emptyDir": {}})
    yield "security", "privileges", lambda o: container(o)["securityContext"].update(allowPrivilegeEscalation=True)
    yield "security", "a writable image", lambda o: container(o)["securityContext"].pop("readOnlyRootFilesystem")
    yield "security", "a capability", lambda o: container(o)["securityContext"]["capabilities"].update(add=["NET_RAW"])
    for image in ("alta-scorer", "alta-scorer:latest", "registry.example:5000/alta-scorer", "alta-scorer:stable"):
        yield "images", image, lambda o, image=image: container(o).update(image=image)
    yield "secret_literals", "a Secret", lambda o: o.append(
        {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}, "stringData": {"a": "b"}})
    yield "secret_literals", "a password", lambda o: container(o)["env"].append({"name": "DB_PASSWORD", "value": "alta"})
    yield "secret_literals", "an argument", lambda o: container(o)["args"].append("--store-secret-key=alta")
    yield "secret_literals", "a URL", lambda o: first(o, "ConfigMap", "alta-settings")["data"].update(
        U="postgresql://alta:alta@db/alta")
    yield "secret_literals", "a key", lambda o: first(o, "ConfigMap", "alta-settings")["data"].update(
        K="-----BEGIN EC PRIVATE KEY-----")
    yield "services", "another label", lambda o: service(o)["selector"].update({"app.kubernetes.io/name": "gateway"})
    yield "services", "another port", lambda o: service(o)["ports"][0].update(targetPort="https")
    yield "node_ports", "none fixed", lambda o: service(o).update(type="NodePort")
    yield "node_ports", "one twice", lambda o: [p.update(nodePort=30080) for p in (service(o)["ports"] * 2)[:2]] and o.append(
        copy.deepcopy(first(o, "Service", "alta-gateway")) | {"metadata": {"name": "again", "namespace": "alta"}})
    yield "node_ports", "one not in the table", lambda o: service(o)["ports"][0].update(nodePort=30999)
    yield "references", "no ConfigMap", lambda o: o.remove(first(o, "ConfigMap", "alta-settings"))
    yield "references", "no ServiceAccount", lambda o: o.remove(first(o, "ServiceAccount", "alta-scorer"))
    yield "references", "no volume", lambda o: pod_spec(o)["volumes"].pop()
    yield "references", "no key of a Secret", lambda o: container(o)["env"][0]["valueFrom"]["secretKeyRef"].update(key="x")
    yield "references", "no Secret", lambda o: container(o)["env"][0]["valueFrom"]["secretKeyRef"].update(name="x")
    yield "references", "no claim", lambda o: pod_spec(o)["volumes"].append(
        {"name": "n", "persistentVolumeClaim": {"claimName": "none"}})
    yield "tokens", "a token", lambda o: pod_spec(o).pop("automountServiceAccountToken")
    yield "tokens", "a right to everything", lambda o: o.append(
        {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": {"name": "r"},
         "rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["*"]}]})
    yield "service_links", "links", lambda o: pod_spec(o).pop("enableServiceLinks")
    yield "scaling", "replicas twice", lambda o: first(o, "Deployment", "alta-scorer")["spec"].update(replicas=3)
    yield "scaling", "nothing to scale", lambda o: first(o, "HorizontalPodAutoscaler")["spec"]["scaleTargetRef"].update(name="x")
    yield "scaling", "no budget", lambda o: [o.remove(b) for b in [b for b in o if b["kind"] == "PodDisruptionBudget"]]
    yield "scaling", "a budget for nobody", lambda o: first(o, "PodDisruptionBudget")["spec"]["selector"].update(matchLabels={"a": "b"})
    yield "scaling", "no spread", lambda o: pod_spec(o).pop("topologySpreadConstraints")
    yield "scaling", "no preStop", lambda o: container(o).pop("lifecycle")
    yield "endings", "no drain", lambda o: container(o)["args"].remove("--log-drain-seconds=520")
    yield "endings", "no time to drain", lambda o: pod_spec(o).update(terminationGracePeriodSeconds=60)
    yield "endings", "no time for preStop", lambda o: pod_spec(o, "alta-gateway").pop("terminationGracePeriodSeconds") and pod_spec(
        o, "alta-gateway")["containers"][0]["lifecycle"]["preStop"]["sleep"].update(seconds=25)
    yield "network", "nothing denied", lambda o: o.remove(first(o, "NetworkPolicy", "deny-all"))
    yield "network", "nobody let in", lambda o: o.remove(first(o, "NetworkPolicy", "alta-gateway"))
    yield "network", "a policy for nobody", lambda o: first(o, "NetworkPolicy", "alta-scorer")["spec"]["podSelector"].update(
        matchLabels={"a": "b"})
    yield "names", "another namespace", lambda o: first(o, "Deployment")["metadata"].update(namespace="default")
    yield "names", "one twice", lambda o: o.append(copy.deepcopy(first(o, "Deployment")))
    yield "names", "not restricted", lambda o: first(o, "Namespace")["metadata"]["labels"].update(
        {"pod-security.kubernetes.io/enforce": "privileged"})
    yield "names", "a pod without name", lambda o: first(o, "Deployment")["spec"]["template"]["metadata"]["labels"].pop(
        "app.kubernetes.io/component")


def self_test(path):
    good = read(path)
    if found := problems(Overlay(good)):
        sys.exit("policy self-test: the whole overlay has problems already:\n  " + "\n  ".join(found))
    tried = Counter()
    for name, what, breaks in breakages():
        broken = copy.deepcopy(good)
        breaks(broken)
        noticed = [p for p in problems(Overlay(broken)) if p.startswith(name + ":")]
        if not noticed:
            sys.exit(f"policy self-test: {name} does not notice: {what}")
        tried[name] += 1
    missing = {check.__name__ for check in RULES} - set(tried)
    if missing:
        sys.exit(f"policy self-test: nothing breaks {sorted(missing)}")
    print(f"policy self-test: {len(RULES)} rules notice {sum(tried.values())} broken manifests")


def main(arguments):
    if arguments[:1] == ["--self-test"]:
        self_test(arguments[1])
        return
    failed = False
    for path in arguments:
        overlay = Overlay(read(path))
        found = problems(overlay)
        failed = failed or bool(found)
        print(f"{Path(path).stem}: {len(overlay.objects)} objects, {len(overlay.pods)} kinds of pods, {len(RULES)} rules: "
              + (f"{len(found)} problems" if found else "kept"))
        for problem in found:
            print("  " + problem)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
