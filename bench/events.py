"""How fast events come in, and how soon and how fast they become scores."""

import datetime
import json
import pathlib
import subprocess
import time

import event_load
from load import CONNECTIONS, parse_wrk
from report import milliseconds, per_second, seconds as show_seconds, times

FOLDER = pathlib.Path(__file__).resolve().parent
SINGLE_BAR = 0.5
BATCH_BAR, BATCH_WITH_WORKERS_BAR = 25_000, 12_000
LAG_BAR_S, BUSY_LAG_BAR_S = 2, 5
RECOMPUTE_BAR = 1.5


def database_singles(program, database, quick):
    """The database's own rate of the same statement, each committed to the disk before it is answered."""
    columns = "(customer_id, occurred_at, id, event_type, event_data, message_id, received_at)"
    data = '{"endpoint":"/v1/orders","status_code":200}'
    url = database.create()
    program.run(url, "migrate")
    if database.name == "PostgreSQL":
        database.run_text(url, "CREATE TABLE customer_events_bench PARTITION OF customer_events "
                               "FOR VALUES FROM ('2020-01-01') TO ('2100-01-01');")
        return database.pgbench(
            url, "\\set customer random(1, 500)\n\\set id random(1, 1000000000000)\n"
            f"INSERT INTO customer_events {columns} VALUES (:customer, now(), :id, 'api_call', '{data}', "
            "'pgbench-' || :id, now());\n", CONNECTIONS, 2 if quick else 10)
    rows = 200 if quick else 5_000
    now = "2026-01-01T10:00:00.000000Z"
    inserts = "".join(f"INSERT INTO customer_events {columns} VALUES ({number % 500}, '{now}', {number}, 'api_call', "
                      f"'{data}', 'sqlite-{number}', '{now}');\n" for number in range(rows))
    began = time.monotonic()
    database.run_text(url, "PRAGMA journal_mode = WAL;\nPRAGMA synchronous = FULL;\n" + inserts)
    return rows / (time.monotonic() - began)


def single(program, database, report, quick, **_):
    """One event per request, durable once answered, from as many connections as the database's own test has."""
    own = database_singles(program, database, quick)
    with program.serving(database.create(), WORKERS=0) as server:
        ids = event_load.make_customers(server, 500)
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{2 if quick else 10}s", "--latency",
                   "-s", str(FOLDER / "single_events.lua"), server.url, "--", *map(str, ids)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
        server.cut_log()
        load = parse_wrk(done.stdout, "POST /api/customers/{id}/events")
    report.at_least(f"POST /api/customers/{{id}}/events, workers paused, {database.name}, against its own inserts",
                    load.requests_per_second / own, SINGLE_BAR, times,
                    f"{per_second(load.requests_per_second)} of {per_second(own)}; p99 {milliseconds(load.p99_ms)}")


def batch(program, database, report, quick, **_):
    """Batches of 2,000 events, without calculations beside them and with."""
    name = f"POST /api/events/batch, {database.name}"
    span = 3 if quick else 60
    with program.serving(database.create(), WORKERS=0) as server:
        bodies = event_load.batches(event_load.make_customers(server, 5_000), 2_000, 80)
        sent = event_load.send(server, bodies, 2_000, seconds=span)
    report.at_least(f"{name}, workers paused, {span} s", sent.events_per_second, BATCH_BAR, per_second,
                    f"{sent.events:,} events; p99 of a batch {milliseconds(sent.p99_ms)}")
    with program.serving(database.create()) as server:
        bodies = event_load.batches(event_load.make_customers(server, 5_000), 2_000, 80)
        sent, lag = with_lag(server, bodies, 2_000, span, BATCH_WITH_WORKERS_BAR * 1.02)
    report.at_least(f"{name}, with workers, {span} s", sent.events_per_second, BATCH_WITH_WORKERS_BAR, per_second,
                    f"sent at that rate, 480 customers/s; p99 of a batch {milliseconds(sent.p99_ms)}")
    report.at_most(f"{name}, with workers: event to score, p99", lag, BUSY_LAG_BAR_S, show_seconds)


