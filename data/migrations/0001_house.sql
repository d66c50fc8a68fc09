-- Placement of every table: customer-owned rows carry customer_id, first in the primary key, so that they can
-- be spread over several PostgreSQL servers; reference tables are copied to each; local ones stay with one.
CREATE TABLE table_placement (
    tbl text NOT NULL PRIMARY KEY,
    placement text NOT NULL CHECK (placement IN ('distributed', 'reference', 'local')),
    dist_col text
);
INSERT INTO table_placement (tbl, placement, dist_col) VALUES
    ('schema_migrations', 'local', NULL),
    ('customers', 'distributed', 'id'),
    ('customer_attribute_days', 'distributed', 'customer_id'),
    ('customer_keys', 'distributed', 'key_value'),
    ('customer_changes', 'distributed', 'customer_id'),
    ('account_metrics_daily', 'distributed', 'customer_id'),
    ('health_scores', 'distributed', 'customer_id'),
    ('factor_scores', 'distributed', 'customer_id'),
    ('segments', 'reference', NULL),
    ('scorecards', 'reference', NULL),
    ('scorecard_factors', 'reference', NULL),
    ('playbooks', 'reference', NULL),
    ('playbook_lines', 'reference', NULL),
    ('settings', 'reference', NULL),
    ('data_versions', 'local', NULL),
    ('portfolio_groups', 'local', NULL),
    ('jobs', 'local', NULL),
    ('leases', 'local', NULL),
    ('import_manifests', 'local', NULL),
    ('import_errors', 'local', NULL);

-- customer-owned
{{sequence customers}}
CREATE TABLE customers (
    id {{key}},
    name text NOT NULL,
    email {{text}},
    company {{text}},
    segment {{text}} NOT NULL,
    region {{text}} NOT NULL,
    plan {{text}},
    mrr {{money}},
    arr {{money}} NOT NULL DEFAULT 0,
    signup_date {{date}},
    last_login {{timestamp}},
    health_score double precision,
    health_status {{text}} NOT NULL DEFAULT 'insufficient_data'
        CHECK (health_status IN ('healthy', 'at_risk', 'critical', 'insufficient_data')),
    scorecard {{text}},
    churn_risk double precision,
    nps_score double precision,
    support_tickets bigint,
    feature_usage text,
    is_active boolean NOT NULL DEFAULT true,
    external_id {{text}},
    custom text NOT NULL DEFAULT '{}',
    churned_at {{timestamp}},
    owner_user_id bigint,
    latest_metrics_date {{date}},
    score_stale boolean NOT NULL DEFAULT false,
    created_at {{timestamp}} NOT NULL,
    updated_at {{timestamp}} NOT NULL,
    version bigint NOT NULL DEFAULT 1
);
CREATE INDEX customers_by_company ON customers (company);
CREATE INDEX customers_by_arr ON customers (arr, id);
CREATE INDEX customers_by_updated_at ON customers (updated_at, id);
CREATE INDEX customers_by_segment ON customers (segment, id);
CREATE INDEX customers_by_region ON customers (region, id);
CREATE INDEX customers_by_health_status ON customers (health_status, id);
CREATE INDEX customers_stale ON customers (id) WHERE score_stale;
-- Those outside the portfolio.
CREATE INDEX customers_outside ON customers (id) WHERE scorecard IS NULL AND latest_metrics_date IS NULL;

-- customer-owned: the day that segment, region, arr and custom of a customer come from. It moves with every
-- upload, mostly alone, so it has a small table of its own.
CREATE TABLE customer_attribute_days (
    customer_id bigint NOT NULL PRIMARY KEY REFERENCES customers (id) ON DELETE CASCADE,
    as_of {{date}} NOT NULL
){{without_rowid}};

-- customer-owned, by key_value: what must be unique over all customers
CREATE TABLE customer_keys (
    kind {{text}} NOT NULL CHECK (kind IN ('account_name', 'external_id', 'group_id', 'email')),
    key_value {{text}} NOT NULL,
    customer_id bigint NOT NULL,
    PRIMARY KEY (key_value, kind)
){{without_rowid}};
CREATE INDEX customer_keys_by_customer ON customer_keys (customer_id);

