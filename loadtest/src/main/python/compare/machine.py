"""What was measured on, in words."""

import os
import platform
import subprocess
import time
from datetime import datetime, timezone
from pathlib import Path

# More cores than that kept busy before anything was begun: others were at work.
QUIET = 0.3
SAMPLE_SECONDS = 3
# Said by the script, as it builds before it measures.
BUSY_BEFORE = "COMPARE_BUSY_BEFORE"
# Of the times of all cores, by their places in /proc/stat.
IDLE, WAITING, TIMES = 3, 4, 8


def said_by(*command):
    """The first line of what a program says of itself."""
    done = subprocess.run(command, capture_output=True, text=True)
    return (done.stdout or done.stderr).strip().splitlines()[0]


def processor():
    cpuinfo = Path("/proc/cpuinfo")
    names = [
        line.partition(":")[2].strip()
        for line in (cpuinfo.read_text().splitlines() if cpuinfo.exists() else [])
        if line.startswith("model name")
    ]
    return names[0] if names else platform.processor() or platform.machine()


def memory():
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB"


def busy_cores():
    """How many cores are busy now; a load average would still tell of what has ended."""
    stat = Path("/proc/stat")
    if not stat.exists():
        return os.getloadavg()[0]

    def worked():
        times = [int(spent) for spent in stat.read_text().split("\n", 1)[0].split()[1 : 1 + TIMES]]
        return (sum(times) - times[IDLE] - times[WAITING]) / os.sysconf("SC_CLK_TCK")

    before, began = worked(), time.monotonic()
    time.sleep(SAMPLE_SECONDS)
    return (worked() - before) / (time.monotonic() - began)


def commit():
    """Of Alta, where the sources are in Git."""
    command = ["git", "-C", str(Path(__file__).parent), "rev-parse", "--short", "HEAD"]
    done = subprocess.run(command, capture_output=True, text=True)
    return f"Alta at {done.stdout.strip()}; " if done.returncode == 0 else ""


def described(*versions):
    """One line, and a second one where others were at work."""
    busy = float(os.environ.get(BUSY_BEFORE) or busy_cores())
    java = said_by("java", "-version").replace('"', "")
    parts = [f"{os.cpu_count()} cores ({processor()}), {memory()}", platform.platform(terse=True), java]
    parts += [f"Python {platform.python_version()}", *versions]
    line = commit() + "; ".join(parts) + "."
    if busy > QUIET:
        line += f"\n\n**Others were at work: {busy:.1f} cores were busy at the start. Do not keep these figures.**"
    return line


def today():
    return datetime.now(timezone.utc).strftime("%Y-%m-%d")


if __name__ == "__main__":
    print(f"{busy_cores():.2f}")
