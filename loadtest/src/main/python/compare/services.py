"""What is compared: how each is started, asked and loaded."""

import json
import socket
from dataclasses import dataclass, field
from pathlib import Path

from calls import of_tensor, of_tensor_json, post, tensors_json, vector_json
from load import Grpc, Http

INFER = "inference.GRPCInferenceService/ModelInfer"
PREDICT = "alta.v1.ReadmissionService/Predict"
OIP_PATH = "/v2/models/readmission/infer"
ALTA_GRPC, ALTA_JSON = "gRPC Predict", "JSON /predict"
ALTA_OIP_GRPC, ALTA_OIP_REST = "OIP over gRPC", "OIP over REST"


@dataclass(frozen=True)
class Way:
    """One way to ask a service."""

    name: str
    # From a row to the probabilities of the answer; None where it has none to give.
    ask: object
    load: object
    # The ways of Alta that it stands beside.
    beside: tuple = ()


@dataclass(frozen=True)
class Service:
    name: str
    # alta, peer, or ceiling: what no service with this protocol can exceed, which computes nothing.
    kind: str
    commands: list
    environment: dict
    ways: list = field(default_factory=list)


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


class Requests:
    """Rows in the forms in which they are sent, as files for the programs that send them."""

    def __init__(self, folder, messages, rows, columns):
        self.folder, self.messages, self.rows, self.columns = folder, messages, rows, columns

    def _files(self, name, contents):
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        files = []
        for place, content in enumerate(contents):
            files.append(folder / f"{place}.body")
            files[-1].write_bytes(content)
        return files

    def json(self, name, form):
        return self._files(name, [json.dumps(form(row)).encode() for row in self.rows])

    def binary(self, name, form):
        return self._files(name, [form(row).SerializeToString() for row in self.rows])

    def grpc(self, port, method, name, form):
        return Grpc(port, method, self.binary(name, form), self.folder / "services.protoset")


