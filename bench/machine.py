"""What the numbers come from."""

import datetime
import os
import pathlib
import platform
import subprocess


def first_line(*command, folder=None):
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=10, check=False)
        return done.stdout.strip().split("\n")[0]
    except (OSError, subprocess.SubprocessError):
        return ""


def cpu_model():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def commit(root):
    """Short; with -dirty when files that make the program differ from it."""
    name = first_line("git", "rev-parse", "--short", "HEAD", folder=root) or "unknown"
    changed = first_line("git", "status", "--porcelain", "--", ":!bench/results", folder=root)
    return name + ("-dirty" if changed else "")


def describe_machine(root):
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "commit": commit(root),
        "cpu": cpu_model(),
        "cores": os.cpu_count(),
        "memory_gb": round(memory / 2**30, 1),
        "kernel": platform.release(),
        "load_before": round(os.getloadavg()[0], 2),
        "sqlite": first_line("sqlite3", "--version").split(" ")[0],
        "postgresql": " ".join(first_line("psql", "--version").split(" ")[2:3]),
        "wrk": " ".join(first_line("wrk", "--version").split(" ")[1:2]),
    }
