"""What the server's process costs."""

import statistics

from ingest import upload
from load import request_ms
from report import megabytes, seconds, times

#: Accounts × 100 days that make a file of about 100 MB.
ACCOUNTS_100_MB = 14_000
#: How many of these files the larger one holds, and how much more memory it may take.
TIMES, TIMES_BIG = 2, 10
FLAT = 1.25


def peak_mb(program, database, csv):
    with program.serving(database.create()) as server:
        upload(server, csv)
        return server.memory_mb("VmHWM")


def memory(program, database, report, quick, big, **_):
    """The most memory while importing a file, against that of a smaller one that fills every cache."""
    small = 50 if quick else ACCOUNTS_100_MB
    peaks = []
    for accounts in (small, small * (TIMES_BIG if big else TIMES)):
        csv = program.csv(accounts, 100)
        file_mb = csv.stat().st_size / 1e6
        peaks.append(peak_mb(program, database, csv))
        database.drop_all()
        csv.unlink()
        work = f"peak memory, POST /ingest/csv of {file_mb:.0f} MB, {database.name}"
        if len(peaks) == 1:
            report.note(work, peaks[0], megabytes)
        else:
            report.at_most(f"{work}, against the smaller file", peaks[1] / peaks[0], FLAT, times,
                           megabytes(peaks[1]))


def start(program, database, report, quick, **_):
    """Start on an existing database, and memory at rest after some requests."""
    url = database.create()
    program.demo(url, customers=20 if quick else 200, days=100)
    took = []
    for _ in range(2 if quick else 7):
        with program.serving(url) as server:
            took.append(server.first_answer_s)
            for path in ("/accounts", "/portfolio/summary", "/livez"):
                request_ms(server, path)
            at_rest = server.memory_mb("VmRSS")
    report.at_most(f"start to first answer, {database.name}", statistics.median(took), 0.3, seconds,
                   f"slowest {seconds(max(took))}")
    report.at_most(f"memory at rest, {database.name}", at_rest, 64, megabytes)
