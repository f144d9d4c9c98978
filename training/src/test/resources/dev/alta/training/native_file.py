# Opens a model's native.json in Python's xgboost and scores rows.
# Usage: native_file.py MODEL.json ROWS OUT; ROWS are 32-bit floats, OUT gets 64-bit ones, little endian.
import json
import sys

import numpy
import xgboost

model, rows, out = sys.argv[1:]
booster = xgboost.Booster()
booster.load_model(model)
names = booster.feature_names
values = numpy.fromfile(rows, "<f4").reshape(-1, len(names))
matrix = xgboost.DMatrix(values, feature_names=names, missing=numpy.nan)
booster.predict(matrix).astype("<f8").tofile(out)
print(json.dumps({"xgboost": xgboost.__version__, "names": names}))
