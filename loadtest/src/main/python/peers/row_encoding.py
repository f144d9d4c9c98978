"""The champion's encoding of one row in plain Python: what is left of a pipeline once pandas is taken out of it."""

import numpy as np

from icd9 import GROUPS, OTHER_GROUP

LETTERS = {"V": 1000.0, "E": 2000.0}


class RowEncoding:
    """Makes the vector of an encounter; state is the bundle's encoder."""

    def __init__(self, state):
        self.features = state["features"]
        self.columns = state["columns"]
        self.empty = np.nan if state["no_is_missing"] else 0.0
        self.asking = np.array([feature["kind"].startswith("IS_") for feature in self.features])
        self.plain, self.asked, self.coded, self.categories = {}, {}, {}, {}
        for place, feature in enumerate(self.features):
            kind, name = feature["kind"], feature["column"]
            if kind in ("QUANTITY", "POSITION", "CODE_POSITION"):
                self.plain.setdefault(name, []).append((place, kind))
            elif kind == "IS_CODE_CATEGORY":
                self.categories.setdefault(feature["value"], []).append(place)
            elif kind == "IS_GROUP":
                self.coded.setdefault(name, {})[feature["value"]] = place
            else:
                answer = feature["value"] if kind == "IS_VALUE" else kind
                self.asked.setdefault(name, {})[answer] = place
        self.orders = {
            column["name"]: {value: float(i) for i, value in enumerate(column["values"])} for column in self.columns
        }
        self.numbers = {column["name"] for column in self.columns if column["type"] != "TEXT"}
        category_columns = [f for f in self.features if f["kind"] == "IS_CODE_CATEGORY"]
        self.category_columns = sorted({name for f in category_columns for name in [f["column"], *f["more_columns"]]})

    def vector(self, encounter):
        """encounter: values by column; what is not given is left out."""
        row = {column["name"]: self._cleaned(column, encounter.get(column["name"])) for column in self.columns}
        vector = np.where(self.asking, np.float32(self.empty), np.float32(np.nan)).astype("float32")
        for name, places in self.plain.items():
            for place, kind in places:
                vector[place] = self._number(name, kind, row[name])
        for name, places in self.asked.items():
            value = row[name]
            if value is None:
                place = places.get("IS_MISSING")
            else:
                place = places.get(self._text(name, value), places.get("IS_OTHER"))
            if place is not None:
                vector[place] = 1
        for name, places in self.coded.items():
            place = places.get(group(row[name])) if row[name] is not None else None
            if place is not None:
                vector[place] = 1
        for name in self.category_columns:
            for place in self.categories.get((row[name] or "").split(".")[0], ()):
                vector[place] = 1
        return vector

    def _cleaned(self, column, value):
        value = None if value is not None and value == column.get("missing_marker") else value
        if value is not None or column.get("default") is None:
            return value
        return float(column["default"]) if column["name"] in self.numbers else column["default"]

    def _text(self, name, value):
        return str(int(value)) if name in self.numbers else value

    def _number(self, name, kind, value):
        if value is None:
            return np.nan
        if kind == "POSITION":
            return self.orders[name].get(value, np.nan)
        return float(value) if kind == "QUANTITY" else position(value)


def position(code):
    """Of an ICD-9 code in the order of the codes."""
    digits = code.lstrip("VE")
    try:
        return LETTERS.get(code[0], 0.0) + float(digits)
    except ValueError:
        return np.nan


def group(code):
    """Of an ICD-9 code; the first that fits."""
    category = code.split(".")[0]
    if not category.isdigit():
        return OTHER_GROUP
    number = int(category)
    for name, ranges in GROUPS.items():
        if any(low <= number <= high for low, high in ranges):
            return name
    return OTHER_GROUP
