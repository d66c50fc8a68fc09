"""Load on a server, and how long it takes."""

import re
import statistics
import subprocess
import time
import typing

UNITS_IN_MS = {"us": 0.001, "ms": 1, "s": 1000, "m": 60000}
CONNECTIONS = 32
ROUNDS = 3


class Load(typing.NamedTuple):
    requests_per_second: float
    p99_ms: float


def wrk(server, path, seconds):
    """Load of 32 connections from one thread. Answers other than 2xx are a failure, not a result."""
    done = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", server.url + path],
        capture_output=True, text=True, check=True, timeout=seconds + 30)
    server.cut_log()
    return parse_wrk(done.stdout, f"GET {path}")


def parse_wrk(output, what):
    if trouble := re.search(r"(Non-2xx.*|Socket errors.*)", output):
        raise RuntimeError(f"{what}: {trouble.group(1)}")
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", output).group(1))
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s|m)", output).groups()
    return Load(rate, float(number) * UNITS_IN_MS[unit])


def compare(servers_and_paths, quick):
    """Takes turns, so that a noisy moment hits all; the medians in the order given."""
    seconds = 1 if quick else 5
    loads = [[] for _ in servers_and_paths]
    for _ in range(1 if quick else ROUNDS):
        for found, (server, path) in zip(loads, servers_and_paths):
            found.append(wrk(server, path, seconds))
    return [Load(statistics.median(load.requests_per_second for load in found),
                 statistics.median(load.p99_ms for load in found)) for found in loads]


def request_ms(server, path):
    """One request on a new connection."""
    began = time.perf_counter()
    answer = server.get(path)
    took = (time.perf_counter() - began) * 1000
    if answer.status != 200:
        raise RuntimeError(f"GET {path}: {answer.status} {answer.body[:200]!r}")
    return took
