"""What a part of the comparison is told, and the programs of Alta that it runs."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from environments import Environments

ROOT = Path(__file__).parents[5]
LOADTEST_JARS = f"{ROOT / 'loadtest/target/classes'}{os.pathsep}{ROOT / 'loadtest/target/lib'}/*"
LONGEST_START_SECONDS = 300
LOGGING = f"-Dlogback.configurationFile={ROOT / 'loadtest/logback.xml'}"


@dataclass(frozen=True)
class Settings:
    rounds: int
    # How long one measurement of a service lasts, about.
    seconds: float
    # A few requests only, to see that all works.
    smoke: bool
    # The home of an alta up, or None.
    home: Path | None
    # A file of encounters, or None for generated ones.
    data: Path | None
    rows: int
    # Of models and virtual environments, kept from run to run.
    kept: Path
    # Thrown away at the end.
    work: Path
    command: str

    @property
    def environments(self):
        return Environments(self.kept / "environments")


def java(*options):
    """The beginning of a command that runs a class of the module of benchmarks."""
    return ["java", *options, LOGGING, "-cp", LOADTEST_JARS]


def alta(*words):
    """Runs the command alta to its end."""
    done = subprocess.run([ROOT / "alta", *words], capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"alta {words[0]}: {done.stderr.strip()} (expected: exit code 0)")
    return done.stdout


def generated(rows):
    """A file of so many generated encounters, made once."""
    file = ROOT / f"target/benchmark/encounters-{rows}.csv"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        alta("generate", "--rows", str(rows), "--seed", "7", "--out", str(part))
        part.rename(file)
    return file


def turned(items, turn):
    """Every second round goes the other way round, so that no place is the better one."""
    return list(items) if turn % 2 == 0 else list(reversed(items))