def lag(program, database, report, quick, **_):
    """5,000 events a second of 500 customers a second."""
    span = 3 if quick else 60
    with program.serving(database.create()) as server:
        bodies = event_load.batches(event_load.make_customers(server, 5_000), 500, 50)
        sent, p99 = with_lag(server, bodies, 500, span, 5_000)
    report.at_most(f"event to score, p99, {database.name}", p99, LAG_BAR_S, show_seconds,
                   f"{per_second(sent.events_per_second)} of 500 customers/s for {span} s")


def with_lag(server, bodies, size, span, rate):
    """Sends, and waits until nothing is left to calculate; the p99 of event to score of that time."""
    before = lag_buckets(server)
    sent = event_load.send(server, bodies, size, seconds=span, rate=rate)
    deadline = time.monotonic() + 120
    while metric(server, "keepwell_recalculation_lag_seconds") > 0:
        if time.monotonic() > deadline:
            raise RuntimeError("the calculations do not end")
        time.sleep(0.1)
    return sent, percentile(before, lag_buckets(server), 0.99)


def metric(server, name):
    for line in server.get("/metrics").body.decode().splitlines():
        if line.startswith(name + " "):
            return float(line.split(" ")[1])
    raise RuntimeError(f"no {name} in /metrics")


def lag_buckets(server):
    """How many scores came within how many seconds."""
    found = {}
    for line in server.get("/metrics").body.decode().splitlines():
        if line.startswith('keepwell_event_to_score_seconds_bucket{le="'):
            bound, count = line.split('le="')[1].split('"} ')
            found[float(bound.replace("+Inf", "inf"))] = float(count)
    return found


def percentile(before, after, share):
    """As Prometheus does: on a straight line within a bucket."""
    counts = sorted((bound, count - before.get(bound, 0)) for bound, count in after.items())
    wanted = counts[-1][1] * share
    if wanted == 0:
        raise RuntimeError("nothing was calculated")
    low, below = 0.0, 0.0
    for bound, count in counts:
        if count >= wanted:
            return low if bound == float("inf") else low + (bound - low) * (wanted - below) / (count - below)
        low, below = bound, count
    raise AssertionError("the last bucket holds all")


def recompute(program, database, report, quick, big, **_):
    """Every score anew from the rollups of customers with 100 events each, against reading their events in order."""
    count = 200 if quick else 100_000 if big else 20_000
    now = datetime.datetime.now(datetime.timezone.utc)
    moments = [(now - datetime.timedelta(days=29 * step / 100)).strftime("%Y-%m-%dT%H:%M:%SZ") for step in range(100)]
    url = database.create()
    with program.serving(url, WORKERS=0) as server:
        ids = event_load.make_customers(server, count)
        event_load.send(server, event_load.batches(ids, 2_000, 20, moments), 2_000, rounds=1)
        total = metric(server, "keepwell_recalculations_due")
    if total != count:
        raise RuntimeError(f"{total} of {count} customers are due")
    program.run(url, "recompute")  # Chooses scorecards and stores the first scores.
    command = program.run(url, "recompute")
    with program.serving(url) as server:
        request = recompute_by_request(server, count)
    began = time.monotonic()
    database.run_text(url, "SELECT customer_id, occurred_at, event_type, event_data FROM customer_events "
                           "ORDER BY customer_id, occurred_at;")
    reading = time.monotonic() - began
    for way, took in (("keepwell recompute", command), ("POST /health/recompute", request)):
        report.at_most(f"{way}, {count:,} customers × 100 events, {database.name}, against reading the events",
                       took / reading, RECOMPUTE_BAR, times,
                       f"{show_seconds(took)}, {per_second(count / took)} customers; reading {show_seconds(reading)}")


def recompute_by_request(server, count):
    """With the help of the server's workers; the seconds."""
    began = time.monotonic()
    connection = event_load.Connection(server.port)
    answer = connection.post("/health/recompute", b"")
    connection.close()
    while "accounts_updated" not in answer:
        if time.monotonic() - began > 600:
            raise RuntimeError("the calculation of all scores does not end")
        time.sleep(0.02)
        job = json.loads(server.get(f"/api/jobs/{answer['job_id']}").body)
        if job["status"] in ("failed", "dead"):
            raise RuntimeError(f"the calculation failed: {job['error']}")
        answer = job["result"] if job["status"] == "succeeded" else answer
    took = time.monotonic() - began
    if answer["accounts_updated"] != count:
        raise RuntimeError(f"{answer['accounts_updated']} of {count} customers were scored")
    return took
