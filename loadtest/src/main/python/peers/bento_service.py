"""The champion in BentoML, with XGBoost, asked for encoded rows. PEER_FILES names the folder with native.json."""

import os
from pathlib import Path

import bentoml
import numpy as np
from xgboost import XGBClassifier


@bentoml.service(workers=1)
class Readmission:
    def __init__(self):
        self.model = XGBClassifier(n_jobs=1)
        self.model.load_model(Path(os.environ["PEER_FILES"]) / "native.json")

    @bentoml.api
    def predict(self, rows: list[list[float | None]]) -> list[list[float]]:
        """JSON has no NaN: what is missing is null."""
        return self.model.predict_proba(np.array(rows, dtype=np.float32)).tolist()
