"""A readmission service as they are commonly written: FastAPI, pandas, a scikit-learn pipeline, XGBoost.

PEER_FILES names the folder with encoder.json and native.json.
"""

import json
import os
from pathlib import Path

import pandas as pd
from fastapi import FastAPI
from pydantic import create_model
from xgboost import XGBClassifier

from pandas_encoding import encoding

FOLDER = Path(os.environ["PEER_FILES"])
STATE = json.loads((FOLDER / "encoder.json").read_text())
PYTHON_TYPES = {"TEXT": str, "WHOLE": int, "DECIMAL": float}

Encounter = create_model(
    "Encounter", **{column["name"]: (PYTHON_TYPES[column["type"]] | None, None) for column in STATE["columns"]}
)
# All categories are known already; fitting only learns the frame's columns.
encode = encoding(STATE).fit(pd.DataFrame([Encounter().model_dump()]))
model = XGBClassifier(n_jobs=1)
model.load_model(FOLDER / "native.json")
app = FastAPI()


@app.post("/predict")
def predict(encounter: Encounter):
    features = encode.transform(pd.DataFrame([encounter.model_dump()]))
    probabilities = dict(zip(STATE["classes"], model.predict_proba(features)[0].tolist()))
    return {"prediction": max(probabilities, key=probabilities.get), "probabilities": probabilities}
