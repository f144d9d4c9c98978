"""Closed loops by programs of others: hey for HTTP, ghz for gRPC. Each sends a fixed number and waits for all."""

import csv
import io
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Run:
    """What one run showed; latencies in milliseconds."""

    per_second: float
    p50: float
    p99: float
    errors: int


@dataclass(frozen=True)
class Http:
    """POST of the same JSON."""

    port: int
    path: str
    body: Path

    def run(self, requests, connections):
        command = ["hey", "-n", str(requests), "-c", str(connections), "-t", "0", "-m", "POST", "-o", "csv"]
        command += ["-T", "application/json", "-D", str(self.body), f"http://127.0.0.1:{self.port}{self.path}"]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        rows = list(csv.DictReader(io.StringIO(said)))
        times = sorted(float(row["response-time"]) for row in rows)
        end = max(float(row["offset"]) + float(row["response-time"]) for row in rows)
        answered = sum(row["status-code"] == "200" for row in rows)
        quantile = lambda share: 1e3 * times[min(len(times) - 1, int(share * len(times)))]
        return Run(answered / end, quantile(0.5), quantile(0.99), requests - answered)


@dataclass(frozen=True)
class Grpc:
    """Calls with the same message, in bytes."""

    port: int
    method: str
    message: Path
    protoset: Path

    def run(self, requests, connections):
        command = ["ghz", "--insecure", "--protoset", str(self.protoset), "--call", self.method]
        command += ["--binary-file", str(self.message), "-n", str(requests), "-c", str(connections)]
        command += ["--connections", str(connections), "-t", "0", "-O", "json", f"127.0.0.1:{self.port}"]
        said = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        answered = said["statusCodeDistribution"].get("OK", 0)
        times = {point["percentage"]: point["latency"] / 1e6 for point in said["latencyDistribution"]}
        return Run(said["rps"] * answered / requests, times[50], times[99], requests - answered)
