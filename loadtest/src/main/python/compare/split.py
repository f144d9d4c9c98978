"""The part split."""

import tables


def run(settings):
    def lanes(postgres, file):
        postgres.does(f"ingest {file}", settings.rows)
        return {
            tables.ALTA: lambda: postgres.does("prepare", settings.rows),
            tables.COPY: lambda: postgres.does("copy-out-and-in", settings.rows),
        }

    words = (
        "From `raw_data` to `clean_data` in three sides. Alta cleans, excludes with a reason, looks up each patient's "
        "earlier encounters, splits exactly by patient and outcome, profiles all columns and publishes at once with a "
        "certificate; `psql \\copy` writes the table to a file and back into another one, the least that reading and "
        "writing can cost; pandas reads it, splits it by `StratifiedGroupKFold` and writes it."
    )
    compared = tables.compare(settings, "split", lanes)
    return tables.report(settings, "split", "Split: Alta beside psql and scikit-learn", words, compared)
