"""Events sent to a server from prepared bodies, so that the generator takes little of the machine."""

import itertools
import json
import socket
import statistics
import threading
import time
import typing

#: Where a body says which sending of it this is, in each message_id.
MARK = b"@@@@@@@@"
DATA = (
    ("api_call", '{"endpoint":"/v1/orders","method":"GET","status_code":200,"response_time":34}'),
    ("api_call", '{"endpoint":"/v1/invoices","method":"POST","status_code":201,"response_time":87}'),
    ("api_call", '{"endpoint":"/v1/search","method":"GET","status_code":404,"response_time":12}'),
    ("page_view", '{"path":"/reports"}'),
    ("login", '{"ip_address":"203.0.113.7","session_duration":1200,"user":"Aiko Tanaka"}'),
    ("feature_use", '{"feature_name":"dashboards","usage_duration":60,"advanced":false}'),
    ("feature_use", '{"feature_name":"exports","usage_duration":10,"advanced":true}'),
    ("payment", '{"amount":500,"status":"paid_on_time","payment_method":"card"}'),
)


class Sent(typing.NamedTuple):
    events_per_second: float
    p99_ms: float  #: Of one batch, from its first byte to its answer.
    events: int


class Connection:
    """Keep-alive, without the cost of http.client."""

    def __init__(self, port):
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def post(self, path, body):
        head = (f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                f"Content-Length: {len(body)}\r\n\r\n")
        self._socket.sendall(head.encode())
        self._socket.sendall(body)
        return self._read()

    def close(self):
        self._socket.close()

    def _read(self):
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += self._more()
        head, body = answer.split(b"\r\n\r\n", 1)
        lines = head.decode().split("\r\n")
        length = next(int(line.split(":")[1]) for line in lines if line.lower().startswith("content-length:"))
        while len(body) < length:
            body += self._more()
        status = int(lines[0].split(" ")[1])
        if status not in (200, 201, 202):
            raise RuntimeError(f"{status} {body[:300]!r}")
        return json.loads(body)

    def _more(self):
        piece = self._socket.recv(65536)
        if not piece:
            raise RuntimeError("the server closed the connection")
        return piece


def make_customers(server, count):
    """Their ids, in order."""
    connection = Connection(server.port)
    for first in range(0, count, 1000):
        customers = [{"name": f"Sender {number}", "external_id": f"sender-{number}",
                      "segment": ("SMB", "Enterprise", "Startup")[number % 3], "signup_date": "2024-01-01"}
                     for number in range(first, min(first + 1000, count))]
        done = connection.post("/api/customers/bulk", json.dumps({"customers": customers}).encode())
        if done["data"]["errors"]:
            raise RuntimeError(f"customers were refused: {done['data']['errors'][0]}")
    connection.close()
    ids = []
    cursor = ""
    while len(ids) < count:
        page = json.loads(server.get(f"/api/customers?limit=200{cursor}").body)
        ids += [customer["id"] for customer in page["data"]]
        cursor = f"&cursor={page['next_cursor']}"
    return ids


def batches(customers, size, customers_per_batch, timestamps=None):
    """Bodies of `size` events, each of the next few customers; `timestamps` are taken in turn."""
    numbers = itertools.count()
    bodies = []
    for first in range(0, len(customers), customers_per_batch):
        group = customers[first:first + customers_per_batch]
        events = []
        for index in range(size):
            number = next(numbers)
            kind, data = DATA[number % len(DATA)]
            moment = f',"timestamp":"{timestamps[number % len(timestamps)]}"' if timestamps else ""
            events.append(f'{{"customer_id":{group[index % len(group)]},"event_type":"{kind}","event_data":{data}'
                          f',"message_id":"{MARK.decode()}-{number}"{moment}}}')
        bodies.append(('{"events":[' + ",".join(events) + "]}").encode())
    return bodies


def send(server, bodies, events_per_batch, seconds=None, rate=None, connections=4, rounds=None):
    """Over and over, or `rounds` times each; at most `rate` events per second. Each sending is new events."""
    sendings = itertools.count()
    lock = threading.Lock()
    took, failures = [], []
    began = time.monotonic()
    last = None if rounds is None else rounds * len(bodies)

    def work():
        connection = Connection(server.port)
        try:
            while not failures:
                with lock:
                    number = next(sendings)
                if last is not None and number >= last:
                    return
                due = began + (number * events_per_batch / rate if rate else 0)
                if seconds and max(due, time.monotonic()) - began >= seconds:
                    return
                time.sleep(max(0, due - time.monotonic()))
                body = bodies[number % len(bodies)].replace(MARK, b"%08d" % number)
                start = time.monotonic()
                answer = connection.post("/api/events/batch", body)
                took.append(time.monotonic() - start)
                if answer["accepted"] != events_per_batch:
                    raise RuntimeError(f"{answer['accepted']} of {events_per_batch} accepted")
        except Exception as failure:  # Told by the thread that waits.
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    spent = time.monotonic() - began
    server.cut_log()
    events = len(took) * events_per_batch
    slowest = statistics.quantiles(took, n=100)[-1] if len(took) > 1 else took[0]
    return Sent(events / spent, slowest * 1000, events)
