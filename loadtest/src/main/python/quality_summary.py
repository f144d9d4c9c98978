"""Mean and deviation over several trainings.

Usage: quality_summary.py FILE…, each what `alta train --json` or quality_reference.py printed.
"""
import json
import statistics
import sys

NOT_MEASURED = "-"
FIGURES = {
    "AUROC <30": lambda e: e["auroc"][-1],
    "any readmission": lambda e: e["auroc_readmitted"],
    "mean AUROC": lambda e: e["mean_auroc"],
    "accuracy": lambda e: e["accuracy"],
    "calibration error": lambda e: e["calibration_error"],
    "log loss": lambda e: e["log_loss"],
}


def tests_in(file):
    """What was measured on the test rows of one split, by whom."""
    with open(file, encoding="utf-8") as text:
        found = json.load(text)
    if "versions" not in found:
        return found
    tests = {version["run"]: version["test"] for version in found["versions"]}
    tests["logistic regression"] = found["versions"][0]["baseline"]
    return tests


def cell(figure, tests):
    try:
        values = [figure(test) for test in tests]
    except KeyError:
        return NOT_MEASURED
    return f"{statistics.mean(values):.4f} ± {statistics.stdev(values) if len(values) > 1 else 0:.4f}"


def main(files):
    tests = {}
    for file in files:
        for run, test in tests_in(file).items():
            tests.setdefault(run, []).append(test)
    splits = max(len(found) for found in tests.values())
    print("| test rows, {} seeds of the split | {} |".format(splits, " | ".join(FIGURES)))
    print("|---|" + "---|" * len(FIGURES))
    for run, found in tests.items():
        print(f"| {run} | " + " | ".join(cell(figure, found) for figure in FIGURES.values()) + " |")


if __name__ == "__main__":
    main(sys.argv[1:])
