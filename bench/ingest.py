"""How fast CSV files are imported, against plain SQL that stages and upserts the same rows."""

import json
import pathlib
import subprocess
import time

from report import per_second, times

SQL = pathlib.Path(__file__).resolve().parent / "sql"
FRESH_BAR = 80_000
REPEATED_BAR = 50_000
PLAIN_SQL_BAR = 0.5
TIMEOUT_S = 1800


def upload(server, csv):
    """Over HTTP until the last row is in, asking for the job where the server answers before; the seconds."""
    began = time.monotonic()
    done = subprocess.run(
        ["curl", "-sS", "-F", f"file=@{csv};type=text/csv", "-w", "\n%{http_code}", server.url + "/ingest/csv"],
        capture_output=True, text=True, check=True, timeout=TIMEOUT_S)
    body, status = done.stdout.rsplit("\n", 1)
    if status == "202":
        wait_for_job(server, json.loads(body)["job_id"], began)
    elif status != "200":
        raise RuntimeError(f"POST /ingest/csv: {status} {body[:300]}")
    return time.monotonic() - began


def wait_for_job(server, job, began):
    while time.monotonic() - began < TIMEOUT_S:
        state = json.loads(server.get(f"/api/jobs/{job}").body)
        if state["status"] == "succeeded":
            return
        if state["status"] in ("failed", "dead"):
            raise RuntimeError(f"the import failed: {state['error']}")
        time.sleep(0.02)
    raise RuntimeError("the import does not end")


def plain_sql(program, database, csv):
    """The same rows by the database's own tools into the same tables: fresh, then once more; the seconds."""
    url = database.create()
    program.run(url, "migrate")
    script = SQL / f"{database.name.lower()}_stage_and_upsert.sql"
    found = []
    for _ in range(2):
        began = time.monotonic()
        database.run_sql(url, script, csv)
        found.append(time.monotonic() - began)
    return found


def speed(program, database, report, quick, **_):
    customers, days = (50, 20) if quick else (10_000, 100)
    csv = program.csv(customers, days)
    with open(csv, "rb") as file:
        rows = sum(1 for _ in file) - 1

    plain = plain_sql(program, database, csv)
    url = database.create()
    command = [program.run(url, "import", csv) for _ in range(2)]
    with program.serving(database.create()) as server:
        request = [upload(server, csv) for _ in range(2)]

    for way, found in (("keepwell import", command), ("POST /ingest/csv", request)):
        for what, took, bar in zip(("fresh", "repeated"), found, (FRESH_BAR, REPEATED_BAR)):
            report.at_least(f"{way}, {rows:,} rows, {what}, {database.name}", rows / took, bar, per_second)
    for what, took, reference in zip(("fresh", "repeated"), command, plain):
        report.at_least(f"keepwell import, {what}, against plain SQL, {database.name}", reference / took,
                        PLAIN_SQL_BAR, times, f"plain SQL {per_second(rows / reference)}")
