"""The part ingest."""

import tables


def run(settings):
    def lanes(postgres, file):
        rows = settings.rows
        return {
            tables.ALTA: lambda: postgres.does(f"ingest {file}", rows),
            "Alta, the same again": lambda: _again(postgres, file, rows),
            tables.COPY: lambda: postgres.does(f"copy-in {file}", rows),
        }

    words = (
        "A CSV file into `raw_data` with its indexes. Alta also checks each row against the contract, keeps a ledger of "
        "batches and takes no row twice; `psql \\copy` and pandas' `read_csv` and `to_sql` only write. `the same again` "
        "reads the file once more and finds nothing new."
    )
    compared = tables.compare(settings, "ingest", lanes)
    return tables.report(settings, "ingest", "Ingest: Alta beside psql and pandas", words, compared)


def _again(postgres, file, rows):
    """Not timed is what makes it a second time: the one before may have been anybody's."""
    postgres.does(f"ingest {file}", rows)
    return postgres.does(f"again {file}", rows)
