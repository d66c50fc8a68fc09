INSERT INTO table_placement (tbl, placement, dist_col) VALUES
    ('customer_events', 'distributed', 'customer_id'),
    ('event_keys', 'distributed', 'customer_id'),
    ('daily_activity', 'distributed', 'customer_id'),
    ('sessions', 'distributed', 'customer_id'),
    ('health_overrides', 'distributed', 'customer_id'),
    ('event_types', 'reference', NULL),
    ('event_type_attributes', 'reference', NULL),
    ('seen_event_types', 'reference', NULL),
    ('scorecard_rules', 'reference', NULL),
    ('recalculations', 'local', NULL);

ALTER TABLE customers ADD COLUMN last_activity {{timestamp}};
CREATE INDEX customers_by_plan ON customers (plan, id);

-- Columns that explain a stored score to the point: what it was before a cap or a person's override.
ALTER TABLE health_scores ADD COLUMN raw_score double precision;
ALTER TABLE health_scores ADD COLUMN cap_name text;
ALTER TABLE health_scores ADD COLUMN cap_reason text;
ALTER TABLE health_scores ADD COLUMN cap_points double precision NOT NULL DEFAULT 0;
ALTER TABLE health_scores ADD COLUMN override_id bigint;
ALTER TABLE health_scores ADD COLUMN override_points double precision NOT NULL DEFAULT 0;
CREATE INDEX health_scores_by_day ON health_scores (customer_id, as_of, id);
ALTER TABLE factor_scores ADD COLUMN details text NOT NULL DEFAULT '{}';

-- A scorecard's caps and a factor's curve are JSON, see data/scorecard_json.hpp.
ALTER TABLE scorecards ADD COLUMN caps text NOT NULL DEFAULT '[]';
ALTER TABLE scorecards ADD COLUMN author text NOT NULL DEFAULT '';
ALTER TABLE scorecards ADD COLUMN retired boolean NOT NULL DEFAULT false;
ALTER TABLE scorecard_factors ADD COLUMN curve text NOT NULL DEFAULT '';

-- reference: which scorecard a customer gets, first match wins; conditions are JSON
CREATE TABLE scorecard_rules (
    position bigint NOT NULL PRIMARY KEY,
    scorecard {{text}} NOT NULL,
    conditions text NOT NULL
);

-- customer-owned: what a person says instead of the computed score, until it expires or is removed
{{sequence health_overrides}}
CREATE TABLE health_overrides (
    customer_id bigint NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    id bigint NOT NULL,
    score double precision NOT NULL CHECK (score >= 0 AND score <= 100),
    author text NOT NULL,
    reason text NOT NULL,
    created_at {{timestamp}} NOT NULL,
    expires_at {{timestamp}} NOT NULL,
    removed_at {{timestamp}},
    PRIMARY KEY (customer_id, id)
){{without_rowid}};

-- reference: what is known of an event's attributes; types that are not here are accepted as they come
CREATE TABLE event_types (
    name {{text}} NOT NULL PRIMARY KEY,
    description text NOT NULL,
    built_in boolean NOT NULL
);
CREATE TABLE event_type_attributes (
    event_type {{text}} NOT NULL REFERENCES event_types (name) ON DELETE CASCADE,
    position bigint NOT NULL,
    name {{text}} NOT NULL,
    type text NOT NULL CHECK (type IN ('string', 'number', 'boolean')),
    required boolean NOT NULL,
    above double precision,   -- a number must be greater than this
    minimum double precision,
    maximum double precision,
    choices text NOT NULL DEFAULT '', -- the texts that are allowed, one per line; empty for any
    PRIMARY KEY (event_type, position)
);

-- reference: the first day on which anybody of a segment sent a type of event. Before it a factor has no data.
CREATE TABLE seen_event_types (
    folded_segment {{text}} NOT NULL,
    event_type {{text}} NOT NULL,
    first_day {{date}} NOT NULL,
    PRIMARY KEY (folded_segment, event_type)
);

-- customer-owned: makes a message_id mean one event; body tells another event under the same id
CREATE TABLE event_keys (
    customer_id bigint NOT NULL,
    message_id {{text}} NOT NULL,
    event_id bigint NOT NULL,
    occurred_at {{timestamp}} NOT NULL,
    body bigint NOT NULL,
    PRIMARY KEY (customer_id, message_id)
){{without_rowid}};

-- customer-owned: one row for each UTC day and type, kept with the events; details are in the form of
-- data/activity_details.hpp
CREATE TABLE daily_activity (
    customer_id bigint NOT NULL,
    day {{date}} NOT NULL,
    event_type {{text}} NOT NULL,
    events bigint NOT NULL,
    last_at {{timestamp}} NOT NULL,
    details text NOT NULL,
    PRIMARY KEY (customer_id, day, event_type)
){{without_rowid}};
-- A ticket counts whatever its age.
CREATE INDEX daily_activity_of_tickets ON daily_activity (customer_id, day) WHERE event_type = 'support_ticket';

