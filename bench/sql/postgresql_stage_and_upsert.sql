-- What an import does, in plain SQL: the rows of the documented CSV (standard input) into the tables that
-- `keepwell migrate` has made.
CREATE TEMP TABLE stage (
    account_name text, segment text, region text, arr numeric(14, 2), date date, daily_active_users bigint,
    feature_adoption_rate double precision, support_tickets_open bigint, nps_score double precision,
    login_frequency double precision
);
\copy stage FROM pstdin WITH (FORMAT csv, HEADER)
ANALYZE stage;

BEGIN;
CREATE TEMP TABLE newest ON COMMIT DROP AS
    SELECT DISTINCT ON (account_name) account_name, segment, region, arr, date
    FROM stage ORDER BY account_name, date DESC;

INSERT INTO customers (id, name, segment, region, arr, created_at, updated_at)
SELECT nextval('customers_id_seq'), account_name, segment, region, arr, now(), now()
FROM newest
WHERE NOT EXISTS (SELECT 1 FROM customer_keys k WHERE k.key_value = account_name AND k.kind = 'account_name');

INSERT INTO customer_keys (kind, key_value, customer_id)
SELECT 'account_name', name, id FROM customers
ON CONFLICT (key_value, kind) DO NOTHING;

UPDATE customers SET segment = n.segment, region = n.region, arr = n.arr
FROM newest n JOIN customer_keys k ON k.key_value = n.account_name AND k.kind = 'account_name'
WHERE customers.id = k.customer_id
  AND (customers.segment, customers.region, customers.arr) IS DISTINCT FROM (n.segment, n.region, n.arr);

INSERT INTO customer_attribute_days (customer_id, as_of)
SELECT k.customer_id, n.date FROM newest n JOIN customer_keys k ON k.key_value = n.account_name AND k.kind = 'account_name'
WHERE true
ON CONFLICT (customer_id) DO UPDATE SET as_of = excluded.as_of WHERE customer_attribute_days.as_of < excluded.as_of;

INSERT INTO account_metrics_daily (customer_id, date, daily_active_users, feature_adoption_rate,
                                   support_tickets_open, nps_score, login_frequency, arr)
SELECT k.customer_id, s.date, s.daily_active_users, s.feature_adoption_rate, s.support_tickets_open,
       s.nps_score, s.login_frequency, s.arr
FROM stage s JOIN customer_keys k ON k.key_value = s.account_name AND k.kind = 'account_name'
ON CONFLICT (customer_id, date) DO UPDATE SET
    daily_active_users = excluded.daily_active_users, feature_adoption_rate = excluded.feature_adoption_rate,
    support_tickets_open = excluded.support_tickets_open, nps_score = excluded.nps_score,
    login_frequency = excluded.login_frequency, arr = excluded.arr;
COMMIT;
