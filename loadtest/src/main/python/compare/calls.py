"""The requests of each service for a row, and the probabilities in its answer."""

import json
import time
import urllib.error
import urllib.request

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

from parts import LONGEST_START_SECONDS

CONNECT_PAUSE = 0.01
LONGEST_ANSWER_SECONDS = 60
# What is not loaded yet is not found or not available; what is not warm yet is too slow, or refuses. Ask again.
NOT_YET_HTTP = (404, 429, 503, 504)
NOT_YET_GRPC = (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.RESOURCE_EXHAUSTED, grpc.StatusCode.DEADLINE_EXCEEDED)


class Messages:
    """Those of alta.v1 and of the Open Inference Protocol, from a set of descriptors."""

    def __init__(self, protoset, columns):
        pool = descriptor_pool.DescriptorPool()
        for file in descriptor_pb2.FileDescriptorSet.FromString(protoset.read_bytes()).file:
            pool.Add(file)
        self.message = lambda name: message_factory.GetMessageClass(pool.FindMessageTypeByName(name))
        self.columns = columns

    def predict(self, row):
        request = self.message("alta.v1.PredictRequest")()
        for name, value in row["encounter"].items():
            setattr(request.encounter, name, value)
        return request

    def tensors(self, row):
        """A tensor for each column, as Alta takes them."""
        request = self.message("inference.ModelInferRequest")(model_name="readmission")
        for name, datatype, value in given(self.columns, row):
            tensor = request.inputs.add(name=name, shape=[1], datatype=datatype)
            contents = tensor.contents
            if datatype == "BYTES":
                contents.bytes_contents.append(value.encode())
            else:
                (contents.int64_contents if datatype == "INT64" else contents.fp64_contents).append(value)
        return request

    def vector(self, row):
        """The encoded row as one tensor, as MLServer takes it."""
        request = self.message("inference.ModelInferRequest")(model_name="readmission")
        tensor = request.inputs.add(name="features", datatype="FP32", shape=[1, len(row["vector"])])
        tensor.contents.fp32_contents.extend(float("nan") if x is None else x for x in row["vector"])
        return request

    def call(self, port, method, request, answer):
        """Calls as soon as the server takes the call."""
        end = time.monotonic() + LONGEST_START_SECONDS
        while True:
            with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
                read = self.message(answer).FromString
                stub = channel.unary_unary("/" + method, type(request).SerializeToString, read)
                try:
                    return stub(request, timeout=LONGEST_ANSWER_SECONDS)
                except grpc.RpcError as refused:
                    if refused.code() not in NOT_YET_GRPC or time.monotonic() > end:
                        raise
            time.sleep(CONNECT_PAUSE)


def given(columns, row):
    """Name, datatype and value of each column that the row has."""
    datatypes = {"TEXT": "BYTES", "WHOLE": "INT64", "DECIMAL": "FP64"}
    for column in columns:
        value = row["encounter"].get(column["name"])
        if value is not None:
            yield column["name"], datatypes[column["type"]], value


def tensors_json(columns, row):
    return {
        "inputs": [
            {"name": name, "datatype": datatype, "shape": [1], "data": [value]}
            for name, datatype, value in given(columns, row)
        ]
    }


def vector_json(row):
    tensor = {"name": "features", "datatype": "FP32", "shape": [1, len(row["vector"])], "data": row["vector"]}
    return {"inputs": [tensor]}


def post(port, path, body):
    """Posts as soon as the server takes the request."""
    end = time.monotonic() + LONGEST_START_SECONDS
    while True:
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}{path}", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=LONGEST_ANSWER_SECONDS) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refused:
            if refused.code not in NOT_YET_HTTP or time.monotonic() > end:
                raise
        except (urllib.error.URLError, ConnectionError):
            if time.monotonic() > end:
                raise
        time.sleep(CONNECT_PAUSE)


def of_tensor(outputs, name=None):
    """The numbers of the output with that name, else of the first one."""
    chosen = next(output for output in outputs if name in (None, output.name))
    return list(chosen.contents.fp64_contents or chosen.contents.fp32_contents)


def of_tensor_json(outputs, name=None):
    return next(output["data"] for output in outputs if name in (None, output["name"]))
