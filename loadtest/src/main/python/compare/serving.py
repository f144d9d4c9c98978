"""The scorer and the gateway beside services of other makes, with the same model and rows on the same machine."""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import machine
from calls import Messages
from environments import PEERS
from load import Run
from parts import LONGEST_START_SECONDS, ROOT, alta, generated, java, turned
from processes import Server
from services import Alta, Peers, Requests
from serving_report import CONNECTIONS, ServingReport
from unavailable import Unavailable

ROWS = 64
LARGEST_DIFFERENCE = 1e-5
STARTS = 3
FEWEST_REQUESTS, MOST_REQUESTS = 128, 50_000
# Each is asked for so long before it is measured: compilers at run time need some ten thousand requests.
WARM_SECONDS, WARM_RUN_SECONDS = 10, 2
# So few at a time that nobody has a reason to refuse any.
SMOKE_REQUESTS, SMOKE_CONNECTIONS = 64, (1, 8)
LONGEST_REASON = 300
TRAINING_ROWS = 30_000
# Heaps as those of the other benchmarks.
SCORER_OPTIONS, BARE_OPTIONS = "-Xmx192m", "-Xmx192m"


def run(settings):
    for program in ("ghz", "h2load"):
        if shutil.which(program) is None:
            raise Unavailable(f"no {program} on PATH (loadtest/compare --help says where from)")
    header = machine.described(f"ghz {machine.said_by('ghz', '--version')}", machine.said_by("h2load", "--version"))
    with Bucket(settings) as bucket:
        field = Field(settings, bucket)
        try:
            field.start_all()
            field.compare_answers()
            field.measure()
            return ServingReport(field, settings).report(header)
        finally:
            field.stop()


