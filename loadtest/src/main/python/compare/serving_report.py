"""What the part serving writes."""

import statistics
from collections import Counter

import machine
from picture import Bar, bars
from report import Report, number, ratio, rounds

TITLE = "Serving: Alta beside services of other makes"
CONNECTIONS = (1, 64)
HEADS = ("requests/s", "p50 ms", "p99 ms", "CPU µs a request")
FIGURES = (
    lambda done, cpu: done.per_second,
    lambda done, cpu: done.p50,
    lambda done, cpu: done.p99,
    lambda done, cpu: cpu,
)


class ServingReport:
    """Of all that took part and what was measured of them."""

    def __init__(self, field, settings):
        self.field, self.settings = field, settings

    def report(self, header):
        report = Report("serving", TITLE)
        report.say(f"`{self.settings.command}`, {machine.today()}: {header}")
        if self.settings.smoke:
            report.say(self._answers())
            self._failures(report)
            return report
        report.say(self._words())
        self._failures(report)
        self._ratios(report)
        self._figures(report)
        self._starts(report)
        report.picture("load", self._picture(), "Requests a second, 99th percentile and CPU time over 64 connections")
        report.say(self._answers())
        return report

    def _words(self):
        trees, width = self.field.state["trees"], len(self.field.state["features"])
        return (
            f"The same champion for all, {trees} trees on {width} features, on one machine with the programs that ask "
            f"them. Each answers a fixed number of requests in a closed loop and all answers are waited for, in "
            f"{rounds(self.settings.rounds)} of about {self.settings.seconds:g} s each, one service after the other, "
            "every second round the other way round; each round asks for another row. A closed loop waits for slow "
            "answers, so its percentiles flatter whoever is slow. Alta checks each row against its contract and writes a "
            "log of predictions into PostgreSQL while it is measured; the peers check types at most and keep no log. Raw "
            "rows are encoded by the service, encoded ones by the caller beforehand."
        )

    def _failures(self, report):
        for name, why in self.field.out.items():
            line = f"{name}: not timed, {why}"
            ours = name.startswith("Alta")
            report.fail(line) if ours or "differ" in why else report.say(line + ".")
        for (service, way, connections), turns in self.field.turns.items():
            errors = sum((Counter(done.errors) for done, _ in turns), Counter())
            if errors:
                said = ", ".join(f"{count} times {status}" for status, count in errors.items())
                report.fail(f"{service}, {way}, {connections} connections: {said} (expected: no errors)")

    def _each(self, key, figure):
        return [figure(done, cpu) for done, cpu in self.field.turns[key]]

    def _middle(self, key, figure):
        return statistics.median(self._each(key, figure))

    def _ratios(self, report):
        """Alta's figure by the peer's, round by round."""
        ours = [service for service in self.field.services if service.kind == "alta"]
        mine = {way.name: service.name for service in ours for way in service.ways}
        lines = []
        for service in self.field.services:
            for way in service.ways:
                for beside in way.beside:
                    for connections in CONNECTIONS if beside in mine else ():
                        ours = (mine[beside], beside, connections)
                        lines.append([service.name, way.name, beside, str(connections), *self._of(ours, service, way)])
        report.say(
            "How many times better Alta is: its requests/s by the peer's, the peer's times by Alta's; below 1 Alta is "
            "worse. Median of the rounds' ratios, in brackets the smallest and the largest."
        )
        report.table(
            ["beside", "asked by", "Alta's", "connections", "requests/s", "p50", "p99", "CPU a request"], lines
        )

    def _of(self, ours, service, way):
        theirs = (service.name, way.name, ours[2])
        more_is_better, *less_is_better = FIGURES
        yield ratio(self._each(ours, more_is_better), self._each(theirs, more_is_better))
        for figure in less_is_better:
            yield ratio(self._each(theirs, figure), self._each(ours, figure))

    def _figures(self, report):
        lines = []
        for service, way, connections in self.field.cells():
            key = service.name, way.name, connections
            middle = [number(self._middle(key, figure)) for figure in FIGURES]
            lines.append([service.name, way.name, str(connections), f"{self.field.counts[key]:,}", *middle])
        report.say("Medians of the rounds:")
        report.table(
            ["", "asked by", "connections", "requests", *HEADS], lines
        )

    def _starts(self, report):
        lines, resident = [], self.field.resident()
        for service in self.field.services:
            tries = self.field.starts[service.name]
            each = ", ".join(f"{seconds:.1f}" for seconds in tries)
            lines.append([service.name, f"{statistics.median(tries):.1f} ({each})", f"{resident[service.name]:.0f}"])
        report.table(["", "first answer after, s", "resident after the load, MiB"], lines)

    def _picture(self):
        panels = {}
        for title, figure in zip(HEADS, FIGURES):
            if title != "p50 ms":
                panels[f"{title}, {CONNECTIONS[-1]} connections"] = [
                    Bar(_label(service, way), self._middle((service.name, way.name, connections), figure), service.kind)
                    for service, way, connections in self.field.cells()
                    if connections == CONNECTIONS[-1]
                ]
        return bars(panels)

    def _answers(self):
        differing = [(*key, value) for key, value in self.field.differences.items() if value]
        each = "; ".join(f"{service}, {way}: {value:.1e}" for service, way, value in differing)
        return (
            f"Before anything was timed, each way but the bare service's answered {len(self.field.rows)} rows. The "
            f"largest differences from the kernel's probabilities: {each or 'none'}; all others none."
        )


def _label(service, way):
    if service.kind == "alta":
        return f"{service.name}: {way.name}"
    return f"{service.name}, {way.name.split(',')[0].removeprefix('OIP over ')}"
