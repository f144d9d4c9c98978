"""Closed loops by programs of others: h2load for HTTP, ghz for gRPC. Each sends a fixed number and waits for all."""

import json
import subprocess
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

LONGEST_SECONDS = 300


@dataclass(frozen=True)
class Run:
    """What one run showed; latencies in milliseconds."""

    per_second: float
    p50: float
    p99: float
    # How many by status, of those that were not answered as they should be.
    errors: dict


def _run(command):
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=LONGEST_SECONDS).stdout


@dataclass(frozen=True)
class Http:
    """POST of JSON over HTTP/1.1."""

    port: int
    path: str
    bodies: list

    def run(self, requests, connections, turn):
        body = self.bodies[turn % len(self.bodies)]
        log = Path(body).with_suffix(".log")
        log.unlink(missing_ok=True)
        command = ["h2load", "--h1", "-n", str(requests), "-c", str(connections), "-m", "1"]
        command += ["-H", "content-type: application/json", "-d", str(body), f"--log-file={log}"]
        _run([*command, f"http://127.0.0.1:{self.port}{self.path}"])
        # Start, status, time taken; in microseconds.
        lines = [[int(field) for field in line.split("\t")] for line in log.read_text().splitlines()]
        answered = [(start, took) for start, status, took in lines if status == 200]
        errors = Counter(f"HTTP {status}" for _, status, _ in lines if status != 200)
        errors["no answer"] += requests - len(lines)
        errors = {status: count for status, count in errors.items() if count}
        if not answered:
            return Run(0, 0, 0, errors)
        times = sorted(took / 1e3 for _, took in answered)
        seconds = (max(start + took for start, took in answered) - min(start for start, _ in answered)) / 1e6
        quantile = lambda share: times[min(len(times) - 1, int(share * len(times)))]
        return Run(len(answered) / seconds, quantile(0.5), quantile(0.99), errors)


@dataclass(frozen=True)
class Grpc:
    """Calls with the same message, in bytes."""

    port: int
    method: str
    messages: list
    protoset: Path

    def run(self, requests, connections, turn):
        message = self.messages[turn % len(self.messages)]
        command = ["ghz", "--insecure", "--protoset", str(self.protoset), "--call", self.method]
        command += ["--binary-file", str(message), "-n", str(requests), "-c", str(connections)]
        command += ["--connections", str(connections), "-t", "0", "-O", "json", f"127.0.0.1:{self.port}"]
        said = json.loads(_run(command))
        errors = dict(said["statusCodeDistribution"])
        answered = errors.pop("OK", 0)
        times = {point["percentage"]: point["latency"] / 1e6 for point in said["latencyDistribution"] or []}
        if not answered:
            return Run(0, 0, 0, errors)
        return Run(said["rps"] * answered / requests, times[50], times[99], errors)
