-- What people know and no file says: forms filled in for a customer. The fields of a form are declared in
-- core/customers/forms; payload is a JSON object of them. customer_form holds the latest version of every
-- record, customer_form_history every earlier one and how it ended. A form that is filled in once per customer
-- has the record_id ''. customer_type says whose form it is: dealer, terminal, region, or market for what
-- belongs to nobody in particular (customer_id '').
CREATE TABLE customer_form (
    form VARCHAR NOT NULL,
    customer_type VARCHAR NOT NULL,
    customer_id VARCHAR NOT NULL,
    record_id VARCHAR NOT NULL,
    payload VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    updated_at TIMESTAMP NOT NULL,
    updated_by VARCHAR NOT NULL,
    PRIMARY KEY (form, customer_type, customer_id, record_id)
);

CREATE TABLE customer_form_history (
    form VARCHAR NOT NULL,
    customer_type VARCHAR NOT NULL,
    customer_id VARCHAR NOT NULL,
    record_id VARCHAR NOT NULL,
    payload VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    updated_by VARCHAR NOT NULL,
    ended VARCHAR NOT NULL CHECK (ended IN ('changed', 'removed')),
    ended_at TIMESTAMP NOT NULL,
    ended_by VARCHAR NOT NULL
);

-- What somebody typed and hasn't saved: texts as they stand in the fields. No key: drafts come and go within
-- one transaction, and one write lock guards them. base_version is the version they began from, 0 for none.
CREATE TABLE form_draft (
    form VARCHAR NOT NULL,
    customer_type VARCHAR NOT NULL,
    customer_id VARCHAR NOT NULL,
    record_id VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    payload VARCHAR NOT NULL,
    base_version INTEGER NOT NULL,
    saved_at TIMESTAMP NOT NULL
);

-- Derived: what the search looks through. folded is the name without case, width, blanks and punctuation;
-- pinyin is its reading, initials the first letters of the syllables. derived_state says what it was made from.
CREATE TABLE customer_search (
    customer_type VARCHAR NOT NULL,
    customer_id VARCHAR NOT NULL,
    region_id VARCHAR,
    name VARCHAR NOT NULL,
    folded VARCHAR NOT NULL,
    initials VARCHAR NOT NULL,
    pinyin VARCHAR NOT NULL
);

-- The grading scale in versions; owner is empty for the company's, else the person whose own it is. payload is
-- JSON, see core/customers/grading/scale.py. grade_judgement: what somebody said about the elements that no
-- data tell, option 0 being the best. grade_run: a grading that was kept; grade_result: its customers. No key on
-- the results: there may be millions, and one transaction writes all of a run.
CREATE TABLE grade_template (
    owner VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    payload VARCHAR NOT NULL,
    note VARCHAR,
    saved_at TIMESTAMP NOT NULL,
    actor VARCHAR NOT NULL,
    PRIMARY KEY (owner, version)
);

CREATE TABLE grade_judgement (
    owner VARCHAR NOT NULL,
    customer_type VARCHAR NOT NULL,
    customer_id VARCHAR NOT NULL,
    element VARCHAR NOT NULL,
    option_no INTEGER NOT NULL CHECK (option_no >= 0),
    updated_at TIMESTAMP NOT NULL,
    updated_by VARCHAR NOT NULL
);

CREATE TABLE grade_run (
    run_id VARCHAR NOT NULL PRIMARY KEY,
    customer_type VARCHAR NOT NULL,
    owner VARCHAR NOT NULL,
    template_version INTEGER NOT NULL,
    scope VARCHAR NOT NULL CHECK (scope IN ('all', 'head', 'prospects')),
    start_month DATE NOT NULL,
    end_month DATE NOT NULL,
    graded_at TIMESTAMP NOT NULL,
    actor VARCHAR NOT NULL
);

CREATE TABLE grade_result (
    run_id VARCHAR NOT NULL,
    customer_id VARCHAR NOT NULL,
    total DOUBLE,
    known DOUBLE NOT NULL,
    grade VARCHAR,
    label VARCHAR
);
