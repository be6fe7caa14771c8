-- Who is responsible for which terminal, changed in one step. territory_change: the step; visits follow from
-- effective_from on. territory_move: each terminal with its owner and stand-in before and after, the hand-over
-- record made for it, and what visit_rule.fixed said before its promised days were added. territory_plan: visit
-- plans made without the visits that went to others. territory_visit: those visits.
-- terminal_stand_in: who stands in for the owner of a terminal; no row where nobody does.
CREATE TABLE territory_change (
    change_id VARCHAR NOT NULL PRIMARY KEY,
    name VARCHAR NOT NULL,
    effective_from DATE NOT NULL,
    customers BIGINT NOT NULL,
    applied_at TIMESTAMP NOT NULL,
    applied_by VARCHAR NOT NULL,
    undone_at TIMESTAMP,
    undone_by VARCHAR
);

CREATE TABLE territory_move (
    change_id VARCHAR NOT NULL,
    terminal_id VARCHAR NOT NULL,
    owner_before VARCHAR,
    owner_after VARCHAR NOT NULL,
    stand_in_before VARCHAR,
    record_id VARCHAR,
    fixed_before VARCHAR
);

CREATE TABLE territory_plan (
    change_id VARCHAR NOT NULL,
    plan_id VARCHAR NOT NULL
);

CREATE TABLE territory_visit (
    change_id VARCHAR NOT NULL,
    plan_id VARCHAR NOT NULL,
    terminal_id VARCHAR NOT NULL,
    day DATE NOT NULL
);

CREATE TABLE terminal_stand_in (
    terminal_id VARCHAR NOT NULL,
    employee_id VARCHAR NOT NULL
);
