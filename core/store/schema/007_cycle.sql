-- The management cycle: what is done about what the figures say. Each topic has its own section.

-- Tasks. task: the latest version of each. finding_*: what it comes from, as it was shown; finding_query and
-- measure_parameters are JSON objects. measure is NULL where a manager signs that it is done; only data after
-- baseline_day count. state: what people said; late and reached are computed. signed_verdict and signed_value: what
-- the data said when it was signed. task_event: everything that happened to a task; before and after are JSON of
-- what was changed.
CREATE TABLE task (
    task_id VARCHAR NOT NULL PRIMARY KEY,
    title VARCHAR NOT NULL,
    due DATE NOT NULL,
    finding_kind VARCHAR NOT NULL,
    finding_key VARCHAR NOT NULL,
    finding_sentence VARCHAR NOT NULL,
    finding_page VARCHAR NOT NULL,
    finding_query VARCHAR NOT NULL,
    region_id VARCHAR,
    customer_type VARCHAR CHECK (customer_type IN ('terminal', 'dealer')),
    customer_id VARCHAR,
    owner_id VARCHAR,
    measure VARCHAR,
    target DOUBLE,
    baseline DOUBLE,
    baseline_day DATE,
    measure_parameters VARCHAR,
    note VARCHAR NOT NULL,
    parent_id VARCHAR,
    state VARCHAR NOT NULL CHECK (state IN ('open', 'doing', 'done', 'signed', 'dropped')),
    version INTEGER NOT NULL CHECK (version >= 1),
    created_at TIMESTAMP NOT NULL,
    created_by VARCHAR NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    updated_by VARCHAR NOT NULL,
    closed_on DATE,
    signed_by VARCHAR,
    signed_verdict VARCHAR,
    signed_value DOUBLE
);

CREATE TABLE task_event (
    task_id VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    happened_at TIMESTAMP NOT NULL,
    actor VARCHAR NOT NULL,
    action VARCHAR NOT NULL CHECK (action IN ('create', 'edit', 'move', 'sign', 'undo_drop')),
    state_before VARCHAR,
    state_after VARCHAR NOT NULL,
    reason VARCHAR,
    before VARCHAR,
    after VARCHAR
);

-- Expenses. expense_budget: what may be spent, beside expense. promotion: an action in some shops, those of
-- promotion_shop, or in a whole region where none is listed.
CREATE TABLE expense_budget (
    month DATE NOT NULL,
    region_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    amount DECIMAL(18,2) NOT NULL,
    batch_id BIGINT,
    PRIMARY KEY (month, region_id, kind)
);
CREATE TABLE history.expense_budget AS SELECT t.*, CAST(NULL AS BIGINT) AS displaced_by FROM expense_budget AS t LIMIT 0;

CREATE TABLE promotion (
    promotion_id VARCHAR NOT NULL PRIMARY KEY,
    name VARCHAR NOT NULL,
    region_id VARCHAR,
    product_id VARCHAR,
    start_on DATE NOT NULL,
    end_on DATE NOT NULL,
    cost DECIMAL(18,2),
    batch_id BIGINT
);
CREATE TABLE history.promotion AS SELECT t.*, CAST(NULL AS BIGINT) AS displaced_by FROM promotion AS t LIMIT 0;

CREATE TABLE promotion_shop (
    promotion_id VARCHAR NOT NULL,
    terminal_id VARCHAR NOT NULL,
    batch_id BIGINT,
    PRIMARY KEY (promotion_id, terminal_id)
);
CREATE TABLE history.promotion_shop AS SELECT t.*, CAST(NULL AS BIGINT) AS displaced_by FROM promotion_shop AS t LIMIT 0;

-- Forms that are approved like a target plan, such as the strategy cards of regions. form_event: who moved a record
-- from one state to the next, when and why; step counts the moves of a record. A record without any is a draft.
CREATE TABLE form_event (
    form VARCHAR NOT NULL,
    customer_type VARCHAR NOT NULL,
    customer_id VARCHAR NOT NULL,
    record_id VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    step INTEGER NOT NULL CHECK (step >= 1),
    happened_at TIMESTAMP NOT NULL,
    actor VARCHAR NOT NULL,
    from_status VARCHAR NOT NULL,
    to_status VARCHAR NOT NULL,
    reason VARCHAR
);

-- Prospects: how far each was, from when on; one row per change, never changed afterwards. The last row of a
-- terminal says what visit_prospect says. What an older store holds begins its history when it is opened;
-- decided ones have none, because nobody knows when that was.
CREATE TABLE prospect_stage (
    terminal_id VARCHAR NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 1),
    changed_at TIMESTAMP NOT NULL,
    changed_by VARCHAR NOT NULL,
    possibility VARCHAR CHECK (possibility IN ('A', 'B', 'C')),
    progress VARCHAR CHECK (progress IN ('hot', 'warm', 'cold')),
    source VARCHAR,
    no_go BOOLEAN NOT NULL,
    decision VARCHAR,
    PRIMARY KEY (terminal_id, number)
);
INSERT INTO prospect_stage
SELECT p.terminal_id, 1, CAST(now() AS TIMESTAMP), 'migration', p.possibility, p.progress, p.source, p.no_go, p.decision
FROM visit_prospect AS p
WHERE NOT p.no_go AND COALESCE(p.decision, '') NOT IN ('won', 'drop');

-- The day. A visit typed in is a row of visit without a batch, written in one change with visit_shelf, which
-- counts its versions, and with the review of its talk in customer_form under the same id.
-- visit_check_in: the arrival, at once; place WGS-84 and its error in metres, NULL where the telephone didn't say.
-- visit_photo: what lies in the folder beside the store under its sha256. day_report: a day handed in.
CREATE TABLE visit_check_in (
    visit_id VARCHAR NOT NULL PRIMARY KEY,
    employee_id VARCHAR NOT NULL,
    terminal_id VARCHAR NOT NULL,
    arrived_at TIMESTAMP NOT NULL,
    lat DOUBLE CHECK (lat BETWEEN -90 AND 90),
    lon DOUBLE CHECK (lon BETWEEN -180 AND 180),
    accuracy_m DOUBLE CHECK (accuracy_m >= 0),
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL
);

CREATE TABLE visit_shelf (
    visit_id VARCHAR NOT NULL PRIMARY KEY,
    stock VARCHAR CHECK (stock IN ('enough', 'low', 'out')),
    display VARCHAR CHECK (display IN ('good', 'mended', 'poor')),
    facings INTEGER CHECK (facings >= 0),
    remark VARCHAR,
    version INTEGER NOT NULL CHECK (version >= 1),
    saved_at TIMESTAMP NOT NULL,
    saved_by VARCHAR NOT NULL
);

CREATE TABLE visit_photo (
    visit_id VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    bytes BIGINT NOT NULL CHECK (bytes > 0),
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    added_at TIMESTAMP NOT NULL,
    added_by VARCHAR NOT NULL,
    PRIMARY KEY (visit_id, sha256)
);

CREATE TABLE day_report (
    employee_id VARCHAR NOT NULL,
    day DATE NOT NULL,
    remark VARCHAR,
    tomorrow VARCHAR,
    version INTEGER NOT NULL CHECK (version >= 1),
    handed_in_at TIMESTAMP NOT NULL,
    handed_in_by VARCHAR NOT NULL,
    PRIMARY KEY (employee_id, day)
);
