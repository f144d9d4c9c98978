"""What a data team does without Alta: pandas to the database and back, scikit-learn for the split.

Usage: pandas_tables.py URL FILE ROWS ingest|split. Prints seconds, seconds of CPU and peak resident memory in MiB.
"""

import resource
import sys
import time

import pandas as pd
import sqlalchemy
from sklearn.model_selection import StratifiedGroupKFold

BATCH = 15_000
DIED_OR_HOSPICE = [11, 13, 14, 19, 20, 21]


def ingest(engine, path, rows):
    frame = pd.read_csv(path, nrows=rows, keep_default_na=False)
    frame.to_sql("pandas_raw", engine, if_exists="replace", index=False, chunksize=BATCH)


def split(engine):
    frame = pd.read_sql("SELECT * FROM pandas_raw", engine)
    frame = frame[~frame["discharge_disposition_id"].isin(DIED_OR_HOSPICE)].reset_index(drop=True)
    folds = StratifiedGroupKFold(n_splits=5, shuffle=True, random_state=1)
    frame["dataset"] = "train"
    parts = list(folds.split(frame, frame["readmitted"], frame["patient_nbr"]))
    frame.loc[parts[0][1], "dataset"] = "validation"
    frame.loc[parts[1][1], "dataset"] = "test"
    frame.to_sql("pandas_clean", engine, if_exists="replace", index=False, chunksize=BATCH)


def main(url, path, rows, part):
    engine = sqlalchemy.create_engine(url)
    pd.read_sql("SELECT 1", engine)
    if part == "split":
        # What it reads is not timed.
        ingest(engine, path, rows)
    start, cpu = time.perf_counter(), time.process_time()
    ingest(engine, path, rows) if part == "ingest" else split(engine)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"took {seconds:.3f} {cpu:.3f} {peak}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
