"""The parts ingest and split: Alta's pipelines beside psql's \\copy and pandas, on one PostgreSQL of their own."""

import statistics
import subprocess
import sys
from dataclasses import dataclass

import machine
from environments import PEERS
from parts import ROOT, generated, turned
from picture import Bar, bars
from report import Report, number, ratio, rounds
from unavailable import Unavailable

# Pandas takes minutes for a million rows; its time for a row does not fall with their number.
PANDAS_ROWS = 50_000
WARM_ROWS = 30_000
WARM_ROUNDS = 3
ALTA, COPY, PANDAS = "Alta", "psql \\copy", "pandas"


@dataclass(frozen=True)
class Took:
    """Of a number of rows; cpu and peak are those of the client's process, where it is ours to see."""

    rows: int
    seconds: float
    cpu: float
    peak: int

    def micros(self):
        return 1e6 * self.seconds / self.rows


class Postgres:
    """loadtest/pipelines turns: a database, and what works on it when told to."""

    def __enter__(self):
        self.process = subprocess.Popen(
            [ROOT / "loadtest/pipelines", "turns"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.about = self._line()
        if "skipped" in self.about:
            raise Unavailable(self.about.partition("skipped, ")[2])
        self.address = self._line()
        return self

    def __exit__(self, *failure):
        self.process.stdin.close()
        self.process.wait()

    def _line(self):
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"loadtest/pipelines ended with {self.process.wait()} (expected: an answer)")
        return line.strip()

    def does(self, words, rows):
        self.process.stdin.write(words + "\n")
        self.process.stdin.flush()
        line = self._line()
        while not line.startswith("took "):
            line = self._line()
        return took(line, rows)

    def pandas(self, python, file, part):
        url = f"postgresql+psycopg2://postgres@{self.address}/alta"
        command = [python, PEERS / "pandas_tables.py", url, file, str(PANDAS_ROWS), part]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"pandas: {done.stderr.strip().splitlines()[-1]}")
        return took(done.stdout, PANDAS_ROWS)


def took(line, rows):
    seconds, cpu, peak = line.split()[1:]
    return Took(rows, float(seconds), float(cpu), int(peak))


def compare(settings, part, lanes_of):
    file, small = generated(settings.rows), generated(WARM_ROWS)
    with Postgres() as postgres:
        header = machine.described(postgres.about)
        for _ in range(WARM_ROUNDS):
            postgres.does(f"ingest {small}", WARM_ROWS)
            postgres.does("prepare", WARM_ROWS)
        start = min(postgres.does("job", 1).seconds for _ in range(WARM_ROUNDS))
        lanes = lanes_of(postgres, file)
        missing = None
        try:
            python = settings.environments.python("tables")
            lanes[PANDAS] = lambda: postgres.pandas(python, file, part)
        except Unavailable as why:
            missing = why
        turns = {name: [] for name in lanes}
        for turn in range(settings.rounds):
            print(f"round {turn + 1} of {settings.rounds}", file=sys.stderr, flush=True)
            for name in turned(lanes, turn):
                turns[name].append(lanes[name]())
    return header, turns, start, missing


def report(settings, name, title, words, compared):
    header, turns, start, missing = compared
    written = Report(name, title)
    written.say(f"`{settings.command}`, {machine.today()}: {header}")
    written.say(words)
    written.say(
        f"{settings.rows:,} generated rows, {rounds(settings.rounds)} in turn; pandas on {PANDAS_ROWS:,} of them, as a "
        "million take it minutes. The JVM is warm; starting a Flink job is part of each of Alta's runs "
        f"({start:.1f} s of it). PostgreSQL's own CPU time is not counted."
    )
    if missing:
        written.say(f"pandas: not timed, {missing}.")
    micros = {lane: [one.micros() for one in found] for lane, found in turns.items()}
    without = [1e6 * (one.seconds - start) / one.rows for one in turns[ALTA]]
    lines = []
    for lane, found in turns.items():
        peers = lane not in (ALTA, "Alta, the same again")
        cells = [ratio(micros[lane], each) if peers else "" for each in (micros[ALTA], without)]
        cpu = statistics.median(1e6 * one.cpu / one.rows for one in found)
        lines.append(
            [
                lane,
                f"{found[0].rows:,}",
                ", ".join(f"{one.seconds:.2f}" for one in found),
                number(statistics.median(micros[lane])),
                number(cpu) if lane != COPY else "-",
                str(max(one.peak for one in found)) if lane != COPY else "-",
                *cells,
            ]
        )
    written.table(
        ["", "rows", "seconds", "µs a row", "client's CPU µs a row", "client's peak MiB"]
        + ["its time to Alta's", "to Alta's without the job's start"],
        lines,
    )
    kinds = {lane: "alta" if lane.startswith(ALTA) else "peer" for lane in micros}
    panel = [Bar(lane, statistics.median(each), kinds[lane]) for lane, each in micros.items()]
    written.picture("rows", bars({"µs a row": panel}), "Microseconds a row")
    return written
