"""Mean and deviation over several trainings. Usage: quality_summary.py FILE…, each what `alta train --json` printed."""
import json
import statistics
import sys

RUNS = ("train_model_auroc", "train_model_accuracy", "logistic regression")
FIGURES = {
    "AUROC <30": lambda e: e["auroc"][-1],
    "any readmission": lambda e: e["auroc_readmitted"],
    "mean AUROC": lambda e: e["mean_auroc"],
    "accuracy": lambda e: e["accuracy"],
    "calibration error": lambda e: e["calibration_error"],
    "log loss": lambda e: e["log_loss"],
}


def main(files):
    tests = {run: [] for run in RUNS}
    for file in files:
        with open(file, encoding="utf-8") as text:
            versions = json.load(text)["versions"]
        for version in versions:
            tests[version["run"]].append(version["test"])
        tests["logistic regression"].append(versions[0]["baseline"])
    print("| test rows, {} seeds of the split | {} |".format(len(files), " | ".join(FIGURES)))
    print("|---|" + "---|" * len(FIGURES))
    for run, found in tests.items():
        cells = []
        for figure in FIGURES.values():
            values = [figure(test) for test in found]
            cells.append(f"{statistics.mean(values):.4f} ± {statistics.stdev(values) if len(values) > 1 else 0:.4f}")
        print(f"| {run} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main(sys.argv[1:])
