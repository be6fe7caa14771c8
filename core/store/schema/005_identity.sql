-- Which store a file is, and how often another file took its place: what an exchange of files is checked by.

ALTER TABLE meta ADD COLUMN store_id VARCHAR DEFAULT CAST(uuid() AS VARCHAR);
ALTER TABLE meta ADD COLUMN generation BIGINT DEFAULT 0;
