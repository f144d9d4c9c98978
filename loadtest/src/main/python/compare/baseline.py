"""The micro-benchmarks beside a stored baseline; loadtest/micro says how to call it.

Every figure is a ratio to a reference that was measured in the same round. A ratio is better or worse only where no
round of now falls between the rounds of then.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import machine
from parts import ROOT, java
from report import number

BASELINE = ROOT / "loadtest/micro-baseline.json"
PACKAGE = "dev.alta.loadtest.micro."
# What is measured, by its reference.
BENCHMARKS = {
    "TreesBenchmark.walk": ["TreesBenchmark.kernel", "TreesBenchmark.explain"],
    "RowBenchmark.parse": ["RowBenchmark.check", "RowBenchmark.clean", "RowBenchmark.encode", "RowBenchmark.toVector"],
    "JsonBenchmark.parseAndCheckMessage": [
        "JsonBenchmark.readJson",
        "JsonBenchmark.rowToMessage",
        "JsonBenchmark.writeJson",
    ],
}
# Calls are sampled: of these the median, which others at work disturb least, unlike a mean.
LENGTH = ["-bm", "sample", "-tu", "ns", "-f", "1", "-wi", "2", "-w", "500ms", "-i", "4", "-r", "500ms"]
ALLOCATED = "gc.alloc.rate.norm"
# Bytes hardly differ from run to run, but sampling makes some itself.
BYTES_NOISE, SAMPLING_BYTES = 0.05, 500


def measured(rounds):
    """By benchmark: the ratios of all rounds, sorted, and the median bytes made by a call."""
    ratios, made = {}, {}
    for turn in range(rounds):
        print(f"round {turn + 1} of {rounds}", file=sys.stderr, flush=True)
        times, allocated = one_round()
        for reference, names in BENCHMARKS.items():
            for name in names:
                ratios.setdefault(name, []).append(times[name] / times[reference])
                made.setdefault(name, []).append(allocated[name])
    return {
        name: {
            "reference": reference,
            "ratios": [round(one, 4) for one in sorted(ratios[name])],
            "bytes": round(statistics.median(made[name])),
        }
        for reference, names in BENCHMARKS.items()
        for name in names
    }


def one_round():
    names = [name for reference, others in BENCHMARKS.items() for name in [reference, *others]]
    wanted = "|".join(name.replace(".", r"\.") + "$" for name in names)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "jmh.json"
        command = [*java(), "org.openjdk.jmh.Main", wanted, *LENGTH, "-prof", "gc", "-rf", "json", "-rff", str(file)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        if done.returncode != 0 or not file.exists():
            raise SystemExit(f"JMH ended with {done.returncode}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
        found = json.loads(file.read_text())
    times, allocated = {}, {}
    for one in found:
        name = one["benchmark"].removeprefix(PACKAGE)
        times[name] = one["primaryMetric"]["scorePercentiles"]["50.0"]
        allocated[name] = one["secondaryMetrics"][ALLOCATED]["score"]
    missing = set(names) - set(times)
    if missing:
        raise SystemExit(f"not measured: {', '.join(sorted(missing))} (expected: all)")
    return times, allocated


def store(rounds):
    kept = {"measured": machine.today(), "on": machine.described().replace("\n\n", " "), "benchmarks": measured(rounds)}
    BASELINE.write_text(json.dumps(kept, indent=1) + "\n")
    print(f"{len(kept['benchmarks'])} figures written to {BASELINE.relative_to(ROOT)}")
    return 0


def compare(rounds, threshold):
    if not BASELINE.exists():
        raise SystemExit(f"no {BASELINE.relative_to(ROOT)} (expected: made by loadtest/micro --store)")
    kept = json.loads(BASELINE.read_text())
    print(f"baseline of {kept['measured']}: {kept['on']}\nnow: {machine.described()}\n")
    now = measured(rounds)
    print("| | of | then | now | now to then | | bytes then | bytes now | |\n" + "|---" * 9 + "|")
    worst = 1
    for name, one in now.items():
        before = kept["benchmarks"].get(name)
        if before is None:
            print(f"| {name} | {one['reference']} | | {middle(one)} | | new | | {one['bytes']} | |")
            continue
        change = statistics.median(one["ratios"]) / statistics.median(before["ratios"])
        word = judged(before["ratios"], one["ratios"])
        worst = max(worst, change) if word == "worse" else worst
        more = bytes_judged(before["bytes"], one["bytes"])
        cells = [name, one["reference"], middle(before), middle(one), f"{change:.2f}", word]
        print("| " + " | ".join([*cells, f"{before['bytes']:,}", f"{one['bytes']:,}", more]) + " |")
    for name in sorted(set(kept["benchmarks"]) - set(now)):
        print(f"| {name} | | | | | gone | | | |")
    if worst > threshold:
        print(f"\nworse: {worst:.2f} times the baseline beyond the noise (expected: at most {threshold:g})")
        return 1
    return 0


def middle(one):
    each = one["ratios"]
    return f"{number(statistics.median(each))} ({number(each[0])}–{number(each[-1])})"


def judged(then, now):
    if now[0] > then[-1]:
        return "worse"
    return "better" if now[-1] < then[0] else "as before"


def bytes_judged(then, now):
    if abs(now - then) <= max(BYTES_NOISE * then, SAMPLING_BYTES):
        return "as before"
    return "more" if now > then else "less"


def main(words):
    parser = argparse.ArgumentParser(prog="loadtest/micro")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--compare", action="store_true", help="with the stored baseline")
    what.add_argument("--store", action="store_true", help="these figures as the baseline")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="rounds (5)")
    parser.add_argument("--threshold", type=float, default=1.25, metavar="X", help="worse than this fails (1.25)")
    given = parser.parse_args(words)
    if given.rounds < 1:
        parser.error(f"rounds: {given.rounds} (expected: >= 1)")
    return store(given.rounds) if given.store else compare(given.rounds, given.threshold)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
