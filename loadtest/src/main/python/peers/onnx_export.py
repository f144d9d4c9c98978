"""Converts the champion, XGBoost's JSON, to ONNX. Usage: onnx_export.py FOLDER (native.json there, champion.onnx then)."""

import sys
from pathlib import Path

from onnxmltools import convert_xgboost
from onnxmltools.convert.common.data_types import FloatTensorType
from xgboost import XGBClassifier

OPSET = 15


def main(folder):
    model = XGBClassifier()
    model.load_model(folder / "native.json")
    # The converter reads no names but f0, f1 and so on.
    model.get_booster().feature_names = None
    width = model.n_features_in_
    made = convert_xgboost(model, initial_types=[("rows", FloatTensorType([None, width]))], target_opset=OPSET)
    (folder / "champion.onnx").write_bytes(made.SerializeToString())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
