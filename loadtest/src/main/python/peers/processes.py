"""Servers in processes of their own, and what they cost."""

import os
import signal
import subprocess
import time
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """A running server with all processes that it has started."""

    def __init__(self, command, folder, log, environment):
        self.began = time.monotonic()
        with open(log, "ab") as output:
            self.process = subprocess.Popen(
                [str(part) for part in command],
                cwd=folder,
                stdout=output,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                env=os.environ | environment,
                start_new_session=True,
            )

    def seconds(self):
        """Since it was started."""
        if self.process.poll() is not None:
            raise RuntimeError(f"{self.process.args[0]} ended with {self.process.returncode} (expected: to serve)")
        return time.monotonic() - self.began

    def _processes(self):
        """Of its session: itself and what it has started."""
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                # The name, in brackets, may hold spaces.
                stat = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(stat[3]) == self.process.pid:
                yield folder, stat

    def cpu_seconds(self):
        return sum((int(stat[11]) + int(stat[12])) / TICKS for _, stat in self._processes())

    def resident_mib(self):
        """Memory of all its processes; what they share is counted once, by its proportions."""
        total = 0
        for folder, _ in self._processes():
            for line in (folder / "smaps_rollup").read_text().splitlines():
                total += int(line.split()[1]) / 1024 if line.startswith("Pss:") else 0
        return total

    def stop(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