class Peers:
    """Makes the services of other makes; folder holds what PeerParts wrote."""

    def __init__(self, folder, code, environments, requests, classes):
        self.folder, self.code, self.environments = folder, code, environments
        self.requests, self.classes = requests, classes
        self.variables = {"PEER_FILES": str(folder), "OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}

    def _json_service(self, name, module, environment, workers):
        (port,) = free_ports(1)
        command = [self.environments.python(environment), "-m", "uvicorn", f"{module}:app", "--app-dir", self.code]
        command += ["--port", port, "--workers", workers, "--no-access-log"]

        def ask(row):
            answer = post(port, "/predict", row["encounter"])
            return [answer["probabilities"][name] for name in self.classes]

        load = Http(port, "/predict", self.requests.json("encounters", lambda row: row["encounter"]))
        way = Way("JSON, raw row", ask, load, (ALTA_JSON, ALTA_GRPC))
        return Service(name, "peer", [command], self.variables, [way])

    def fastapi(self, workers):
        name = f"FastAPI + pandas, {workers} worker{'s' if workers > 1 else ''}"
        return self._json_service(name, "fastapi_pandas", "fastapi", workers)

    def fastapi_onnx(self):
        return self._json_service("FastAPI + ONNX Runtime", "fastapi_onnx", "onnx", 1)

    def grpc_onnx(self):
        (port,) = free_ports(1)
        command = [self.environments.python("onnx"), self.code / "grpc_onnx.py", port]
        variables = self.variables | {"PYTHONPATH": str(self.folder / "messages")}
        load = self.requests.grpc(port, PREDICT, "predict", self.requests.messages.predict)
        way = Way("gRPC Predict, raw row", self._predict(port), load, (ALTA_GRPC,))
        return Service("grpc-python + ONNX Runtime", "peer", [command], variables, [way])

    def _predict(self, port):
        messages = self.requests.messages

        def ask(row):
            answer = messages.call(port, PREDICT, messages.predict(row), "alta.v1.PredictResponse")
            return [answer.probabilities[name] for name in self.classes]

        return ask

    def mlserver(self):
        http, grpc_port, metrics = free_ports(3)
        models = self.folder / "mlserver"
        models.mkdir(exist_ok=True)
        (models / "native.json").write_bytes((self.folder / "native.json").read_bytes())
        settings = {"host": "127.0.0.1", "http_port": http, "grpc_port": grpc_port, "metrics_port": metrics}
        # With workers of its own it is no faster, and takes longer to start.
        settings |= {"parallel_workers": 0, "debug": False, "access_log": False}
        (models / "settings.json").write_text(json.dumps(settings))
        model = {"name": "readmission", "implementation": "mlserver_xgboost.XGBoostModel"}
        model["parameters"] = {"uri": "./native.json"}
        (models / "model-settings.json").write_text(json.dumps(model))
        messages = self.requests.messages

        def rest(row):
            return of_tensor_json(post(http, OIP_PATH, vector_json(row))["outputs"])

        def infer(row):
            answer = messages.call(grpc_port, INFER, messages.vector(row), "inference.ModelInferResponse")
            return of_tensor(answer.outputs)

        by_rest = Http(http, OIP_PATH, self.requests.json("vectors", vector_json))
        by_grpc = self.requests.grpc(grpc_port, INFER, "vector-messages", messages.vector)
        ways = [
            Way("OIP over REST, encoded row", rest, by_rest, (ALTA_OIP_REST,)),
            Way("OIP over gRPC, encoded row", infer, by_grpc, (ALTA_OIP_GRPC,)),
        ]
        command = [self.environments.folder_of("mlserver") / "bin/mlserver", "start", models]
        return Service("MLServer", "peer", [command], self.variables, ways)

    def bentoml(self):
        (port,) = free_ports(1)
        command = [self.environments.folder_of("bentoml") / "bin/bentoml", "serve", "bento_service:Readmission"]
        command += ["--working-dir", self.code, "--host", "127.0.0.1", "--port", port]
        variables = {"BENTOML_HOME": str(self.folder / "bentoml"), "BENTOML_DO_NOT_TRACK": "True"}
        form = lambda row: {"rows": [row["vector"]]}

        def ask(row):
            return post(port, "/predict", form(row))[0]

        way = Way("JSON, encoded row", ask, Http(port, "/predict", self.requests.json("rows", form)), (ALTA_OIP_REST,))
        return Service("BentoML", "peer", [command], self.variables | variables, [way])

    def bare(self, java):
        (port,) = free_ports(1)
        load = self.requests.grpc(port, PREDICT, "predict", self.requests.messages.predict)
        way = Way("gRPC Predict, constant answer", None, load, (ALTA_GRPC,))
        command = [*java, "dev.alta.loadtest.scorer.BareScorer", port]
        return Service("bare grpc-java service", "ceiling", [command], {}, [way])


class Alta:
    """Alta's own services, on the bucket and the database of PeerParts."""

    def __init__(self, folder, alta, requests, classes, parts):
        self.folder, self.alta = folder, alta
        self.requests, self.classes, self.parts = requests, classes, parts

    def _serve(self, name, grpc_port, metrics):
        command = [self.alta, "serve", "--grpc-port", grpc_port, "--metrics-port", metrics]
        command += ["--home", self.folder / name]
        for option in ("store_url", "store_access_key", "database_url", "database_user"):
            command += ["--" + option.replace("_", "-"), self.parts[option]]
        return command

    def _secrets(self, options):
        return {
            "ALTA_STORE_SECRET_KEY": self.parts["store_secret_key"],
            "ALTA_DATABASE_PASSWORD": self.parts["database_password"],
            "ALTA_JAVA_OPTS": options,
        }

    def scorer(self, options):
        grpc_port, metrics = free_ports(2)
        messages = self.requests.messages

        def predict(row):
            answer = messages.call(grpc_port, PREDICT, messages.predict(row), "alta.v1.PredictResponse")
            return [answer.probabilities[name] for name in self.classes]

        def infer(row):
            answer = messages.call(grpc_port, INFER, messages.tensors(row), "inference.ModelInferResponse")
            return of_tensor(answer.outputs, "probabilities")

        ways = [
            Way(ALTA_GRPC, predict, self.requests.grpc(grpc_port, PREDICT, "predict", messages.predict)),
            Way(ALTA_OIP_GRPC, infer, self.requests.grpc(grpc_port, INFER, "tensors", messages.tensors)),
        ]
        command = self._serve("scorer-home", grpc_port, metrics)
        return Service("Alta, scorer", "alta", [command], self._secrets(options), ways)

    def gateway(self, options):
        grpc_port, metrics, http = free_ports(3)
        form = lambda row: tensors_json(self.requests.columns, row)

        def predict(row):
            answer = post(http, "/predict", row["encounter"])
            return [answer["probabilities"][name] for name in self.classes]

        def infer(row):
            return of_tensor_json(post(http, OIP_PATH, form(row))["outputs"], "probabilities")

        encounters = self.requests.json("encounters", lambda row: row["encounter"])
        ways = [
            Way(ALTA_JSON, predict, Http(http, "/predict", encounters)),
            Way(ALTA_OIP_REST, infer, Http(http, OIP_PATH, self.requests.json("tensors-json", form))),
        ]
        front = [self.alta, "gateway", "--home", self.folder / "front-home", "--http-port", http]
        front += ["--scorer", f"127.0.0.1:{grpc_port}"]
        commands = [self._serve("gateway-home", grpc_port, metrics), front]
        return Service("Alta, scorer and gateway", "alta", commands, self._secrets(options), ways)
