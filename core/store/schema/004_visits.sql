-- What a planner holds fast in visit plans. visit_group: customers visited on the same days, each in one group at
-- most; group_id is the first of their ids. visit_lock: visits that stay on their day; a row with the terminal_id ''
-- locks the whole day, so that nobody joins it either. No keys: one transaction may take a row away and bring it
-- back, and one write lock guards them.
CREATE TABLE visit_group (
    terminal_id VARCHAR NOT NULL,
    group_id VARCHAR NOT NULL
);

CREATE TABLE visit_lock (
    employee_id VARCHAR NOT NULL,
    day DATE NOT NULL,
    terminal_id VARCHAR NOT NULL
);
