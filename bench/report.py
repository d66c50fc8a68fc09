"""Collects rows and shows them."""

import json
import sys

COLUMNS = ("work", "reached", "bar", "ratio", "verdict")


class Report:
    def __init__(self, machine, is_quick):
        self._machine = machine
        self._is_quick = is_quick
        self._rows = []
        self._failures = []

    def begin(self, work, database):
        self._say(f"{work} on {database}")

    def at_least(self, work, value, bar, show, details=""):
        """`ratio` is how many times the bar was reached, so that below 1 is always too little."""
        self._add(work, value, bar, "≥", value / bar, show, details)

    def at_most(self, work, value, bar, show, details=""):
        self._add(work, value, bar, "≤", bar / value if value > 0 else float("inf"), show, details)

    def note(self, work, value, show, details=""):
        """A number without a bar of its own."""
        self._rows.append({"work": work, "value": value, "reached": show(value), "details": details, "bar": "",
                           "ratio": None, "verdict": ""})
        self._say_row(self._rows[-1])

    def fail(self, work, failure):
        output = getattr(failure, "stderr", None) or b""
        text = f"{failure} {output.decode(errors='replace') if isinstance(output, bytes) else output}".strip()
        self._failures.append({"work": work, "failure": text})
        self._rows.append({"work": work, "value": None, "reached": "", "details": text[:200], "bar": "",
                           "ratio": None, "verdict": "FAILED"})
        self._say_row(self._rows[-1])

    def has_failures(self):
        return bool(self._failures)

    def print_table(self, seconds):
        print(self._markdown())
        missed = sum(row["verdict"] == "MISSED" for row in self._rows)
        print(f"\n{len(self._rows)} rows, {missed} missed, {len(self._failures)} failed; {seconds:.0f} s")
        if self._is_quick:
            print("A quick run: the numbers are too small to mean anything.")

    def store(self, folder):
        folder.mkdir(exist_ok=True)
        name = f"{self._machine['date'][:10]}-{self._machine['commit']}"
        record = {"machine": self._machine, "rows": self._rows, "failures": self._failures}
        (folder / f"{name}.json").write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n")
        (folder / f"{name}.md").write_text(self._markdown() + "\n")
        print(f"kept in {folder / name}.json and .md")

    def _add(self, work, value, bar, sign, ratio, show, details):
        self._rows.append({"work": work, "value": value, "reached": show(value), "details": details,
                           "bar": f"{sign} {show(bar)}", "ratio": round(ratio, 3),
                           "verdict": "ok" if ratio >= 1 else "MISSED"})
        self._say_row(self._rows[-1])

    def _markdown(self):
        machine = self._machine
        lines = [f"Commit {machine['commit']}, {machine['date']}: {machine['cpu']}, {machine['cores']} cores, "
                 f"{machine['memory_gb']} GB, Linux {machine['kernel']}; load average before {machine['load_before']}", "",
                 "| " + " | ".join(COLUMNS) + " |", "|" + "---|" * len(COLUMNS)]
        for row in self._rows:
            reached = row["reached"] + (f" ({row['details']})" if row["details"] else "")
            ratio = "" if row["ratio"] is None else f"{row['ratio']:.2f}"
            cells = (row["work"], reached.strip(), row["bar"], ratio, row["verdict"])
            lines.append("| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |")
        return "\n".join(lines)

    def _say_row(self, row):
        self._say("  " + "  ".join(filter(None, (row["verdict"], row["work"] + ":", row["reached"], row["bar"],
                                                 row["details"]))))

    @staticmethod
    def _say(text):
        print(text, file=sys.stderr, flush=True)


def times(value):
    return f"{value:.2f} ×"


def per_second(value):
    return f"{value:,.0f}/s"


def milliseconds(value):
    return f"{value:.1f} ms"


def megabytes(value):
    return f"{value:.0f} MB"


def seconds(value):
    return f"{value:.2f} s"
