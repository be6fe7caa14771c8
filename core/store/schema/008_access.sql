-- Who may sign in, and what each may do and see. app_user: the latest version of each; before and after of every
-- change stand in audit_log. subject: what the sign-in service calls the person, NULL until the first sign-in.
-- email: in small letters. roles: JSON list of codes of core/access/rights.py. region_ids, companies: JSON lists;
-- NULL for the whole market, and for all own companies. since, until: first and last day. An index on subject would
-- refuse a change that hands it on; the one door that writes looks first.
CREATE TABLE app_user (
    user_id VARCHAR NOT NULL PRIMARY KEY,
    subject VARCHAR,
    email VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    roles VARCHAR NOT NULL,
    region_ids VARCHAR,
    companies VARCHAR,
    employee_id VARCHAR,
    active BOOLEAN NOT NULL,
    since DATE,
    until DATE,
    version INTEGER NOT NULL CHECK (version >= 1),
    created_at TIMESTAMP NOT NULL,
    created_by VARCHAR NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    updated_by VARCHAR NOT NULL
);

-- Every address under which somebody may have worked: changes are written down under it, so it is never given to
-- anybody else.
CREATE TABLE app_user_email (
    email VARCHAR NOT NULL PRIMARY KEY,
    user_id VARCHAR NOT NULL
);