class Bucket:
    """The model, and what a scorer needs: the bucket of a home and an empty database."""

    def __init__(self, settings):
        self.folder = settings.work / "serving"
        self.home = settings.home or self._home_of_its_own(settings)

    @staticmethod
    def _home_of_its_own(settings):
        home = settings.kept / "home"
        if not (home / "objects/alta/models/readmission/aliases/champion").exists():
            print("training a model on generated encounters", file=sys.stderr, flush=True)
            data = settings.data or generated(TRAINING_ROWS)
            alta("ingest", "--home", home, "--data", data)
            alta("prepare", "--home", home)
            alta("train", "--home", home, "--budget", "0")
        return home

    def __enter__(self):
        self.folder.mkdir()
        command = [*java("-Xmx256m"), "dev.alta.loadtest.peers.PeerParts", self.home, self.folder, str(ROWS)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        end = time.monotonic() + LONGEST_START_SECONDS
        while not (self.folder / "parts.json").exists():
            if self.process.poll() is not None:
                raise Unavailable(f"nothing to serve in {self.home} (expected: the home of an alta up that does not run)")
            if time.monotonic() > end:
                self.process.terminate()
                raise Unavailable(f"no bucket and database within {LONGEST_START_SECONDS} s")
            time.sleep(0.1)
        return self

    def __exit__(self, *failure):
        self.process.stdin.close()
        self.process.wait()

    def read(self, name):
        return json.loads((self.folder / name).read_text())


class Field:
    """All that take part, while they run."""

    def __init__(self, settings, bucket):
        self.settings, self.folder = settings, bucket.folder
        self.state = bucket.read("encoder.json")
        self.rows = bucket.read("rows.json")
        self.out = {}  # why, by name of who does not take part
        self.servers, self.starts, self.differences, self.turns = {}, {}, {}, {}
        self.services = list(self._services(bucket.read("parts.json")))

    def _services(self, parts):
        columns, classes = self.state["columns"], self.state["classes"]
        requests = Requests(self.folder, Messages(self.folder / "services.protoset", columns), self.rows, columns)
        ours = Alta(self.folder, ROOT / "alta", requests, classes, parts)
        peers = Peers(self.folder, PEERS, self.settings.environments, requests, classes)
        yield ours.scorer(SCORER_OPTIONS)
        yield ours.gateway(SCORER_OPTIONS)
        yield peers.bare(java(BARE_OPTIONS))
        made = {
            "FastAPI + pandas, 1 worker": lambda: peers.fastapi(1),
            "FastAPI + pandas, 2 workers": lambda: peers.fastapi(2),
            "FastAPI + ONNX Runtime": lambda: self._with_onnx(peers.fastapi_onnx),
            "grpc-python + ONNX Runtime": lambda: self._with_onnx(peers.grpc_onnx),
            "MLServer": peers.mlserver,
            "BentoML": peers.bentoml,
        }
        for name, make in made.items():
            try:
                yield make()
            except Unavailable as missing:
                self._leave_out(name, str(missing))

    def _with_onnx(self, make):
        """The model in ONNX and the messages in Python, made once."""
        if not (self.folder / "champion.onnx").exists():
            python = self.settings.environments.python("onnx")
            self._do(python, PEERS / "onnx_export.py", self.folder)
            self._do(python, PEERS / "messages.py", ROOT / "proto/src/main/protobuf", self.folder / "messages")
        return make()

    @staticmethod
    def _do(*command):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            raise Unavailable(f"{Path(command[1]).name}: {done.stderr.strip().splitlines()[-1]}")

    def _leave_out(self, name, why):
        print(f"{name}: skipped, {why}", file=sys.stderr, flush=True)
        self.out[name] = why

    def start_all(self):
        """Several times, in turn; the last ones stay."""
        starts = 1 if self.settings.smoke else STARTS
        for turn in range(starts):
            for service in turned(self.services, turn):
                if service.name not in self.out:
                    self._start(service, stays=turn == starts - 1)
        self.services = [service for service in self.services if service.name not in self.out]

    def _start(self, service, stays):
        print(f"starting {service.name}", file=sys.stderr, flush=True)
        log = self.folder / (service.name.replace(" ", "-") + ".log")
        server = Server(service.commands, self.folder, log, service.environment)
        self.servers[service.name] = server
        try:
            first = service.ways[0]
            # What computes nothing is asked all the same.
            first.ask(self.rows[0]) if first.ask else first.load.run(1, 1, 0)
        except Exception as failed:  # whatever a client of another make raises
            code = server.ended()
            how = f"ended with {code}" if code is not None else f"gave no answer: {type(failed).__name__}: {failed}"
            said = log.read_text(errors="replace").strip().splitlines()[-1:]
            self._leave_out(service.name, " ".join(" ".join([how, *said]).split())[:LONGEST_REASON])
            server.stop()
            return
        self.starts.setdefault(service.name, []).append(server.seconds())
        if not stays:
            server.stop()

    def compare_answers(self):
        for service in list(self.services):
            for way in service.ways:
                print(f"comparing answers: {service.name}, {way.name}", file=sys.stderr, flush=True)
                difference = self._difference(way) if way.ask else 0
                self.differences[service.name, way.name] = difference
                if not difference <= LARGEST_DIFFERENCE:  # nor is NaN
                    why = f"its answers differ by {difference:.1e} (expected: at most {LARGEST_DIFFERENCE})"
                    self._leave_out(service.name, why)
        self.services = [service for service in self.services if service.name not in self.out]

    def _difference(self, way):
        """The largest between a service's probabilities and the kernel's."""
        largest = 0
        for row in self.rows:
            answer, wanted = way.ask(row), row["probabilities"]
            if len(answer) != len(wanted):
                return float("nan")
            largest = max(largest, *(abs(one - other) for one, other in zip(answer, wanted)))
        return largest

    def measure(self):
        """In turn, round by round; who is slower gets fewer requests, so that each takes about as long."""
        if not self.settings.smoke:
            for service in self.services:
                for way in service.ways:
                    print(f"warming up: {service.name}, {way.name}", file=sys.stderr, flush=True)
                    self._warm(way)
        counts = {}
        for service, way, connections in self.cells():
            counts[service.name, way.name, connections] = self._requests(way, connections)
        for turn in range(self.settings.rounds):
            print(f"round {turn + 1} of {self.settings.rounds}", file=sys.stderr, flush=True)
            for service, way, connections in turned(list(self.cells()), turn):
                key = service.name, way.name, connections
                server, requests = self.servers[service.name], counts[key]
                cpu = server.cpu_seconds()
                done = self._run(way, requests, connections, turn)
                self.turns.setdefault(key, []).append((done, (server.cpu_seconds() - cpu) * 1e6 / requests))
        self.counts = counts

    @staticmethod
    def _run(way, requests, connections, turn):
        try:
            return way.load.run(requests, connections, turn)
        except subprocess.SubprocessError as failed:
            return Run(0, 0, 0, {f"{type(failed).__name__} of what sends them": requests})

    def cells(self):
        """Service, way and number of connections of each measurement of a round."""
        numbers = SMOKE_CONNECTIONS if self.settings.smoke else CONNECTIONS
        return [(s, way, connections) for s in self.services for way in s.ways for connections in numbers]

    def _warm(self, way):
        end = time.monotonic() + WARM_SECONDS
        requests = FEWEST_REQUESTS
        while time.monotonic() < end:
            per_second = self._run(way, requests, max(CONNECTIONS), 0).per_second
            requests = self._within(per_second, WARM_RUN_SECONDS)

    def _requests(self, way, connections):
        """As many as fit into the time of a measurement."""
        if self.settings.smoke:
            return SMOKE_REQUESTS
        first = self._run(way, FEWEST_REQUESTS, connections, 0).per_second
        return self._within(
            self._run(way, self._within(first, WARM_RUN_SECONDS), connections, 0).per_second, self.settings.seconds
        )

    @staticmethod
    def _within(per_second, seconds):
        return min(MOST_REQUESTS, max(FEWEST_REQUESTS, round(per_second * seconds)))

    def resident(self):
        """MiB by service."""
        return {service.name: self.servers[service.name].resident_mib() for service in self.services}

    def stop(self):
        for server in self.servers.values():
            server.stop()
