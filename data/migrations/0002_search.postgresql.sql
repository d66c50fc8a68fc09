-- Every upload moves all these days on: with room for the new rows on the page of the old ones, the index
-- stays as it is.
ALTER TABLE customer_attribute_days SET (fillfactor = 40);
ALTER TABLE portfolio_groups SET (fillfactor = 40);

-- Customers without a score come last in either direction, which takes an index for each.
CREATE INDEX customers_by_health_score ON customers (health_score ASC NULLS LAST, id);
CREATE INDEX customers_by_health_score_descending ON customers (health_score DESC NULLS LAST, id DESC);

-- Names are sorted by their bytes and searched ignoring case as the database's own locale says.
CREATE INDEX customers_by_name ON customers (name COLLATE "C", id);

-- Search finds parts of names. Without the right to install pg_trgm it still works, only slower.
DO $$
BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE INDEX customers_name_trigrams ON customers USING gin (name gin_trgm_ops);
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported OR undefined_object THEN
    RAISE WARNING 'pg_trgm could not be installed (%); searching customers by name will be slow', SQLERRM;
END
$$;
