"""The part kernel: libraries that score the same trees on one thread."""

import json
import statistics
import subprocess
import sys

import machine
from environments import PEERS, packages
from parts import ROOT, java
from picture import Bar, bars
from report import Report, number, ratio, rounds
from unavailable import Unavailable

TITLE = "The kernel: Alta beside libraries that score trees"
MODELS = {"binary": "200 trees of depth 6, binary", "classes": "600 trees of depth 6, three classes"}
ROWS = (1, 16, 256)
ALTA, LLEAVES = "alta", "lleaves"
NAMES = {
    ALTA: "Alta",
    "onnxruntime": "ONNX Runtime, from Java",
    "xgboost4j": "xgboost4j",
    "h2o": "H2O's predictor",
    LLEAVES: "lleaves, from Python",
}
LONGEST_COMPILE_SECONDS = 1_200
# Of JMH: short rounds, as there are several.
LENGTH = ["-f", "1", "-wi", "2", "-w", "500ms", "-i", "3", "-r", "500ms"]
TREES = ROOT / "loadtest/target/boosted-models"


def run(settings):
    header = machine.described(packages("kernel"))
    report = Report("kernel", TITLE)
    took, differing, missing = {}, {}, {}
    for turn in range(settings.rounds):
        print(f"round {turn + 1} of {settings.rounds}", file=sys.stderr, flush=True)
        found = of_jmh(settings.work / "kernel.json", differing)
        try:
            # What could not be had once is not tried again.
            found |= of_lleaves(settings) if not missing else {}
        except Unavailable as why:
            missing[NAMES[LLEAVES]] = str(why)
        for key, micros in found.items():
            took.setdefault(key, []).append(micros)
    report.say(f"`{settings.command}`, {machine.today()}: {header}")
    report.say(
        "The same trees, grown by XGBoost on generated encounters, and the same rows for all, on one thread; all rows "
        f"are answered and compared with XGBoost's answers to 1e-5 before anything is timed. {rounds(settings.rounds)}, "
        f"all libraries in each; JMH for what runs in Java. lleaves' times have Python's call in them."
    )
    for name, why in differing.items():
        report.fail(f"{name}: not timed, its answers differ: {why}")
    for name, why in missing.items():
        report.say(f"{name}: not timed, {why}.")
    tables(report, took)
    return report


def of_jmh(file, differing):
    command = [*java(), "org.openjdk.jmh.Main", "KernelBenchmark", *LENGTH, "-rf", "json", "-rff", str(file)]
    command += ["-p", "model=" + ",".join(MODELS), "-p", "rows=" + ",".join(map(str, ROWS))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode != 0 or not file.exists():
        raise RuntimeError(f"JMH ended with {done.returncode}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    for line in done.stdout.splitlines():
        # What differs from XGBoost is not timed.
        if "IllegalStateException: " in line:
            said = line.partition("IllegalStateException: ")[2]
            differing[NAMES.get(said.partition(":")[0], said.partition(":")[0])] = said
    found = {}
    for one in json.loads(file.read_text()):
        params, percentiles = one["params"], one["primaryMetric"]["scorePercentiles"]
        found[params["model"], int(params["rows"]), params["lane"]] = percentiles["50.0"]
    return found


def of_lleaves(settings):
    python = settings.environments.python("kernel")
    found = {}
    for model in MODELS:
        command = [python, PEERS / "lleaves_kernel.py", TREES, settings.kept / "lleaves", model, *map(str, ROWS)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST_COMPILE_SECONDS)
        except subprocess.TimeoutExpired:
            raise Unavailable(f"{model} not compiled and timed within {LONGEST_COMPILE_SECONDS} s") from None
        if done.returncode != 0:
            raise Unavailable((done.stderr.strip() or f"ended with {done.returncode}").splitlines()[-1])
        for line in done.stdout.splitlines():
            _, size, micros = line.split()
            found[model, int(size), LLEAVES] = float(micros)
    return found


def tables(report, took):
    report.say(
        "Median microseconds a call; in brackets how many times as long as Alta, the median of the rounds and the "
        "smallest and largest."
    )
    heads = ["model", "rows a call", *NAMES.values()]
    lines = []
    for model, words in MODELS.items():
        for rows in ROWS:
            ours = took[model, rows, ALTA]
            cells = [number(statistics.median(ours))]
            for lane in list(NAMES)[1:]:
                each = took.get((model, rows, lane), [])
                complete = len(each) == len(ours)
                cells.append(f"{number(statistics.median(each))} ({ratio(each, ours)})" if complete else "-")
            lines.append([words, str(rows), *cells])
    report.table(heads, lines)
    panels = {}
    for model, words in MODELS.items():
        for rows in (ROWS[0], ROWS[-1]):
            panels[f"{words}: µs a row, {rows} rows a call" if rows > 1 else f"{words}: µs a row, one row a call"] = [
                Bar(name, statistics.median(took[model, rows, lane]) / rows, "alta" if lane == ALTA else "peer")
                for lane, name in NAMES.items()
                if (model, rows, lane) in took
            ]
    report.picture("rows", bars(panels), "Microseconds a row")