-- customer-owned: opened by a login, closed by a logout or by half an hour of silence
{{sequence sessions}}
CREATE TABLE sessions (
    customer_id bigint NOT NULL,
    id bigint NOT NULL,
    user_name text NOT NULL,
    started_at {{timestamp}} NOT NULL,
    last_seen_at {{timestamp}} NOT NULL,
    ended_at {{timestamp}},
    page_views bigint NOT NULL,
    feature_uses bigint NOT NULL,
    PRIMARY KEY (customer_id, id)
){{without_rowid}};
CREATE INDEX sessions_open ON sessions (customer_id) WHERE ended_at IS NULL;

-- local: when each customer is due to be scored again, one row for each that is scored by its events.
-- A claim moves run_at to the end of the lease, so that what a dead worker held becomes due by itself.
CREATE TABLE recalculations (
    customer_id bigint NOT NULL PRIMARY KEY,
    run_at {{timestamp}} NOT NULL,
    version bigint NOT NULL,           -- grows with each request
    requested_at {{timestamp}},        -- the first request that no finished calculation has seen; none: the clock's turn
    newer_at {{timestamp}},            -- the first request since it was claimed
    attempts bigint NOT NULL DEFAULT 0,
    last_error text NOT NULL DEFAULT '',
    lease_owner {{text}} NOT NULL DEFAULT ''
){{without_rowid}};
CREATE INDEX recalculations_due ON recalculations (run_at);
CREATE INDEX recalculations_requested ON recalculations (requested_at) WHERE requested_at IS NOT NULL;

INSERT INTO event_types (name, description, built_in) VALUES
    ('api_call', 'A call of your API', true),
    ('login', 'Somebody signed in', true),
    ('logout', 'Somebody signed out', true),
    ('payment', 'A payment, made or due', true),
    ('feature_use', 'A feature was used', true),
    ('support_ticket', 'A support ticket was opened or changed', true),
    ('nps_response', 'An answer to the question of how likely one is to recommend you', true),
    ('page_view', 'A page was looked at', true),
    ('subscription_change', 'The plan or what is paid for it changed', true),
    ('note', 'Something worth remembering', true);
INSERT INTO event_type_attributes
    (event_type, position, name, type, required, above, minimum, maximum, choices) VALUES
    ('api_call', 0, 'endpoint', 'string', true, NULL, NULL, NULL, ''),
    ('api_call', 1, 'method', 'string', false, NULL, NULL, NULL, ''),
    ('api_call', 2, 'status_code', 'number', false, NULL, 100, 599, ''),
    ('api_call', 3, 'response_code', 'number', false, NULL, 100, 599, ''),
    ('api_call', 4, 'response_time', 'number', false, NULL, 0, NULL, ''),
    ('login', 0, 'ip_address', 'string', true, NULL, NULL, NULL, ''),
    ('login', 1, 'user_agent', 'string', false, NULL, NULL, NULL, ''),
    ('login', 2, 'session_duration', 'number', false, NULL, 0, NULL, ''),
    ('login', 3, 'user', 'string', false, NULL, NULL, NULL, ''),
    ('logout', 0, 'user', 'string', false, NULL, NULL, NULL, ''),
    ('payment', 0, 'amount', 'number', true, 0, NULL, NULL, ''),
    ('payment', 1, 'currency', 'string', false, NULL, NULL, NULL, ''),
    ('payment', 2, 'status', 'string', false, NULL, NULL, NULL, 'paid_on_time
completed
paid
succeeded
paid_late
pending
failed
overdue'),
    ('payment', 3, 'days_late', 'number', false, NULL, 0, NULL, ''),
    ('payment', 4, 'outstanding_balance', 'number', false, NULL, 0, NULL, ''),
    ('payment', 5, 'payment_method', 'string', false, NULL, NULL, NULL, ''),
    ('feature_use', 0, 'feature_name', 'string', true, NULL, NULL, NULL, ''),
    ('feature_use', 1, 'usage_duration', 'number', false, NULL, 0, NULL, ''),
    ('feature_use', 2, 'feature_category', 'string', false, NULL, NULL, NULL, ''),
    ('feature_use', 3, 'advanced', 'boolean', false, NULL, NULL, NULL, ''),
    ('support_ticket', 0, 'ticket_id', 'string', false, NULL, NULL, NULL, ''),
    ('support_ticket', 1, 'priority', 'string', false, NULL, NULL, NULL, 'low
medium
high
urgent
critical'),
    ('support_ticket', 2, 'status', 'string', false, NULL, NULL, NULL, 'open
in_progress
resolved'),
    ('support_ticket', 3, 'satisfaction', 'number', false, NULL, 1, 5, ''),
    ('support_ticket', 4, 'resolution_time', 'number', false, NULL, 0, NULL, ''),
    ('support_ticket', 5, 'ticket_type', 'string', false, NULL, NULL, NULL, ''),
    ('nps_response', 0, 'score', 'number', true, NULL, 0, 10, ''),
    ('page_view', 0, 'path', 'string', false, NULL, NULL, NULL, ''),
    ('subscription_change', 0, 'plan', 'string', false, NULL, NULL, NULL, ''),
    ('subscription_change', 1, 'mrr', 'number', false, NULL, 0, NULL, ''),
    ('subscription_change', 2, 'status', 'string', false, NULL, NULL, NULL, ''),
    ('note', 0, 'text', 'string', false, NULL, NULL, NULL, '');
