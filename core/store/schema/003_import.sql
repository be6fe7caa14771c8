-- Files that came through the guided import. import_run: one per file, undone as a whole; import_run_batch: the
-- batches (one per table) it made; import_sheet: how each of its sheets was read (TOML, see
-- core/exchange/mapping.py; year: of months without one), so that rows set aside can be read again.
CREATE TABLE import_run (
    run_id BIGINT NOT NULL PRIMARY KEY,
    file_name VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    loaded_at TIMESTAMP NOT NULL
);

CREATE TABLE import_run_batch (
    run_id BIGINT NOT NULL,
    batch_id BIGINT NOT NULL PRIMARY KEY
);

CREATE TABLE import_sheet (
    run_id BIGINT NOT NULL,
    sheet_name VARCHAR NOT NULL,
    table_name VARCHAR NOT NULL,
    mapping VARCHAR NOT NULL,
    year INTEGER,
    PRIMARY KEY (run_id, sheet_name)
);

-- Rows that could not be loaded. payload: JSON object, header of the file -> cell as it stands there; findings:
-- JSON list of what is wrong, in the words of the language of the import. resolved_by: the run that loaded the
-- corrected row; undoing that run opens the item again. No key: one write lock guards it, and one transaction
-- may change a row more than once.
CREATE TABLE quarantine (
    item_id BIGINT NOT NULL,
    run_id BIGINT NOT NULL,
    sheet_name VARCHAR NOT NULL,
    table_name VARCHAR NOT NULL,
    row_number BIGINT NOT NULL,
    payload VARCHAR NOT NULL,
    findings VARCHAR NOT NULL,
    status VARCHAR NOT NULL CHECK (status IN ('open', 'loaded', 'discarded', 'replaced', 'undone')),
    reason VARCHAR,
    resolved_by BIGINT,
    changed_at TIMESTAMP NOT NULL,
    changed_by VARCHAR NOT NULL
);
