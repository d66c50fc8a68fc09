-- What an import does, in plain SQL: the rows of the documented CSV (standard input) into the tables that
-- `keepwell migrate` has made. Settings as the program's own.
.bail on
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA cache_size = -65536;
PRAGMA temp_store = MEMORY;
PRAGMA wal_autocheckpoint = 8000;

CREATE TEMP TABLE stage (
    account_name TEXT, segment TEXT, region TEXT, arr REAL, date TEXT, daily_active_users INTEGER,
    feature_adoption_rate REAL, support_tickets_open INTEGER, nps_score REAL, login_frequency REAL
);
.import --schema temp --csv --skip 1 /dev/stdin stage

BEGIN IMMEDIATE;
-- The columns beside max(date) are those of its row.
CREATE TEMP TABLE newest AS
    SELECT account_name, segment, region, CAST(round(arr * 100) AS INTEGER) AS arr,
           max(CAST(julianday(date) - 2440587.5 AS INTEGER)) AS date  -- Days since 1970, as stored.
    FROM stage GROUP BY account_name;

INSERT INTO customers (id, name, segment, region, arr, created_at, updated_at)
SELECT (SELECT coalesce(max(id), 0) FROM customers) + row_number() OVER (ORDER BY account_name),
       account_name, segment, region, arr,
       strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
FROM newest
WHERE NOT EXISTS (SELECT 1 FROM customer_keys k WHERE k.key_value = account_name AND k.kind = 'account_name');

INSERT INTO customer_keys (kind, key_value, customer_id)
SELECT 'account_name', name, id FROM customers WHERE true
ON CONFLICT (key_value, kind) DO NOTHING;

UPDATE customers SET segment = n.segment, region = n.region, arr = n.arr
FROM newest n JOIN customer_keys k ON k.key_value = n.account_name AND k.kind = 'account_name'
WHERE customers.id = k.customer_id
  AND (customers.segment, customers.region, customers.arr) IS NOT (n.segment, n.region, n.arr);

INSERT INTO customer_attribute_days (customer_id, as_of)
SELECT k.customer_id, n.date FROM newest n JOIN customer_keys k ON k.key_value = n.account_name AND k.kind = 'account_name'
WHERE true
ON CONFLICT (customer_id) DO UPDATE SET as_of = excluded.as_of WHERE customer_attribute_days.as_of < excluded.as_of;

INSERT INTO account_metrics_daily (customer_id, date, daily_active_users, feature_adoption_rate,
                                   support_tickets_open, nps_score, login_frequency, arr)
SELECT k.customer_id, CAST(julianday(s.date) - 2440587.5 AS INTEGER), s.daily_active_users, s.feature_adoption_rate, s.support_tickets_open,
       nullif(s.nps_score, ''), s.login_frequency, CAST(round(s.arr * 100) AS INTEGER)
FROM stage s JOIN customer_keys k ON k.key_value = s.account_name AND k.kind = 'account_name'
WHERE true
ON CONFLICT (customer_id, date) DO UPDATE SET
    daily_active_users = excluded.daily_active_users, feature_adoption_rate = excluded.feature_adoption_rate,
    support_tickets_open = excluded.support_tickets_open, nps_score = excluded.nps_score,
    login_frequency = excluded.login_frequency, arr = excluded.arr;
COMMIT;
