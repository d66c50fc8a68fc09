"""Empty databases, as many as needed."""

import re
import subprocess
import tempfile

TIMEOUT_S = 120


class SqliteFolder:
    name = "SQLite"

    def __init__(self, folder):
        self._folder = folder
        self._count = 0
        folder.mkdir()

    def create(self):
        self._count += 1
        return f"sqlite:///{self._folder}/{self._count}.db"

    def drop_all(self):
        for file in self._folder.iterdir():
            file.unlink()

    def run_sql(self, url, script, csv=None):
        """Runs the file `script` in the sqlite3 shell, the rows of `csv` on its standard input."""
        path = url.removeprefix("sqlite:///")
        with open(csv or "/dev/null", "rb") as rows:
            subprocess.run(["sqlite3", "-bail", path, f".read {script}"], stdin=rows,
                           capture_output=True, check=True, timeout=1200)

    @staticmethod
    def run_text(url, script):
        """Runs SQL in the sqlite3 shell; its rows are read and thrown away."""
        subprocess.run(["sqlite3", "-bail", url.removeprefix("sqlite:///")], input=script.encode(),
                       stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True, timeout=1200)


class PostgresqlServer:
    """A server of our own that waits for the disk, as a production one does."""

    name = "PostgreSQL"

    def __init__(self, script, folder):
        self._script = script
        self._folder = folder
        self._names = []

    def __enter__(self):
        done = subprocess.run([self._script, "start", self._folder, "--durable"], stdout=subprocess.PIPE,
                              text=True, check=True, timeout=TIMEOUT_S)
        self._url = done.stdout.strip()
        return self

    def __exit__(self, *_):
        subprocess.run([self._script, "stop", self._folder], check=False, timeout=TIMEOUT_S)

    def create(self):
        name = f"bench_{len(self._names) + 1}"
        self._psql(self._url, "-c", f"CREATE DATABASE {name}")
        self._names.append(name)
        return self._url.rsplit("/", 1)[0] + "/" + name

    def drop_all(self):
        for name in self._names:
            self._psql(self._url, "-c", f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        # What was written so far must not be flushed during the next measurement.
        self._psql(self._url, "-c", "CHECKPOINT")

    def run_sql(self, url, script, csv=None):
        """Runs the file `script` in psql, the rows of `csv` on its standard input."""
        with open(csv or "/dev/null", "rb") as rows:
            self._psql(url, "-f", str(script), stdin=rows, timeout=1200)

    @staticmethod
    def run_text(url, script):
        """Runs SQL in psql; its rows are read, some thousand at a time, and thrown away."""
        subprocess.run(["psql", "-X", "-q", "-A", "-v", "ON_ERROR_STOP=1", "-v", "FETCH_COUNT=10000", url],
                       input=script.encode(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True,
                       timeout=1200)

    def pgbench(self, url, script, clients, seconds):
        """How many transactions of `script` so many connections get done per second."""
        with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
            file.write(script)
            file.flush()
            done = subprocess.run(
                ["pgbench", "-n", "-M", "prepared", "-f", file.name, "-c", str(clients), "-j", "1",
                 "-T", str(seconds), url], capture_output=True, text=True, check=True, timeout=seconds + 60)
        return float(re.search(r"tps = ([\d.]+)", done.stdout).group(1))

    @staticmethod
    def _psql(url, *arguments, stdin=subprocess.DEVNULL, timeout=TIMEOUT_S):
        subprocess.run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", url, *arguments], stdin=stdin,
                       capture_output=True, check=True, timeout=timeout)
