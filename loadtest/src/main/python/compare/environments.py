"""A virtual environment for each peer, made from its list of packages and kept until that list changes."""

import subprocess
import sys
from pathlib import Path

from unavailable import Unavailable

PEERS = Path(__file__).parent.parent / "peers"
LONGEST_INSTALL_SECONDS = 1_200


class Environments:
    def __init__(self, folder):
        self.folder = folder

    def folder_of(self, name):
        """Installed, if it can be."""
        wanted = PEERS / f"requirements-{name}.txt"
        made = self.folder / name
        note = made / "installed.txt"
        if not note.exists() or note.read_bytes() != wanted.read_bytes():
            print(f"installing {name} from PyPI", file=sys.stderr, flush=True)
            self._make(made, wanted)
            note.write_bytes(wanted.read_bytes())
        return made

    def python(self, name):
        return self.folder_of(name) / "bin/python"

    def _make(self, made, wanted):
        steps = [
            [sys.executable, "-m", "venv", "--clear", made],
            [made / "bin/pip", "-q", "--disable-pip-version-check", "install", "-r", wanted],
        ]
        for step in steps:
            try:
                done = subprocess.run(step, capture_output=True, text=True, timeout=LONGEST_INSTALL_SECONDS)
            except subprocess.TimeoutExpired:
                raise Unavailable(f"{wanted.name}: not installed within {LONGEST_INSTALL_SECONDS} s") from None
            if done.returncode != 0:
                said = (done.stderr.strip() or done.stdout.strip() or "no reason given").splitlines()[-1]
                raise Unavailable(f"{wanted.name} cannot be installed: {said}")


def packages(name):
    """What is asked for by name and version, as a text."""
    return ", ".join((PEERS / f"requirements-{name}.txt").read_text().split()).replace("==", " ")


def main(folder, name):
    """Prints the Python of an environment."""
    try:
        print(Environments(Path(folder)).python(name))
    except Unavailable as missing:
        sys.exit(str(missing))


if __name__ == "__main__":
    main(*sys.argv[1:])