-- customer-owned: each change of mrr, arr, plan, segment, region, owner, scorecard, is_active
{{sequence customer_changes}}
CREATE TABLE customer_changes (
    customer_id bigint NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    id bigint NOT NULL,
    field {{text}} NOT NULL,
    old_value text,
    new_value text,
    difference {{money}}, -- new - old of an amount
    valid_from {{timestamp}} NOT NULL,
    received_at {{timestamp}} NOT NULL,
    PRIMARY KEY (customer_id, id)
){{without_rowid}};
CREATE INDEX customer_changes_of_amounts ON customer_changes (field, valid_from, difference)
    WHERE difference IS NOT NULL;
CREATE INDEX customer_changes_first_arr ON customer_changes (customer_id)
    WHERE field = 'arr' AND old_value IS NULL;

-- customer-owned; no foreign key: checking one per row would cost imports a good part of their speed. On SQLite
-- the rows stay in the order in which they come: a file in date order would otherwise rewrite a page of every
-- customer with each transaction (2.7 GB instead of 1.1 GB for a million rows).
CREATE TABLE account_metrics_daily (
    customer_id bigint NOT NULL,
    date {{date}} NOT NULL,
    daily_active_users bigint NOT NULL,
    feature_adoption_rate double precision NOT NULL,
    support_tickets_open bigint NOT NULL,
    nps_score double precision,
    login_frequency double precision NOT NULL,
    arr {{money}} NOT NULL,
    health_score double precision,
    PRIMARY KEY (customer_id, date)
);

-- customer-owned
{{sequence health_scores}}
CREATE TABLE health_scores (
    customer_id bigint NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    id bigint NOT NULL,
    overall_score double precision,
    status {{text}} NOT NULL CHECK (status IN ('healthy', 'at_risk', 'critical', 'insufficient_data')),
    coverage double precision NOT NULL,
    scorecard {{text}} NOT NULL,
    scorecard_version bigint NOT NULL,
    as_of {{date}} NOT NULL,
    calculated_at {{timestamp}} NOT NULL,
    PRIMARY KEY (customer_id, id)
){{without_rowid}};

-- customer-owned
CREATE TABLE factor_scores (
    customer_id bigint NOT NULL,
    health_score_id bigint NOT NULL,
    position bigint NOT NULL,
    factor_name {{text}} NOT NULL,
    score double precision,
    value double precision,
    description text NOT NULL,
    trend text CHECK (trend IN ('improving', 'stable', 'declining')),
    weight double precision NOT NULL,
    contribution double precision NOT NULL,
    error text NOT NULL,
    PRIMARY KEY (customer_id, health_score_id, position),
    FOREIGN KEY (customer_id, health_score_id) REFERENCES health_scores (customer_id, id) ON DELETE CASCADE
){{without_rowid}};

-- reference: expected_api_calls per 30 days; folded_name (lower case, letters only) is what is compared
CREATE TABLE segments (
    folded_name {{text}} NOT NULL PRIMARY KEY,
    name {{text}} NOT NULL,
    expected_api_calls bigint NOT NULL
);
INSERT INTO segments (folded_name, name, expected_api_calls) VALUES
    ('enterprise', 'enterprise', 1000),
    ('midmarket', 'mid-market', 500),
    ('smb', 'smb', 500),
    ('startup', 'startup', 200),
    ('other', 'other', 300);

-- reference: a version is never changed
CREATE TABLE scorecards (
    name {{text}} NOT NULL,
    version bigint NOT NULL,
    description text NOT NULL,
    healthy_from double precision NOT NULL,
    at_risk_from double precision NOT NULL,
    minimum_coverage double precision NOT NULL,
    created_at {{timestamp}} NOT NULL,
    PRIMARY KEY (name, version)
);

-- reference
CREATE TABLE scorecard_factors (
    scorecard {{text}} NOT NULL,
    version bigint NOT NULL,
    position bigint NOT NULL,
    factor {{text}} NOT NULL,
    weight double precision NOT NULL,
    missing text NOT NULL,
    half_life_days double precision NOT NULL,
    PRIMARY KEY (scorecard, version, position),
    FOREIGN KEY (scorecard, version) REFERENCES scorecards (name, version) ON DELETE CASCADE
);

-- reference
CREATE TABLE playbooks (
    id bigint NOT NULL PRIMARY KEY,
    title text NOT NULL,
    description text NOT NULL,
    category text NOT NULL,
    priority text NOT NULL,
    estimated_effort text NOT NULL,
    created_at {{timestamp}} NOT NULL
);

