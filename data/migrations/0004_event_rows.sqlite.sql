-- customer-owned; rows stay in the order in which they come, so that ingest appends
INSERT INTO sequences (name, next_id) VALUES ('customer_events', 1);
CREATE TABLE customer_events (
    customer_id bigint NOT NULL,
    occurred_at TEXT NOT NULL,
    id bigint NOT NULL,
    event_type text NOT NULL,
    event_data text NOT NULL,
    message_id text,
    received_at TEXT NOT NULL,
    PRIMARY KEY (customer_id, occurred_at, id)
);

CREATE INDEX event_keys_by_day ON event_keys (occurred_at);
