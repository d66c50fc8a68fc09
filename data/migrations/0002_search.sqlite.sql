CREATE INDEX customers_by_name ON customers (name, id);
CREATE INDEX customers_by_health_score ON customers (health_score, id);

-- Search finds parts of names by their trigrams. The repository adds a row with each customer.
CREATE VIRTUAL TABLE customers_search USING fts5(
    name, content = 'customers', content_rowid = 'id', tokenize = 'trigram'
);
