"""The services that are compared: how each is started, asked and loaded."""

import json
import socket
from dataclasses import dataclass, field
from pathlib import Path

from calls import Services, of_tensor, post, tensor_json
from load import Grpc, Http

HERE = Path(__file__).parent
INFER = "inference.GRPCInferenceService/ModelInfer"
PREDICT = "alta.v1.ReadmissionService/Predict"


@dataclass(frozen=True)
class Way:
    """One way to ask a service."""

    name: str
    # From a row to the probabilities of the answer.
    ask: object
    load: object
    # Requests of a round over one connection, and over 64.
    requests: tuple


@dataclass(frozen=True)
class Service:
    name: str
    command: list
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


class Catalogue:
    """Makes the services; folder holds what PeerParts wrote, venvs the Python of each peer."""

    def __init__(self, folder, venvs, alta):
        self.folder, self.venvs, self.alta = folder, venvs, alta
        self.state = json.loads((folder / "encoder.json").read_text())
        self.row = json.loads((folder / "rows.json").read_text())[0]
        self.protoset = folder / "services.protoset"
        self.grpc = Services(self.protoset)

    def _file(self, name, content):
        file = self.folder / name
        file.write_bytes(content)
        return file

    def fastapi(self, workers):
        (port,) = free_ports(1)
        command = [self.venvs / "fastapi/bin/python", "-m", "uvicorn", "service:app", "--app-dir", HERE]
        command += ["--port", port, "--workers", workers, "--no-access-log"]

        def ask(row):
            answer = post(port, "/predict", row["encounter"])
            return [answer["probabilities"][name] for name in self.state["classes"]]

        body = self._file("encounter.json", json.dumps(self.row["encounter"]).encode())
        ways = [Way("JSON, raw row", ask, Http(port, "/predict", body), (200, 320))]
        name = f"FastAPI + pandas, {workers} worker{'s' if workers > 1 else ''}"
        return Service(name, command, {"PEER_FILES": str(self.folder), "OMP_NUM_THREADS": "1"}, ways)

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
        path = "/v2/models/readmission/infer"

        def rest(row):
            return post(http, path, tensor_json(row))["outputs"][0]["data"]

        def infer(row):
            request = self.grpc.vector(row, self.state)
            return of_tensor(self.grpc.call(grpc_port, INFER, request, "inference.ModelInferResponse").outputs)

        body = self._file("tensor.json", json.dumps(tensor_json(self.row)).encode())
        message = self._file("tensor.bin", self.grpc.vector(self.row, self.state).SerializeToString())
        ways = [
            Way("OIP over REST, encoded row", rest, Http(http, path, body), (1500, 3200)),
            Way("OIP over gRPC, encoded row", infer, Grpc(grpc_port, INFER, message, self.protoset), (1500, 3200)),
        ]
        command = [self.venvs / "mlserver/bin/mlserver", "start", models]
        return Service("MLServer", command, {"OMP_NUM_THREADS": "1"}, ways)

    def scorer(self, parts):
        grpc_port, metrics = free_ports(2)
        command = [self.alta, "serve", "--grpc-port", grpc_port, "--metrics-port", metrics, "--home", self.folder / "home"]
        for name in ("store_url", "store_access_key", "database_url", "database_user"):
            command += ["--" + name.replace("_", "-"), parts[name]]
        secrets = {
            "ALTA_STORE_SECRET_KEY": parts["store_secret_key"],
            "ALTA_DATABASE_PASSWORD": parts["database_password"],
        }
        classes = self.state["classes"]

        def predict(row):
            request = self.grpc.predict(row, self.state)
            answer = self.grpc.call(grpc_port, PREDICT, request, "alta.v1.PredictResponse")
            return [answer.probabilities[name] for name in classes]

        def infer(row):
            request = self.grpc.columns(row, self.state)
            answer = self.grpc.call(grpc_port, INFER, request, "inference.ModelInferResponse")
            return of_tensor(answer.outputs, "probabilities")

        predicted = self._file("predict.bin", self.grpc.predict(self.row, self.state).SerializeToString())
        inferred = self._file("columns.bin", self.grpc.columns(self.row, self.state).SerializeToString())
        ways = [
            Way("gRPC Predict, raw row", predict, Grpc(grpc_port, PREDICT, predicted, self.protoset), (10_000, 50_000)),
            Way("OIP over gRPC, raw row", infer, Grpc(grpc_port, INFER, inferred, self.protoset), (10_000, 50_000)),
        ]
        return Service("Alta", command, secrets, ways)
