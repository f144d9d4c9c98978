"""Compares Alta, part by part, with what one would use in its place; loadtest/compare says how to call it."""

import argparse
import importlib
import re
import shlex
import signal
import sys
import tempfile
import time
from pathlib import Path

from parts import ROOT, Settings
from unavailable import Unavailable

# In this order; on two quiet cores, three rounds, everything installed.
PARTS = {
    "serving": "services beside the scorer and the gateway: 10 minutes",
    "kernel": "libraries that score trees, on one thread: 15 minutes",
    "ingest": "psql \\copy and pandas: 3 minutes",
    "split": "psql \\copy and pandas with scikit-learn: 4 minutes",
    "training": "Optuna and XGBoost: 20 minutes",
}


def arguments(words):
    parser = argparse.ArgumentParser(
        prog="loadtest/compare",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Compares Alta with what one would use in its place, in turn on one machine, and writes a table of"
        "\nratios and pictures for each part into loadtest/comparison.",
        epilog="\n".join(f"  {name:9} {words}" for name, words in PARTS.items())
        + "\n\nPeers come from PyPI into virtual environments under target/compare; what cannot be installed is skipped"
        "\nand named. serving needs ghz (go install github.com/bojand/ghz/cmd/ghz@v0.121.0; fetched so where go is) and"
        "\nh2load (Debian: nghttp2-client), ingest and split psql and PostgreSQL's programs (postgresql-15)."
        "\nExit code: 0 all done or skipped, 1 errors or answers that differ, 2 wrong usage.",
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help="one or several of these; without: all")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="rounds in turn (3)")
    parser.add_argument("--seconds", type=float, default=4, metavar="S", help="serving: of each measurement (4)")
    parser.add_argument("--home", type=Path, help="serving: of an alta up that is not running (.alta, or made for it)")
    parser.add_argument("--data", type=Path, metavar="FILE", help="training: encounters as CSV (generated ones)")
    parser.add_argument("--rows", type=int, default=1_000_000, metavar="N", help="ingest, split: how many (1000000)")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where to write (loadtest/comparison)")
    parser.add_argument(
        "--smoke", action="store_true", help="serving: answers compared and a few requests each; writes no figures"
    )
    given = parser.parse_args(words)
    for part in given.parts:
        if part not in PARTS:
            parser.error(f"part: {part} (expected: {', '.join(PARTS)})")
    for name in ("rounds", "seconds", "rows"):
        if getattr(given, name) <= 0:
            parser.error(f"{name}: {getattr(given, name)} (expected: > 0)")
    return given


def main(words):
    if words[:1] == ["--check"]:
        arguments(words[1:])
        return 0
    given = arguments(words)
    usual = ROOT / ".alta"
    home = given.home or (usual if (usual / "objects/alta/models").exists() else None)
    out = given.out or ROOT / "loadtest/comparison"
    failed = False
    with tempfile.TemporaryDirectory() as work:
        settings = Settings(
            rounds=1 if given.smoke else given.rounds,
            seconds=given.seconds,
            smoke=given.smoke,
            home=home.resolve() if home else None,
            data=given.data.resolve() if given.data else None,
            rows=given.rows,
            kept=ROOT / "target/compare",
            work=Path(work),
            command=said(words),
        )
        for part in [part for part in PARTS if part in given.parts or not given.parts]:
            failed |= not compared(part, settings, None if given.smoke else out)
    return 1 if failed else 0


def said(words):
    """The command for the report, without places of this machine."""
    return shlex.join(["loadtest/compare", *(re.sub(r"(^|=)/.*/", r"\1", word) for word in words)])


def compared(part, settings, out):
    """Whether nothing failed."""
    began = time.monotonic()
    try:
        report = importlib.import_module(part).run(settings)
    except (Unavailable, ModuleNotFoundError) as missing:
        print(f"{part}: skipped, {missing}", flush=True)
        return True
    print(report.markdown())
    took = f"{part}: {time.monotonic() - began:.0f} s"
    if out:
        took += f", written to {report.write(out)}"
    print(took, flush=True)
    return not report.failures


if __name__ == "__main__":
    # Told to stop, it stops what it has started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main(sys.argv[1:]))
