"""A report in Markdown, with its pictures beside it."""

import statistics


class Report:
    def __init__(self, name, title):
        self.name, self.title = name, title
        self.blocks, self.pictures = [f"# {title}"], {}
        # What makes the command fail: errors, and answers that differ.
        self.failures = []

    def say(self, text):
        self.blocks.append(text)

    def table(self, heads, rows):
        lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
        self.blocks.append("\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]))

    def picture(self, name, svg, words):
        self.pictures[f"{self.name}-{name}.svg"] = svg
        self.blocks.append(f"![{words}]({self.name}-{name}.svg)")

    def fail(self, text):
        self.failures.append(text)
        self.blocks.append(f"**{text}**")

    def markdown(self):
        return "\n\n".join(self.blocks) + "\n"

    def write(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        for name, svg in self.pictures.items():
            (folder / name).write_text(svg)
        file = folder / f"{self.name}.md"
        file.write_text(self.markdown())
        return file


def rounds(count):
    return f"{count} round{'s' if count > 1 else ''}"


def number(value):
    """With as many digits as say something."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def ratio(above, below):
    """The median of the rounds' ratios, with the smallest and the largest."""
    each = sorted(one / other for one, other in zip(above, below) if other > 0)
    if not each:
        return "-"
    spread = f" ({number(each[0])}–{number(each[-1])})" if len(each) > 1 else ""
    return number(statistics.median(each)) + spread
