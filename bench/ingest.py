"""How fast CSV files are imported, against plain SQL that stages and upserts the same rows."""

import json
import pathlib
import subprocess
import time

from report import per_second, times

SQL = pathlib.Path(__file__).resolve().parent / "sql"
BARS = {"new": 80_000, "repeated": 50_000, "changed": 50_000}
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


def changed_copy(csv):
    """The same accounts and days, with one more user in each row."""
    path = csv.with_suffix(".changed.csv")
    with open(csv, encoding="utf-8") as rows, open(path, "w", encoding="utf-8") as out:
        out.write(next(rows))
        for row in rows:
            # No field of this file is quoted.
            *before, users, after = row.split(",", 6)
            out.write(",".join([*before, str(int(users) + 1), after]))
    return path


def plain_sql(program, database, files):
    """The same files by the database's own tools into the same tables; the seconds of each."""
    url = database.create()
    program.run(url, "migrate")
    script = SQL / f"{database.name.lower()}_stage_and_upsert.sql"
    found = []
    for csv in files:
        began = time.monotonic()
        database.run_sql(url, script, csv)
        found.append(time.monotonic() - began)
    return found


def check_accounts(server, customers):
    """A number that nobody checked is none."""
    found = json.loads(server.get("/portfolio/summary").body)["total_accounts"]
    if found != customers:
        raise RuntimeError(f"{found} accounts after the import of {customers}")


def speed(program, database, report, quick, **_):
    customers, days = (50, 20) if quick else (10_100, 100)
    csv = program.csv(customers, days)
    changed = changed_copy(csv)
    with open(csv, "rb") as file:
        rows = sum(1 for _ in file) - 1

    files = {"new": csv, "repeated": csv, "changed": changed}
    plain = plain_sql(program, database, files.values())
    url = database.create()
    command = [program.run(url, "import", file) for file in files.values()]
    with program.serving(url) as server:
        check_accounts(server, customers)
    with program.serving(database.create()) as server:
        request = [upload(server, file) for file in files.values()]
        check_accounts(server, customers)

    for way, found in (("keepwell import", command), ("POST /ingest/csv", request)):
        for what, took in zip(files, found):
            report.at_least(f"{way}, {rows:,} {what} rows, {database.name}", rows / took, BARS[what], per_second)
    for what, took, reference in zip(files, command, plain):
        report.at_least(f"keepwell import, {what} rows, against plain SQL, {database.name}", reference / took,
                        PLAIN_SQL_BAR, times, f"plain SQL {per_second(rows / reference)}")
