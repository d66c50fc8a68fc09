"""The program that is measured: its commands and its server."""

import contextlib
import http.client
import itertools
import os
import socket
import subprocess
import time

COMMAND_TIMEOUT_S = 1800
START_TIMEOUT_S = 30
STOP_TIMEOUT_S = 30


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Program:
    def __init__(self, binary, folder):
        self._binary = binary
        self._file_folders = itertools.count(1)
        self.folder = folder

    def run(self, database_url, *arguments, timeout=COMMAND_TIMEOUT_S):
        """One command to its end; the seconds that it took."""
        began = time.monotonic()
        done = subprocess.run([self._binary, *map(str, arguments)], cwd=self.folder, timeout=timeout,
                              env=self._environment(database_url), capture_output=True, text=True, check=False)
        seconds = time.monotonic() - began
        if done.returncode != 0:
            raise RuntimeError(f"keepwell {' '.join(map(str, arguments))}: {done.stderr.strip()[-500:]}")
        return seconds

    def demo(self, database_url, customers, days, seed=1):
        self.run(database_url, "demo", "--customers", customers, "--days", days, "--seed", seed,
                 "--event-customers", 0)

    def csv(self, customers, days, seed=1):
        """A file of that many accounts and days; made once and shared."""
        path = self.folder / f"demo-{customers}x{days}-{seed}.csv"
        if not path.exists():
            self.run("sqlite::memory:", "demo", "--customers", customers, "--days", days, "--seed", seed,
                     "--csv", path)
        return path

    @contextlib.contextmanager
    def serving(self, database_url, **settings):
        """A server with these settings, by their names in the environment."""
        environment = self._environment(database_url)
        environment.update({name: str(value) for name, value in settings.items()})
        server = Server(self._binary, self.folder, environment)
        try:
            server.first_answer_s = server.wait_until_answering()
            yield server
        finally:
            server.stop()

    def _environment(self, database_url):
        """Nothing from outside: settings of the caller's shell would change what is measured."""
        return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "DATABASE_URL": database_url,
                "DATA_DIR": str(self.folder / f"files-{next(self._file_folders)}")}


class Server:
    """`keepwell serve` with the settings that users have: its log is written, but to a file."""

    def __init__(self, binary, folder, environment):
        self.port = free_port()
        self._log_path = folder / "server.log"
        self._log = open(self._log_path, "ab")  # Appending, so that it can be cut while it is written.
        self.first_answer_s = None
        self._began = time.monotonic()
        self._process = subprocess.Popen(
            [binary, "serve"], cwd=folder, stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log,
            env={**environment, "API_HOST": "127.0.0.1", "API_PORT": str(self.port)})

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def wait_until_answering(self, path="/readyz"):
        """Asks until it answers; the seconds since the start of the process."""
        while time.monotonic() - self._began < START_TIMEOUT_S:
            if self._process.poll() is not None:
                raise RuntimeError(f"the server ended: {self.last_log_lines()}")
            try:
                if self.get(path).status == 200:
                    return time.monotonic() - self._began
            except OSError:
                pass
            time.sleep(0.002)
        raise RuntimeError(f"the server does not answer: {self.last_log_lines()}")

    def get(self, path):
        """One request on a connection of its own; the answer, read to its end (`.body`)."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.body = answer.read()
            return answer
        finally:
            connection.close()

    def memory_mb(self, what):
        """VmRSS (now) or VmHWM (the most since the start) of the process."""
        with open(f"/proc/{self._process.pid}/status", encoding="ascii") as status:
            for line in status:
                if line.startswith(what + ":"):
                    return int(line.split()[1]) / 1024
        raise RuntimeError(f"no {what} in /proc")

    def cut_log(self):
        os.truncate(self._log_path, 0)

    def last_log_lines(self):
        return self._log_path.read_text(errors="replace")[-500:]

    def stop(self):
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(STOP_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._log.close()
