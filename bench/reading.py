"""How fast the reading routes answer."""

import contextlib
import json
import statistics
import subprocess
import urllib.parse

from load import compare, request_ms
from report import milliseconds, per_second, times

LIST = "/accounts?page_size=50"
SUMMARY = "/portfolio/summary"
#: What the same three requests reach on the Python reference (FastAPI and SQLAlchemy), and how much more is asked.
REFERENCE = {LIST: 36, SUMMARY: 173, "account": 141}
REFERENCE_FACTOR = 30
CUSTOMERS = "/api/customers?health_status=healthy&segment=SMB&sort=-health_score"
ACCOUNT_BARS = {"SQLite": 0.2, "PostgreSQL": 0.12}
CUSTOMER_BARS = {"SQLite": 0.5, "PostgreSQL": 0.25}
SEARCHES = ("logistics", "müller", "Harborview", "GmbH", "東雲", "são bento", "data", "x", "no such company", "Pty")


def account_path(server):
    first = json.loads(server.get("/accounts?page_size=1").body)["accounts"][0]
    return f"/accounts/{first['id']}"


def account(program, database, report, quick, **_):
    """One account with 90 metrics rows against a handler that does nothing."""
    url = database.create()
    program.demo(url, customers=20 if quick else 200, days=90)
    with program.serving(url) as server:
        read, empty = compare([(server, account_path(server)), (server, "/livez")], quick)
    name = f"GET /accounts/{{id}}, 90 days, {database.name}"
    report.at_least(f"{name}, against GET /livez", read.requests_per_second / empty.requests_per_second,
                    ACCOUNT_BARS[database.name], times,
                    f"{per_second(read.requests_per_second)} of {per_second(empty.requests_per_second)}")
    report.at_most(f"{name}, p99 against that of GET /livez", read.p99_ms / empty.p99_ms, 5, times,
                   f"{milliseconds(read.p99_ms)} to {milliseconds(empty.p99_ms)}")


def customer(program, database, report, quick, **_):
    """One customer against a handler that does nothing."""
    url = database.create()
    program.demo(url, customers=20 if quick else 200, days=5)
    with program.serving(url) as server:
        first = json.loads(server.get("/api/customers?limit=1").body)["data"][0]
        read, empty = compare([(server, f"/api/customers/{first['id']}"), (server, "/livez")], quick)
    name = f"GET /api/customers/{{id}}, {database.name}"
    report.at_least(f"{name}, against GET /livez", read.requests_per_second / empty.requests_per_second,
                    CUSTOMER_BARS[database.name], times,
                    f"{per_second(read.requests_per_second)} of {per_second(empty.requests_per_second)}")
    report.at_most(f"{name}, p99 against that of GET /livez", read.p99_ms / empty.p99_ms, 5, times,
                   f"{milliseconds(read.p99_ms)} to {milliseconds(empty.p99_ms)}")


def customers_growth(program, database, report, quick, **_):
    """The list of customers, filtered and sorted, at 1,000, 10,000 and 100,000."""
    sizes = (100, 500, 1_000) if quick else (1_000, 10_000, 100_000)
    with contextlib.ExitStack() as stack:
        servers = []
        for size in sizes:
            url = database.create()
            program.demo(url, customers=size, days=5)
            servers.append(stack.enter_context(program.serving(url)))
        few, *more = compare([(server, CUSTOMERS) for server in servers], quick)
    for size, load in zip(sizes[1:], more):
        report.at_most(f"GET /api/customers, filtered and sorted, {size:,} customers, {database.name}, cost against "
                       f"{sizes[0]:,}", few.requests_per_second / load.requests_per_second, 2, times,
                       f"{per_second(load.requests_per_second)}, {per_second(few.requests_per_second)}")


def lists(program, database, report, quick, **_):
    """200 accounts × 100 days, as the reference was measured."""
    url = database.create()
    program.demo(url, customers=20 if quick else 200, days=100)
    with program.serving(url) as server:
        paths = {LIST: LIST, SUMMARY: SUMMARY, "account": account_path(server)}
        loads = compare([(server, path) for path in paths.values()], quick)
    for name, load in zip(paths, loads):
        shown = "/accounts/{id}" if name == "account" else name
        report.at_least(f"GET {shown}, 200 × 100 days, {database.name}", load.requests_per_second,
                        REFERENCE_FACTOR * REFERENCE[name], per_second, f"p99 {milliseconds(load.p99_ms)}")


def touch(program, server, number):
    """Changes one row through the front door, so that nothing kept is valid any more."""
    file = program.folder / "touch.csv"
    file.write_text("account_name,segment,region,arr,date,daily_active_users,feature_adoption_rate,"
                    "support_tickets_open,nps_score,login_frequency\n"
                    f"Touched Company,SMB,EU,{1000 + number},2026-01-01,{number},0.5,1,10,0.5\n")
    subprocess.run(["curl", "-sS", "-f", "-F", f"file=@{file}", server.url + "/ingest/csv"],
                   capture_output=True, check=True, timeout=60)


def growth(program, database, report, quick, **_):
    """The same requests at 1,000 and at 100,000 accounts."""
    small, large = (100, 1_000) if quick else (1_000, 100_000)
    urls = [database.create(), database.create()]
    for url, customers in zip(urls, (small, large)):
        program.demo(url, customers=customers, days=5)
    size = f"{large:,} accounts, {database.name}"
    with program.serving(urls[0]) as few, program.serving(urls[1]) as many:
        for path in (LIST, SUMMARY):
            before, after = compare([(few, path), (many, path)], quick)
            report.at_most(f"GET {path}, {size}, cost against {small:,}",
                           before.requests_per_second / after.requests_per_second, 2, times,
                           f"{per_second(after.requests_per_second)}, {per_second(before.requests_per_second)}")
        for path in (LIST, SUMMARY):
            found = []
            for number in range(3 if quick else 11):
                touch(program, many, number)
                found.append(request_ms(many, path))
            report.at_most(f"GET {path}, {size}, nothing kept", statistics.median(found), 150, milliseconds,
                           f"slowest {milliseconds(max(found))}")
        report_search(many, report, size)


def report_search(server, report, size):
    """Names, parts of names, a single letter, letters beyond ASCII, nothing found."""
    found = sorted((statistics.median(request_ms(server, f"/accounts?search={urllib.parse.quote(word)}")
                                      for _ in range(5)), word) for word in SEARCHES)
    slowest_ms, word = found[-1]
    report.at_most(f"GET /accounts?search=, {size}, slowest of {len(found)} words", slowest_ms, 50, milliseconds,
                   f"“{word}”; half of them within {milliseconds(found[len(found) // 2][0])}")
