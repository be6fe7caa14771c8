-- The audit. audit_log: every change of the data; its number is the data version that the change ended. address and
-- session: where it came from, NULL where that is unknown. audit_event: what changes no data and is told all the
-- same: sign-ins, refusals, files that left, copies. No row of either is ever removed; core/store/privacy alone
-- blanks the personal values that a row holds.
ALTER TABLE audit_log ADD COLUMN address VARCHAR;
ALTER TABLE audit_log ADD COLUMN session VARCHAR;

CREATE SEQUENCE audit_event_id;
CREATE TABLE audit_event (
    event_id BIGINT NOT NULL DEFAULT nextval('audit_event_id') PRIMARY KEY,
    happened_at TIMESTAMP NOT NULL,
    actor VARCHAR NOT NULL,
    address VARCHAR,
    session VARCHAR,
    kind VARCHAR NOT NULL CHECK (kind IN ('change', 'sign_in', 'refusal', 'export', 'backup')),
    action VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL CHECK (outcome IN ('done', 'refused', 'failed')),
    entity VARCHAR,
    entity_key VARCHAR,
    before VARCHAR,
    after VARCHAR
);
