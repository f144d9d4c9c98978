"""Compares the scorer with services of other makes on the same model and rows; prints tables as Markdown.

Arguments: folder of PeerParts, folder of the virtual environments, the command alta, rounds.
"""

import json
import statistics
import sys
from pathlib import Path

from processes import Server
from services import Catalogue

LARGEST_DIFFERENCE = 1e-5
STARTS = 3


def main(folder, venvs, alta, rounds):
    catalogue = Catalogue(folder, venvs, alta)
    rows = json.loads((folder / "rows.json").read_text())
    state = catalogue.state
    print(f"\nchampion: version {state['version']}, {state['trees']} trees, {len(state['features'])} features")
    parts = json.loads((folder / "parts.json").read_text())
    services = [catalogue.fastapi(1), catalogue.fastapi(2), catalogue.mlserver(), catalogue.scorer(parts)]
    servers = {}
    try:
        starts = {service.name: [] for service in services}
        for i in range(STARTS):
            for service in services:
                server = start(service, folder)
                servers[service.name] = server
                service.ways[0].ask(rows[0])
                starts[service.name].append(server.seconds())
                if i < STARTS - 1:
                    server.stop()
        for service in services:
            for way in service.ways:
                print(f"{service.name}, {way.name}: differs by {largest_difference(way, rows):.1e} at most")
        measured = measure(services, servers, rounds)
        resident = {service.name: servers[service.name].resident_mib() for service in services}
    finally:
        for server in servers.values():
            server.stop()
    report(services, measured, starts, resident)


def start(service, folder):
    log = folder / (service.name.replace(" ", "-") + ".log")
    return Server(service.command, folder, log, service.environment)


def largest_difference(way, rows):
    """Between a service's probabilities and the kernel's."""
    largest = 0
    for row in rows:
        answer = way.ask(row)
        if len(answer) != len(row["probabilities"]):
            raise SystemExit(f"{way.name}: {answer} (expected: {len(row['probabilities'])} probabilities)")
        difference = max(abs(one - other) for one, other in zip(answer, row["probabilities"]))
        if not difference <= LARGEST_DIFFERENCE:  # nor is NaN
            raise SystemExit(f"{way.name}: differs by {difference} (expected: at most {LARGEST_DIFFERENCE})")
        largest = max(largest, difference)
    return largest


def measure(services, servers, rounds):
    """Runs by service, way and number of connections; the first round is to warm up."""
    measured = {}
    for round_number in range(-1, rounds):
        for service in services if round_number % 2 == 0 else reversed(services):
            for way in service.ways:
                for connections, requests in zip((1, 64), way.requests):
                    cpu = servers[service.name].cpu_seconds()
                    run = way.load.run(requests, connections)
                    cpu = (servers[service.name].cpu_seconds() - cpu) / requests
                    if round_number >= 0:
                        measured.setdefault((service.name, way.name, connections), []).append((run, cpu))
    return measured


def report(services, measured, starts, resident):
    middle = {}
    for key, turns in measured.items():
        figures = [(run.per_second, run.p50, run.p99, 1e6 * cpu) for run, cpu in turns]
        middle[key] = [statistics.median(column) for column in zip(*figures)]
    print("\n| | connections | requests/s | p50 ms | p99 ms | CPU µs a request | errors |")
    print("|---|---|---|---|---|---|---|")
    for (service, way, connections), (per_second, p50, p99, cpu) in middle.items():
        errors = sum(run.errors for run, _ in measured[service, way, connections])
        name = f"{service}: {way}"
        print(f"| {name} | {connections} | {per_second:,.0f} | {p50:,.2f} | {p99:,.2f} | {cpu:,.0f} | {errors} |")
    print("\n| | first answer after, s | resident after the load, MiB |")
    print("|---|---|---|")
    for service in services:
        tries = ", ".join(f"{seconds:.2f}" for seconds in starts[service.name])
        print(f"| {service.name} | {statistics.median(starts[service.name]):.2f} ({tries}) | {resident[service.name]:.0f} |")
    ratios(services, middle)


def ratios(services, middle):
    """Of each of Alta's ways beside each way of the others that takes the same protocol or row."""
    *peers, alta = services
    print("\n| ratio | connections | requests/s | p99 |")
    print("|---|---|---|---|")
    for peer in peers:
        for way in peer.ways:
            ours = alta.ways[1 if way.name.startswith("OIP") else 0]
            for connections in (1, 64):
                mine = middle[alta.name, ours.name, connections]
                theirs = middle[peer.name, way.name, connections]
                name = f"Alta's {ours.name} / {peer.name}'s {way.name}"
                print(f"| {name} | {connections} | {mine[0] / theirs[0]:.1f} | 1/{theirs[2] / mine[2]:.1f} |")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve(), sys.argv[3], int(sys.argv[4]))