-- reference: the risk factors that trigger a playbook and its steps
CREATE TABLE playbook_lines (
    playbook_id bigint NOT NULL REFERENCES playbooks (id) ON DELETE CASCADE,
    kind {{text}} NOT NULL CHECK (kind IN ('risk_factor', 'step')),
    position bigint NOT NULL,
    line text NOT NULL,
    PRIMARY KEY (playbook_id, kind, position)
);

-- reference
CREATE TABLE settings (
    name {{text}} NOT NULL PRIMARY KEY,
    value text NOT NULL,
    updated_at {{timestamp}} NOT NULL
);

-- local: counts changes of customers, metrics and scores; several slots, so that writers don't queue for one
CREATE TABLE data_versions (
    slot bigint NOT NULL PRIMARY KEY,
    version bigint NOT NULL
);
INSERT INTO data_versions (slot, version) VALUES
    (0, 0), (1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (6, 0), (7, 0);

-- local: sums over the customers that have a scorecard or metrics, kept with every change of them (see
-- data/portfolio_groups.hpp); a group's sums are those of its slots together
CREATE TABLE portfolio_groups (
    segment {{text}} NOT NULL,
    region {{text}} NOT NULL,
    health_status {{text}} NOT NULL,
    slot bigint NOT NULL,
    accounts bigint NOT NULL,
    arr {{money_sum}} NOT NULL,
    scored_accounts bigint NOT NULL,
    score_billionths bigint NOT NULL, -- of their scores: whole numbers add up exactly in any order
    PRIMARY KEY (segment, region, health_status, slot)
){{without_rowid}};

-- local: the durable queue
CREATE TABLE jobs (
    id {{id}},
    type {{text}} NOT NULL,
    payload text NOT NULL,
    state {{text}} NOT NULL CHECK (state IN ('queued', 'running', 'succeeded', 'failed', 'dead')),
    run_at {{timestamp}} NOT NULL,
    attempts bigint NOT NULL DEFAULT 0,
    max_attempts bigint NOT NULL,
    dedupe_key {{text}},
    last_error text NOT NULL DEFAULT '',
    progress double precision NOT NULL DEFAULT 0,
    result text NOT NULL DEFAULT '',
    lease_owner {{text}} NOT NULL DEFAULT '',
    lease_until {{timestamp}},
    created_at {{timestamp}} NOT NULL,
    started_at {{timestamp}},
    finished_at {{timestamp}}
);
CREATE INDEX jobs_ready ON jobs (state, run_at, id) WHERE state = 'queued';
CREATE INDEX jobs_leased ON jobs (state, lease_until, id) WHERE state = 'running';
CREATE INDEX jobs_by_state ON jobs (state, id);
CREATE UNIQUE INDEX jobs_unfinished_dedupe_key ON jobs (dedupe_key)
    WHERE dedupe_key IS NOT NULL AND state IN ('queued', 'running');

-- local: who may run what runs once; the epoch grows with each new owner
CREATE TABLE leases (
    name {{text}} NOT NULL PRIMARY KEY,
    owner {{text}} NOT NULL,
    epoch bigint NOT NULL,
    lease_until {{timestamp}} NOT NULL
);

-- local
CREATE TABLE import_manifests (
    id {{id}},
    filename text NOT NULL,
    stored_path text NOT NULL,
    bytes_total bigint NOT NULL,
    content_offset bigint NOT NULL,
    content_length bigint NOT NULL,
    dry_run boolean NOT NULL,
    state {{text}} NOT NULL CHECK (state IN ('queued', 'running', 'succeeded', 'failed')),
    bytes_done bigint NOT NULL,
    lines_done bigint NOT NULL,
    rows_read bigint NOT NULL,
    rows_rejected bigint NOT NULL,
    accounts_created bigint NOT NULL,
    accounts_updated bigint NOT NULL,
    metrics_created bigint NOT NULL,
    metrics_updated bigint NOT NULL,
    error text NOT NULL,
    created_at {{timestamp}} NOT NULL,
    finished_at {{timestamp}},
    job_id bigint,
    fingerprint {{text}} NOT NULL
);
CREATE INDEX import_manifests_unfinished ON import_manifests (fingerprint, id)
    WHERE state IN ('queued', 'running');

-- local
CREATE TABLE import_errors (
    id {{id}},
    import_id bigint NOT NULL REFERENCES import_manifests (id) ON DELETE CASCADE,
    line bigint NOT NULL,
    column_name text NOT NULL,
    code text NOT NULL,
    message text NOT NULL
);
CREATE INDEX import_errors_by_line ON import_errors (import_id, line, id);
