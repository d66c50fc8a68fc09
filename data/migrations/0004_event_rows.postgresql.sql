-- customer-owned, a partition for each UTC month of occurred_at: made when first needed, dropped as a whole
-- when it is beyond retention
CREATE SEQUENCE customer_events_id_seq;
CREATE TABLE customer_events (
    customer_id bigint NOT NULL,
    occurred_at timestamptz NOT NULL,
    id bigint NOT NULL,
    event_type text COLLATE "C" NOT NULL,
    event_data text NOT NULL,
    message_id text,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (customer_id, occurred_at, id)
) PARTITION BY RANGE (occurred_at);

-- Rollups and queue rows are rewritten all the time, without touching an indexed column where it can be helped.
ALTER TABLE daily_activity SET (fillfactor = 60);
ALTER TABLE recalculations SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);

-- Only retention looks for old keys, and they come about in order: a summary of the pages costs nothing as they come.
CREATE INDEX event_keys_by_day ON event_keys USING brin (occurred_at);
