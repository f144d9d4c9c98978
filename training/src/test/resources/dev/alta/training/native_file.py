# Opens a model's native.json in Python's xgboost, scores rows and explains the first ones.
# Usage: native_file.py MODEL.json ROWS OUT CONTRIBUTIONS EXPLAINED; ROWS are 32-bit floats; OUT gets 64-bit ones, little
# endian, and so does CONTRIBUTIONS: for each of the first EXPLAINED rows and each class, the features', then the bias.
import json
import sys

import numpy
import xgboost

model, rows, out, contributions, explained = sys.argv[1:]
booster = xgboost.Booster()
booster.load_model(model)
names = booster.feature_names
values = numpy.fromfile(rows, "<f4").reshape(-1, len(names))
matrix = xgboost.DMatrix(values, feature_names=names, missing=numpy.nan)
booster.predict(matrix).astype("<f8").tofile(out)
first = xgboost.DMatrix(values[: int(explained)], feature_names=names, missing=numpy.nan)
booster.predict(first, pred_contribs=True).astype("<f8").tofile(contributions)
print(json.dumps({"xgboost": xgboost.__version__, "names": names}))
