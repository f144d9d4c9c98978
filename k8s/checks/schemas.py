"""Makes JSON schemas for kubeconform: DIR/GROUP/KIND_VERSION.json, strict, so that an unknown field is an error.

schemas.py DIR openapi FILE  from what an API server says at /openapi/v2
schemas.py DIR crds FILE…    from CustomResourceDefinitions
"""

import json
import sys
from pathlib import Path

import yaml

# What OpenAPI calls a string and everybody writes as a number, too.
EITHER = {
    "io.k8s.apimachinery.pkg.util.intstr.IntOrString": ["string", "integer"],
    "io.k8s.apimachinery.pkg.api.resource.Quantity": ["string", "number"],
}


def strict(schema):
    """The same, with no properties but those that are named."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {}
    for key, value in schema.items():
        if key in ("properties", "definitions"):
            made[key] = {name: strict(part) for name, part in value.items()}
        else:
            made[key] = strict(value)
    is_open = schema.get("x-kubernetes-preserve-unknown-fields") or "additionalProperties" in schema
    if isinstance(schema.get("properties"), dict) and not is_open:
        made["additionalProperties"] = False
    if schema.get("x-kubernetes-int-or-string"):
        made["type"] = ["string", "integer"]
    return made


def referred(schema):
    """The names of the definitions that a schema refers to."""
    if isinstance(schema, list):
        return {name for part in schema for name in referred(part)}
    if not isinstance(schema, dict):
        return set()
    own = {schema["$ref"].rsplit("/", 1)[1]} if isinstance(schema.get("$ref"), str) else set()
    return own | {name for part in schema.values() for name in referred(part)}


def write(folder, group, kind, version, schema):
    # kubeconform takes the version for the group where there is none.
    path = Path(folder) / (group or version) / f"{kind.lower()}_{version}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(schema))


def from_openapi(folder, path):
    definitions = json.loads(Path(path).read_text())["definitions"]
    for name, types in EITHER.items():
        definitions[name] = {"type": types}
    made = 0
    for name, schema in definitions.items():
        for what in schema.get("x-kubernetes-group-version-kind") or []:
            if what["kind"].endswith("List") or what["kind"] in ("DeleteOptions", "WatchEvent", "Status"):
                continue
            needed, seen = {name}, set()
            while needed - seen:
                seen |= needed
                needed = {other for known in seen for other in referred(definitions[known])}
            whole = {"$ref": f"#/definitions/{name}", "definitions": {n: strict(definitions[n]) for n in seen}}
            write(folder, what["group"], what["kind"], what["version"], whole)
            made += 1
    return made


def from_crds(folder, paths):
    made = 0
    for path in paths:
        for found in yaml.safe_load_all(Path(path).read_text()):
            if not found or found.get("kind") != "CustomResourceDefinition":
                continue
            for version in found["spec"]["versions"]:
                schema = strict(version["schema"]["openAPIV3Schema"])
                for common in ("apiVersion", "kind"):
                    schema["properties"].setdefault(common, {"type": "string"})
                schema["properties"].setdefault("metadata", {"type": "object"})
                write(folder, found["spec"]["group"], found["spec"]["names"]["kind"], version["name"], schema)
                made += 1
    return made


def main(arguments):
    folder, kind, *paths = arguments
    made = from_openapi(folder, paths[0]) if kind == "openapi" else from_crds(folder, paths)
    print(f"schemas of {made} kinds, from {'an API server' if kind == 'openapi' else 'definitions'}")


if __name__ == "__main__":
    main(sys.argv[1:])
