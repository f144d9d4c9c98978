"""Times lleaves (trees compiled by LLVM), called from Python, on the trees and rows of the micro-benchmark.

Usage: lleaves_kernel.py FOLDER CACHE MODEL ROWS…   (FOLDER: where BoostedModel keeps its files)

lleaves reads LightGBM's format, so XGBoost's trees are written in it: "less than t" is "at most the float before t".
Its answers are compared to XGBoost's before anything is timed. One thread, floats, no copies of the rows.
"""

import hashlib
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

import lleaves
import numpy as np

TOLERANCE = 1e-5
SECONDS = 1.5
MANY_ROWS_BLOCK = 34
NAN_IS_MISSING = 8
DEFAULT_LEFT = 2


def numbers(values):
    return " ".join(str(value) for value in values)


def tree_lines(index, tree):
    left, right = tree["left_children"], tree["right_children"]
    inner = [node for node in range(len(left)) if left[node] >= 0]
    leaves = [node for node in range(len(left)) if left[node] < 0]
    place = {node: i for i, node in enumerate(inner)} | {node: -1 - i for i, node in enumerate(leaves)}
    conditions = np.asarray(tree["split_conditions"], dtype=np.float32)
    before = np.nextafter(conditions, np.float32("-inf"))
    return [
        f"Tree={index}",
        f"num_leaves={len(leaves)}",
        "num_cat=0",
        "split_feature=" + numbers(tree["split_indices"][node] for node in inner),
        "threshold=" + numbers(repr(float(before[node])) for node in inner),
        "decision_type="
        + numbers(NAN_IS_MISSING + DEFAULT_LEFT * int(tree["default_left"][node]) for node in inner),
        "left_child=" + numbers(place[left[node]] for node in inner),
        "right_child=" + numbers(place[right[node]] for node in inner),
        "leaf_value=" + numbers(repr(float(conditions[node])) for node in leaves),
        "",
    ]


def lightgbm_text(document, features):
    learner = document["learner"]
    trees = learner["gradient_booster"]["model"]["trees"]
    outputs = max(1, int(learner["learner_model_param"]["num_class"]))
    of_output = learner["gradient_booster"]["model"]["tree_info"]
    # A random forest has the trees of one class after the other, LightGBM's classes take turns.
    order = sorted(range(len(trees)), key=lambda i: (of_output[:i].count(of_output[i]), of_output[i]))
    lines = [
        "tree",
        "version=v4",
        f"num_class={outputs}",
        f"num_tree_per_iteration={outputs}",
        f"max_feature_idx={features - 1}",
        f"objective=multiclass num_class:{outputs}" if outputs > 1 else "objective=binary sigmoid:1",
        "feature_names=" + numbers(f"f{i}" for i in range(features)),
        "feature_infos=" + numbers("[-1:1]" for _ in range(features)),
        # Only how many there are is read.
        "tree_sizes=" + numbers(1 for _ in trees),
        "",
    ]
    for index, tree in enumerate(order):
        lines += tree_lines(index, trees[tree])
    return "\n".join(lines + ["end of trees", "", "pandas_categorical:null", ""]), len(trees)


def timed(model, rows, size):
    """Medians in microseconds a call."""
    blocks = [np.ascontiguousarray(rows[i : i + size]) for i in range(0, len(rows) - size + 1, size)]
    took, turn = [], 0
    for warming in (True, False):
        end = time.perf_counter() + SECONDS
        while time.perf_counter() < end:
            block = blocks[turn % len(blocks)]
            turn += 1
            start = time.perf_counter_ns()
            model.predict(block, n_jobs=1)
            if not warming:
                took.append(time.perf_counter_ns() - start)
    return statistics.median(took) / 1e3


def compiled(text, trees, size, cache):
    """Compiling takes minutes, so what was compiled is kept."""
    # As its manual says: blocks of trees pay for many rows only.
    block = trees if size == 1 else MANY_ROWS_BLOCK
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write(text)
        file.flush()
        model = lleaves.Model(file.name)
        model.compile(cache=cache / f"{digest}-{block}.bin", use_fp64=False, fblocksize=block)
    return model


def main(folder, cache, name, sizes):
    path = max(folder.glob(f"{name}-[0-9]*.json"), key=lambda found: found.stat().st_mtime)
    rows = np.fromfile(path.with_suffix(".rows"), dtype="<f4")
    features = int(path.stem.rsplit("-", 1)[1])
    rows = rows.reshape(-1, features)
    expected = np.fromfile(path.with_suffix(".answers"), dtype="<f4").reshape(len(rows), -1)
    text, trees = lightgbm_text(json.loads(path.read_bytes()), features)
    cache.mkdir(parents=True, exist_ok=True)
    for size in sizes:
        model = compiled(text, trees, size, cache)
        answers = model.predict(rows, n_jobs=1).reshape(expected.shape)
        difference = float(np.abs(answers - expected).max())
        if not difference <= TOLERANCE:
            raise SystemExit(f"{name}: lleaves differs from XGBoost by {difference}")
        print(f"took {size} {timed(model, rows, size):.2f}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], [int(size) for size in sys.argv[4:]])
