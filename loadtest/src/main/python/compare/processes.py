"""Servers in processes of their own, and what they cost."""

import os
import signal
import subprocess
import time
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
LONGEST_STOP_SECONDS = 20
# Places in /proc/PID/stat behind the name.
PARENT, SESSION, USER, SYSTEM, BEGAN = 1, 3, 11, 12, 19


class Server:
    """What serves: one or several programs with all processes that they have started."""

    def __init__(self, commands, folder, log, environment):
        self.began = time.monotonic()
        self.log = log
        with open(log, "ab") as output:
            self.programs = [
                subprocess.Popen(
                    [str(part) for part in command],
                    cwd=folder,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    # Kept open: some end when theirs does.
                    stdin=subprocess.PIPE,
                    env=os.environ | environment,
                    start_new_session=True,
                )
                for command in commands
            ]

    def seconds(self):
        """Since it was started."""
        return time.monotonic() - self.began

    def ended(self):
        """How, of the first program that did; None while all run."""
        codes = [program.poll() for program in self.programs]
        return next((code for code in codes if code is not None), None)

    def _processes(self):
        """Themselves and what they have started, also in sessions of their own: the fields of stat by process."""
        stats = _stats()
        found = {program.pid for program in self.programs}
        grown = 0
        while grown != len(found):
            grown = len(found)
            found |= {pid for pid, stat in stats.items() if int(stat[PARENT]) in found or int(stat[SESSION]) in found}
        return {pid: stats[pid] for pid in found if pid in stats}

    def cpu_seconds(self):
        return sum((int(stat[USER]) + int(stat[SYSTEM])) / TICKS for stat in self._processes().values())

    def resident_mib(self):
        """Memory of all its processes; what they share is counted once, by its proportions."""
        total = 0
        for pid in self._processes():
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                total += int(line.split()[1]) / 1024 if line.startswith("Pss:") else 0
        return total

    def stop(self):
        began = {pid: stat[BEGAN] for pid, stat in self._processes().items()}
        for program in self.programs:
            if program.poll() is None:
                os.killpg(program.pid, signal.SIGTERM)
        for program in self.programs:
            try:
                program.wait(LONGEST_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(program.pid, signal.SIGKILL)
                program.wait()
            program.stdin.close()
        # What they have left behind; a number may be somebody else's by now.
        for pid, stat in _stats().items():
            if began.get(pid) == stat[BEGAN]:
                os.kill(pid, signal.SIGKILL)


def _stats():
    """What stands behind the name in each process's stat."""
    stats = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            # The name, in brackets, may hold spaces.
            stats[int(folder.name)] = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
    return stats
