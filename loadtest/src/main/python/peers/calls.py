"""The requests of each service for a row, and the probabilities in its answer."""

import json
import time
import urllib.error
import urllib.request

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

CONNECT_PAUSE = 0.01


class Services:
    """The messages of alta.v1 and of the Open Inference Protocol, from a set of descriptors."""

    def __init__(self, protoset):
        pool = descriptor_pool.DescriptorPool()
        for file in descriptor_pb2.FileDescriptorSet.FromString(protoset.read_bytes()).file:
            pool.Add(file)
        self.message = lambda name: message_factory.GetMessageClass(pool.FindMessageTypeByName(name))

    def predict(self, row, state):
        request = self.message("alta.v1.PredictRequest")()
        for name, value in row["encounter"].items():
            setattr(request.encounter, name, value)
        return request

    def columns(self, row, state):
        """A tensor for each column, as Alta takes them."""
        request = self.message("inference.ModelInferRequest")(model_name="readmission")
        for column in state["columns"]:
            value = row["encounter"].get(column["name"])
            if value is not None:
                tensor = request.inputs.add(name=column["name"], shape=[1])
                if column["type"] == "TEXT":
                    tensor.datatype = "BYTES"
                    tensor.contents.bytes_contents.append(value.encode())
                else:
                    tensor.datatype = "INT64" if column["type"] == "WHOLE" else "FP64"
                    contents = tensor.contents
                    (contents.int64_contents if column["type"] == "WHOLE" else contents.fp64_contents).append(value)
        return request

    def vector(self, row, state):
        """The encoded row as one tensor, as MLServer takes it."""
        request = self.message("inference.ModelInferRequest")(model_name="readmission")
        tensor = request.inputs.add(name="features", datatype="FP32", shape=[1, len(row["vector"])])
        tensor.contents.fp32_contents.extend(float("nan") if x is None else x for x in row["vector"])
        return request

    def call(self, port, method, request, answer):
        """Calls as soon as the server takes the call."""
        end = time.monotonic() + 120
        while True:
            with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
                stub = channel.unary_unary(
                    "/" + method, type(request).SerializeToString, self.message(answer).FromString
                )
                try:
                    return stub(request, timeout=60)
                except grpc.RpcError as refused:
                    if refused.code() != grpc.StatusCode.UNAVAILABLE or time.monotonic() > end:
                        raise
            time.sleep(CONNECT_PAUSE)


def tensor_json(row):
    tensor = {"name": "features", "datatype": "FP32", "shape": [1, len(row["vector"])], "data": row["vector"]}
    return {"inputs": [tensor]}


def post(port, path, body):
    """Posts as soon as the server takes the request."""
    end = time.monotonic() + 120
    while True:
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}{path}", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refused:
            # What is not loaded yet is not found, or not available.
            if refused.code not in (404, 503) or time.monotonic() > end:
                raise
        except (urllib.error.URLError, ConnectionError):
            if time.monotonic() > end:
                raise
        time.sleep(CONNECT_PAUSE)


def of_tensor(outputs, name=None):
    """The numbers of the output with that name, else of the first one."""
    chosen = next(output for output in outputs if name in (None, output.name))
    return list(chosen.contents.fp64_contents or chosen.contents.fp32_contents)
