"""The champion's encoding as a scikit-learn pipeline over a pandas frame of raw encounters."""

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer, MultiLabelBinarizer, OneHotEncoder, OrdinalEncoder

from icd9 import GROUPS, OTHER_GROUP

OTHER, MISSING = "(other)", "(missing)"


def encoding(state):
    """A pipeline from raw encounters to the vectors of the model; state is the bundle's encoder."""
    features = state["features"]
    kinds = {}
    for feature in features:
        kinds.setdefault(feature["column"], {}).setdefault(feature["kind"], []).append(feature)
    columns = {column["name"]: column for column in state["columns"]}
    quantities = [name for name in kinds if "QUANTITY" in kinds[name]]
    ordered = [name for name in kinds if "POSITION" in kinds[name]]
    listed = {name: [f["value"] for f in kinds[name]["IS_VALUE"]] for name in kinds if "IS_VALUE" in kinds[name]}
    codes = [name for name in kinds if "IS_GROUP" in kinds[name]]
    steps = [
        ("quantities", FunctionTransformer(lambda frame: frame.astype("float64")), quantities),
        ("ordered", _ordinal([columns[name]["values"] for name in ordered]), ordered),
        ("listed", Pipeline([("rare", FunctionTransformer(_rare(listed))), ("one hot", _one_hot(listed))]), list(listed)),
        ("codes", FunctionTransformer(_Codes(features, codes)), codes),
    ]
    made = [f"{name}#QUANTITY" for name in quantities] + [f"{name}#POSITION" for name in ordered]
    for name, values in listed.items():
        made += [f"{name}#IS_VALUE#{v}" for v in values] + [f"{name}#IS_OTHER", f"{name}#IS_MISSING"]
    made += _Codes(features, codes).names
    return Pipeline(
        [
            ("clean", FunctionTransformer(_clean(state["columns"]))),
            ("encode", ColumnTransformer(steps)),
            ("order", FunctionTransformer(_order(made, features, state["no_is_missing"]))),
        ]
    )


def _clean(columns):
    defaults = {column["name"]: column["default"] for column in columns if column.get("default") is not None}
    markers = {column["name"]: column["missing_marker"] for column in columns if column.get("missing_marker")}
    numbers = {column["name"] for column in columns if column["type"] != "TEXT"}
    defaults = {name: float(value) if name in numbers else value for name, value in defaults.items()}

    def clean(frame):
        frame = frame.replace(markers, None).astype({name: "float64" for name in numbers})
        return frame.fillna(defaults)

    return clean


def _ordinal(categories):
    return OrdinalEncoder(
        categories=categories, handle_unknown="use_encoded_value", unknown_value=np.nan, encoded_missing_value=np.nan
    )


def _rare(listed):
    def rare(frame):
        made = {}
        for name, values in listed.items():
            texts = frame[name]
            if texts.dtype == "float64":
                texts = texts.astype("Int64").astype("string")
            made[name] = np.where(texts.isna(), MISSING, np.where(texts.isin(values), texts, OTHER))
        return pd.DataFrame(made)

    return rare


def _one_hot(listed):
    categories = [values + [OTHER, MISSING] for values in listed.values()]
    return OneHotEncoder(categories=categories, handle_unknown="ignore", sparse_output=False)


class _Codes:
    """Diagnoses by group, by place in the order of the codes, and by category in any of the columns."""

    def __init__(self, features, codes):
        self.groups = [*GROUPS, OTHER_GROUP]
        self.columns = codes
        self.categories = [f["value"] for f in features if f["kind"] == "IS_CODE_CATEGORY"]
        self.binarizer = MultiLabelBinarizer(classes=self.categories).fit([])
        self.names = []
        for name in codes:
            self.names += [f"{name}#CODE_POSITION", f"{name}#IS_MISSING"]
            self.names += [f"{name}#IS_GROUP#{group}" for group in self.groups]
        self.names += [f"any#IS_CODE_CATEGORY#{category}" for category in self.categories]

    def __call__(self, frame):
        parts = []
        categories = pd.DataFrame(index=frame.index)
        for name in self.columns:
            code = frame[name].astype("string")
            category = code.str.split(".").str[0]
            categories[name] = category
            letter = code.str[0].map({"V": 1000.0, "E": 2000.0}).fillna(0.0).astype("float64")
            position = letter + pd.to_numeric(code.str.lstrip("VE"), errors="coerce").astype("float64")
            number = pd.to_numeric(category, errors="coerce").astype("float64")
            fits = [
                np.logical_or.reduce([number.between(low, high) for low, high in ranges])
                for ranges in GROUPS.values()
            ]
            group = np.where(code.isna(), MISSING, np.select(fits, list(GROUPS), default=OTHER_GROUP))
            parts += [position.to_numpy(), code.isna().to_numpy()]
            parts += [group == one for one in self.groups]
        known = set(self.categories)
        found = [known.intersection(row) for row in categories.itertuples(index=False)]
        return np.column_stack([*parts, self.binarizer.transform(found)])


def _order(made, features, no_is_missing):
    place = {name: i for i, name in enumerate(made)}

    def name(feature):
        if feature["kind"] == "IS_CODE_CATEGORY":
            return f"any#IS_CODE_CATEGORY#{feature['value']}"
        asks = f"#{feature['value']}" if feature["kind"] in ("IS_VALUE", "IS_GROUP") else ""
        return f"{feature['column']}#{feature['kind']}{asks}"

    order = [place[name(feature)] for feature in features]
    asking = np.array([feature["kind"].startswith("IS_") for feature in features])

    def put(vectors):
        vectors = np.asarray(vectors, dtype="float32")[:, order]
        if no_is_missing:
            vectors = np.where(asking & (vectors == 0), np.float32(np.nan), vectors)
        return vectors

    return put
