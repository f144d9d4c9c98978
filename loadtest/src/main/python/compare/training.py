"""The part training: Alta's search beside Optuna and XGBoost, as far as the same figure on the same rows."""

import os
import statistics
import subprocess
import sys
from dataclasses import dataclass

import machine
from environments import PEERS, packages
from parts import ROOT, alta, generated, java, turned
from picture import Bar, bars
from report import Report, number, ratio, rounds

TITLE = "Training: Alta's search beside Optuna and XGBoost"
ROWS = 100_000
ALTA = "Alta"
# How the answer no of a one-hot column is encoded: as 0, which is usual, or as Alta does it.
OPTUNA = {"Optuna + XGBoost": "zeros", "Optuna + XGBoost, Alta's encoding": "missing"}
BENCHMARK = "dev.alta.loadtest.training.TrainingBenchmark"


@dataclass(frozen=True)
class Search:
    """Seconds and the best mean AUROC of the validation rows by then; what it cost."""

    path: list
    cpu: float
    peak: int

    def reached(self, value):
        """After how many seconds; None if never."""
        return next((seconds for seconds, best in self.path if best >= value), None)

    def best(self):
        return self.path[-1][1]


def run(settings):
    python = settings.environments.python("search")
    header = machine.described(packages("search"))
    file = settings.data or generated(ROWS)
    turns = []
    for turn in range(settings.rounds):
        print(f"round {turn + 1} of {settings.rounds}", file=sys.stderr, flush=True)
        turns.append(one_round(settings, python, file, turn))
    return report(settings, header, turns)


def one_round(settings, python, file, turn):
    """Each round splits the rows by another seed, and searches by it."""
    seed = turn + 1
    folder = settings.work / f"training-{seed}"
    folder.mkdir()
    home = folder / "home"
    alta("ingest", "--home", home, "--data", file)
    alta("prepare", "--home", home, "--seed", str(seed))
    heap = java("-Xmx4g", "-XX:+UseParallelGC")
    subprocess.run([*heap, BENCHMARK, "vectors", folder, home], check=True, cwd=ROOT)
    width = (folder / "features").read_text()
    lanes = {ALTA: [*heap, BENCHMARK, "search", home, str(seed)]}
    for name, encoding in OPTUNA.items():
        lanes[name] = [python, PEERS / "optuna_search.py", folder, str(seed), width, encoding]
    return {name: search(lanes[name]) for name in turned(lanes, turn)}


def search(command):
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    path = []
    for line in process.stdout:
        words = line.split()
        if len(words) == 3 and words[0] in ("alta", "optuna") and words[1] != "all":
            path.append((float(words[1]), float(words[2])))
    _, status, used = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0 or not path:
        raise RuntimeError(f"{command[0]}: ended with {os.waitstatus_to_exitcode(status)} (expected: 0)")
    return Search(path, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)


def report(settings, header, turns):
    written = Report("training", TITLE)
    rows = "the rows of `--data`" if settings.data else f"{ROWS:,} generated encounters"
    written.say(f"`{settings.command}`, {machine.today()}: {header}")
    written.say(
        f"On {rows}, split by another seed in each of {rounds(settings.rounds)}; the same vectors for all, two threads. "
        "Optuna tries 30 settings (TPE) of XGBoost with early stopping; Alta searches for two minutes. How long each "
        "takes until the validation rows have the mean AUROC that Optuna ends with."
    )
    written.table(
        ["round", "Optuna ends with", "after, s", "first had it after, s", "Alta had it after, s", "Alta's best"],
        [line(turn, name, each) for turn, each in enumerate(turns, 1) for name in OPTUNA],
    )
    found = [one[ALTA].reached(one[name].best()) for one in turns for name in OPTUNA]
    if any(seconds is None for seconds in found):
        written.say("Where Alta did not reach Optuna's figure there is no ratio.")
    written.say("How many times as long as Alta, the median of the rounds and the smallest and largest:")
    written.table(["", "all 30 trials", "until it first had it", "CPU s in all", "peak MiB"], list(costs(turns)))
    panel = [Bar(ALTA, middle([one[ALTA].reached(one[next(iter(OPTUNA))].best()) for one in turns]), "alta")]
    for name in OPTUNA:
        panel.append(Bar(name, middle([one[name].reached(one[name].best()) for one in turns]), "peer"))
    title = "seconds until the validation rows have what Optuna ends with"
    written.picture("seconds", bars({title: panel}), title)
    return written


def line(turn, name, each):
    theirs, ours = each[name], each[ALTA]
    reached = ours.reached(theirs.best())
    return [
        f"{turn}, {name}",
        f"{theirs.best():.5f}",
        f"{theirs.path[-1][0]:.1f}",
        f"{theirs.reached(theirs.best()):.1f}",
        "not reached" if reached is None else f"{reached:.1f}",
        f"{ours.best():.5f}",
    ]


def costs(turns):
    for name in (ALTA, *OPTUNA):
        cells = ["", ""]
        if name != ALTA:
            pairs = [(one[ALTA].reached(one[name].best()), one[name]) for one in turns]
            pairs = [(ours, theirs) for ours, theirs in pairs if ours is not None]
            ours = [mine for mine, _ in pairs]
            cells = [
                ratio([theirs.path[-1][0] for _, theirs in pairs], ours),
                ratio([theirs.reached(theirs.best()) for _, theirs in pairs], ours),
            ]
        cpu = statistics.median(one[name].cpu for one in turns)
        yield [name, *cells, number(cpu), str(max(one[name].peak for one in turns))]


def middle(seconds):
    """0, which has no bar, where it was not reached in all rounds."""
    return 0 if None in seconds else statistics.median(seconds)
