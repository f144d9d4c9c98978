"""What the usual tools in Python reach on the same rows, split in the same way: pandas, XGBoost, scikit-learn.

Usage: quality_reference.py FILE SIDES. FILE: the encounters as CSV or CSV.gz; SIDES: encounter_id and dataset of each
encounter, CSV. Prints as JSON the figures of the test rows of XGBoost (three classes, the settings that are best on the
validation rows, then trained again on training and validation rows), of XGBoost for <30 against the rest, tuned alike,
and of logistic regression.
"""
import json
import sys

import numpy
import pandas
import xgboost
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, log_loss, roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

CLASSES = ["NO", ">30", "<30"]
NUMBERS = [
    "time_in_hospital", "num_lab_procedures", "num_procedures", "num_medications", "number_outpatient",
    "number_emergency", "number_inpatient", "number_diagnoses",
]
IDENTIFIERS = ["encounter_id", "patient_nbr", "readmitted"]
# A category with fewer encounters counts as rare.
LEAST = 100
GRID = [
    {"eta": eta, "max_depth": depth, "colsample_bytree": columns, "min_child_weight": weight}
    for eta, depth, columns, weight in [(0.1, 6, 0.5, 10), (0.05, 5, 0.3, 10), (0.05, 6, 0.2, 30), (0.05, 4, 0.5, 5)]
]
THREADS = 2


def codes(column):
    """A diagnosis by the digits before its point."""
    return column.str.split(".").str[0]


def features(rows):
    table = rows[NUMBERS].astype(float)
    table["age"] = rows["age"].str.extract(r"(\d+)")[0].astype(float)
    for count in ["number_outpatient", "number_emergency", "number_inpatient"]:
        table["log_" + count] = numpy.log1p(table[count])
    categories = rows.drop(columns=NUMBERS + IDENTIFIERS + ["age"]).astype(str)
    for diagnosis in ["diag_1", "diag_2", "diag_3"]:
        categories[diagnosis] = codes(categories[diagnosis])
    for name in categories:
        counts = categories[name].map(categories[name].value_counts())
        categories[name] = categories[name].where(counts >= LEAST, "rare")
    return table.values.astype(numpy.float32), pandas.get_dummies(categories).values.astype(numpy.float32)


def boosted(settings, metric, rows, labels, sides):
    """Probabilities of the test rows."""
    train, validation, test = (sides == side for side in ("train", "validation", "test"))
    best = None
    for choice in GRID:
        found = {**settings, **choice, "subsample": 0.8, "lambda": 5, "tree_method": "hist", "max_bin": 64,
                 "nthread": THREADS, "seed": 1, "eval_metric": metric}
        booster = xgboost.train(
            found, xgboost.DMatrix(rows[train], labels[train]), 1_500,
            evals=[(xgboost.DMatrix(rows[validation], labels[validation]), "validation")],
            early_stopping_rounds=40, verbose_eval=False)
        score = booster.best_score if metric == "auc" else -booster.best_score
        if best is None or score > best[0]:
            best = (score, found, booster.best_iteration + 1)
    both = train | validation
    booster = xgboost.train(best[1], xgboost.DMatrix(rows[both], labels[both]), int(best[2] * 1.15))
    return booster.predict(xgboost.DMatrix(rows[test]))


def figures(probabilities, actual):
    of_class = [roc_auc_score(actual == c, probabilities[:, c]) for c in range(len(CLASSES))]
    return {
        "auroc": of_class,
        "auroc_readmitted": roc_auc_score(actual > 0, 1 - probabilities[:, 0]),
        "mean_auroc": float(numpy.mean(of_class)),
        "accuracy": accuracy_score(actual, probabilities.argmax(axis=1)),
        "log_loss": log_loss(actual, probabilities),
    }


def main(file, sides_file):
    rows = pandas.read_csv(file, keep_default_na=False, low_memory=False).set_index("encounter_id", drop=False)
    sides = pandas.read_csv(sides_file, index_col="encounter_id")["dataset"]
    # Those without a side died or are in hospice care.
    rows = rows.loc[sides.index]
    labels = rows["readmitted"].map(CLASSES.index).values
    numbers, answers = features(rows)
    # With the answer no as a missing value XGBoost grows the same trees in a third of the time.
    sparse = numpy.hstack([numbers, numpy.where(answers == 0, numpy.nan, answers)])
    dense = numpy.hstack([numbers, answers])
    side = sides.values
    test = labels[side == "test"]
    three = boosted({"objective": "multi:softprob", "num_class": len(CLASSES)}, "mlogloss", sparse, labels, side)
    urgent = (labels == 2).astype(int)
    one = boosted({"objective": "binary:logistic"}, "auc", sparse, urgent, side)
    linear = make_pipeline(StandardScaler(), LogisticRegression(C=0.003, max_iter=300))
    linear.fit(dense[side != "test"], labels[side != "test"])
    print(json.dumps({
        "XGBoost in Python": figures(three, test),
        "XGBoost in Python, <30 alone": {"auroc": [roc_auc_score(urgent[side == "test"], one)]},
        "logistic regression in Python": figures(linear.predict_proba(dense[side == "test"]), test),
    }))


if __name__ == "__main__":
    main(*sys.argv[1:])
