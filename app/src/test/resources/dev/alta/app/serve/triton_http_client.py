"""Calls a gateway with Triton's own HTTP client, and says what came of it.

usage: triton_http_client.py HOST:PORT TENSORS: a JSON object of the columns, each a list with a value for each row.
Prints one JSON object; ends with an error where the client or the scorer does not do as the protocol says.
"""
import json
import random
import sys

import numpy as np
import tritonclient.http as triton
from tritonclient.utils import InferenceServerException

MODEL = "readmission"
client = triton.InferenceServerClient(sys.argv[1])
columns = json.loads(sys.argv[2])
rows = len(next(iter(columns.values())))


def tensor(name, values, column_of_one=False, binary=True):
    texts = isinstance(values[0], str)
    array = np.array([v.encode() for v in values] if texts else values, dtype=np.object_ if texts else np.int64)
    if column_of_one:
        array = array.reshape(-1, 1)
    made = triton.InferInput(name, list(array.shape), "BYTES" if texts else "INT64")
    made.set_data_from_numpy(array, binary_data=binary)
    return made


def tensors(changed=None, binary=lambda i: True):
    values = {**columns, **(changed or {})}
    made = [tensor(name, v, i % 2 == 1, binary(i)) for i, (name, v) in enumerate(values.items())]
    random.Random(7).shuffle(made)
    return made


def refused(call):
    try:
        call()
    except InferenceServerException as error:
        return {"status": error.status(), "message": error.message()}
    raise AssertionError("not refused")


def infer(**more):
    return client.infer(MODEL, **{"inputs": tensors(), **more})


found = {}
found["live"] = client.is_server_live()
found["ready"] = client.is_server_ready()
found["model_ready"] = client.is_model_ready(MODEL)
found["server"] = client.get_server_metadata()
metadata = client.get_model_metadata(MODEL)
found["inputs"] = {t["name"]: t["datatype"] for t in metadata["inputs"]}
found["outputs"] = {t["name"]: [t["datatype"], t["shape"]] for t in metadata["outputs"]}

answer = infer(request_id="from-python")
response = answer.get_response()
found["id"] = response["id"]
found["version"] = response["model_version"]
found["prediction"] = [p.decode() for p in answer.as_numpy("prediction")]
found["probabilities"] = answer.as_numpy("probabilities").tolist()
found["classes"] = answer.get_output("probabilities")["parameters"]["classes"]
found["readmitted"] = answer.as_numpy("probability_readmitted").tolist()
found["within_30_days"] = answer.as_numpy("probability_within_30_days").tolist()
found["risk"] = [r.decode() for r in answer.as_numpy("risk")]
found["risk_percentile"] = answer.as_numpy("risk_percentile").tolist()

only = infer(outputs=[triton.InferRequestedOutput("risk")])
found["only"] = [output["name"] for output in only.get_response()["outputs"]]
assert only.as_numpy("prediction") is None

for name, some in {"as JSON": lambda i: False, "half as JSON": lambda i: i % 2 == 0}.items():
    other = infer(inputs=tensors(binary=some))
    assert other.as_numpy("probabilities").tolist() == found["probabilities"], name + ", other answers"
as_json = infer(outputs=[triton.InferRequestedOutput(o, binary_data=False) for o in ("probabilities", "prediction")])
assert as_json.as_numpy("probabilities").tolist() == found["probabilities"], "answered as JSON, other answers"
assert as_json.as_numpy("prediction").tolist() == found["prediction"], "answered as JSON, other classes"

packed = infer(request_compression_algorithm="gzip", response_compression_algorithm="gzip")
assert packed.as_numpy("probabilities").tolist() == found["probabilities"], "packed by gzip, other answers"
by_version = infer(model_version=found["version"])
assert by_version.as_numpy("probabilities").tolist() == found["probabilities"], "by version, other answers"

later = client.async_infer(MODEL, tensors()).get_result(timeout=30)
assert later.as_numpy("probabilities").tolist() == found["probabilities"], later

wrong = {"gender": ["F"] + columns["gender"][1:], "time_in_hospital": [1] * (rows - 1) + [99]}
found["wrong"] = refused(lambda: infer(inputs=tensors(wrong)))
found["no_model"] = refused(lambda: client.infer("iris", tensors()))
found["no_version"] = refused(lambda: infer(model_version="99"))
found["no_output"] = refused(lambda: infer(outputs=[triton.InferRequestedOutput("riks")]))

index = client.get_model_repository_index()
found["index"] = {m["version"]: m["state"] for m in index}
client.unload_model(MODEL)
found["unloaded"] = client.is_server_ready()
found["none_loaded"] = refused(infer)
found["index_unloaded"] = [m["state"] for m in client.get_model_repository_index()]
found["load_other"] = refused(lambda: client.load_model("iris"))
found["load_config"] = refused(lambda: client.load_model(MODEL, config="{}"))
client.load_model(MODEL)
found["loaded"] = client.is_server_ready() and client.is_model_ready(MODEL)
assert infer().as_numpy("probabilities").tolist() == found["probabilities"], "loaded again, other answers"
print(json.dumps(found))
