"""What a data team does without Alta: pandas to the database and back, scikit-learn for the split.

Usage: pandas_reference.py URL FILE ROWS. Needs pandas, sqlalchemy, psycopg2-binary, scikit-learn. Prints seconds.
"""

import sys
import time

import pandas as pd
import sqlalchemy
from sklearn.model_selection import StratifiedGroupKFold

url, path, rows = sys.argv[1], sys.argv[2], int(sys.argv[3])
engine = sqlalchemy.create_engine(url)
pd.read_sql("SELECT 1", engine)


def timed(name, work):
    start = time.perf_counter()
    result = work()
    seconds = time.perf_counter() - start
    print(f"{name}: {seconds:.2f} s, {1e6 * seconds / rows:.1f} µs a row", flush=True)
    return result


def ingest():
    frame = pd.read_csv(path, nrows=rows, keep_default_na=False)
    frame.to_sql("pandas_raw", engine, if_exists="replace", index=False, chunksize=15_000)


def prepare():
    frame = pd.read_sql("SELECT * FROM pandas_raw", engine)
    frame = frame[~frame["discharge_disposition_id"].isin([11, 13, 14, 19, 20, 21])].reset_index(drop=True)
    folds = StratifiedGroupKFold(n_splits=5, shuffle=True, random_state=1)
    frame["dataset"] = "train"
    parts = list(folds.split(frame, frame["readmitted"], frame["patient_nbr"]))
    frame.loc[parts[0][1], "dataset"] = "validation"
    frame.loc[parts[1][1], "dataset"] = "test"
    frame.to_sql("pandas_clean", engine, if_exists="replace", index=False, chunksize=15_000)


timed("pandas read_csv + to_sql", ingest)
timed("pandas read_sql + StratifiedGroupKFold + to_sql", prepare)
