"""The same service as fastapi_pandas.py without pandas, scikit-learn and XGBoost: what FastAPI itself can do."""

from fastapi import FastAPI
from pydantic import create_model

from onnx_scoring import Scoring

PYTHON_TYPES = {"TEXT": str, "WHOLE": int, "DECIMAL": float}

scoring = Scoring()
Encounter = create_model(
    "Encounter",
    **{column["name"]: (PYTHON_TYPES[column["type"]] | None, None) for column in scoring.state["columns"]},
)
app = FastAPI()


@app.post("/predict")
async def predict(encounter: Encounter):
    probabilities = scoring.probabilities(encounter.model_dump())
    return {"prediction": max(probabilities, key=probabilities.get), "probabilities": probabilities}
