-- The whole relational model. Columns of imported tables follow core/tables.py; a test compares both.
-- Large tables and tables with an optional key column carry no PRIMARY KEY: the one door of the import
-- checks their keys in bulk, which is ten times cheaper than an index on tens of millions of rows,
-- and the integrity check repeats it.

CREATE TABLE region (
    region_id VARCHAR NOT NULL,
    parent_id VARCHAR,
    level VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    name_en VARCHAR,
    adcode VARCHAR,
    urban_class VARCHAR,
    lat DOUBLE CHECK (lat >= -90 AND lat <= 90),
    lon DOUBLE CHECK (lon >= -180 AND lon <= 180),
    area_km2 DOUBLE CHECK (area_km2 >= 0),
    population DOUBLE CHECK (population >= 0),
    gdp DOUBLE CHECK (gdp >= 0),
    development_status VARCHAR,
    batch_id BIGINT,
    PRIMARY KEY (region_id)
);

CREATE TABLE company (
    company_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    name_en VARCHAR,
    is_self BOOLEAN DEFAULT FALSE,
    is_aggregate BOOLEAN DEFAULT FALSE,
    batch_id BIGINT,
    PRIMARY KEY (company_id)
);

CREATE TABLE product (
    product_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    category VARCHAR,
    company_id VARCHAR,
    uom VARCHAR,
    units_per_case DOUBLE CHECK (units_per_case >= 0),
    unit_margin_rate DOUBLE CHECK (unit_margin_rate >= -1 AND unit_margin_rate <= 1),
    price_tier VARCHAR,
    feature_tier VARCHAR,
    batch_id BIGINT,
    PRIMARY KEY (product_id)
);

CREATE TABLE market (
    market_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    definition VARCHAR NOT NULL,
    category VARCHAR,
    channel_scope VARCHAR,
    basis VARCHAR DEFAULT 'value',
    batch_id BIGINT,
    PRIMARY KEY (market_id)
);

CREATE TABLE employee (
    employee_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    role VARCHAR,
    manager_id VARCHAR,
    region_id VARCHAR,
    lat DOUBLE CHECK (lat >= -90 AND lat <= 90),
    lon DOUBLE CHECK (lon >= -180 AND lon <= 180),
    work_minutes_per_day DOUBLE CHECK (work_minutes_per_day >= 0 AND work_minutes_per_day <= 1440),
    active BOOLEAN DEFAULT TRUE,
    batch_id BIGINT,
    PRIMARY KEY (employee_id)
);

CREATE TABLE dealer (
    dealer_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    tier VARCHAR,
    region_id VARCHAR,
    lat DOUBLE CHECK (lat >= -90 AND lat <= 90),
    lon DOUBLE CHECK (lon >= -180 AND lon <= 180),
    crs VARCHAR DEFAULT 'WGS-84',
    level VARCHAR,
    parent_dealer_id VARCHAR,
    attitude DOUBLE CHECK (attitude >= 0 AND attitude <= 10),
    capability DOUBLE CHECK (capability >= 0 AND capability <= 10),
    accepts_training BOOLEAN,
    owner_employee_id VARCHAR,
    backup_employee_id VARCHAR,
    credit_limit DECIMAL(18,2),
    payment_days DOUBLE CHECK (payment_days >= 0),
    batch_id BIGINT,
    PRIMARY KEY (dealer_id)
);

CREATE TABLE dealer_region (
    dealer_id VARCHAR NOT NULL,
    region_id VARCHAR NOT NULL,
    from_month DATE,
    to_month DATE,
    exclusive BOOLEAN,
    batch_id BIGINT
);

CREATE TABLE terminal (
    terminal_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    region_id VARCHAR,
    dealer_id VARCHAR,
    employee_id VARCHAR,
    outlet_type VARCHAR,
    grade VARCHAR,
    status VARCHAR,
    address VARCHAR,
    lat DOUBLE CHECK (lat >= -90 AND lat <= 90),
    lon DOUBLE CHECK (lon >= -180 AND lon <= 180),
    crs VARCHAR DEFAULT 'WGS-84',
    area_m2 DOUBLE CHECK (area_m2 >= 0),
    lat_wgs84 DOUBLE,
    lon_wgs84 DOUBLE,
    cell BIGINT,
    batch_id BIGINT
);

CREATE TABLE market_capacity (
    market_id VARCHAR NOT NULL DEFAULT 'all',
    region_id VARCHAR NOT NULL,
    month DATE NOT NULL,
    amount DECIMAL(18,2) NOT NULL,
    source_type VARCHAR,
    confidence VARCHAR,
    batch_id BIGINT,
    PRIMARY KEY (market_id, region_id, month)
);

CREATE TABLE market_sales (
    market_id VARCHAR DEFAULT 'all',
    region_id VARCHAR NOT NULL,
    month DATE NOT NULL,
    company_id VARCHAR NOT NULL,
    amount DECIMAL(18,2) NOT NULL,
    quantity DOUBLE,
    source_type VARCHAR,
    confidence VARCHAR,
    batch_id BIGINT
);

CREATE TABLE terminal_sales (
    month DATE NOT NULL,
    terminal_id VARCHAR NOT NULL,
    company_id VARCHAR NOT NULL,
    product_id VARCHAR,
    amount DECIMAL(18,2) NOT NULL,
    quantity DOUBLE,
    batch_id BIGINT
);

CREATE TABLE dealer_sales (
    month DATE NOT NULL,
    dealer_id VARCHAR NOT NULL,
    product_id VARCHAR,
    sell_in_amount DECIMAL(18,2),
    sell_out_amount DECIMAL(18,2),
    quantity DOUBLE,
    batch_id BIGINT
);

CREATE TABLE inventory (
    as_of DATE NOT NULL,
    customer_type VARCHAR NOT NULL,
    customer_id VARCHAR NOT NULL,
    product_id VARCHAR NOT NULL,
    quantity DOUBLE NOT NULL,
    amount DECIMAL(18,2),
    batch_id BIGINT,
    PRIMARY KEY (as_of, customer_type, customer_id, product_id)
);

CREATE TABLE expense (
    month DATE NOT NULL,
    region_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    amount DECIMAL(18,2) NOT NULL,
    batch_id BIGINT,
    PRIMARY KEY (month, region_id, kind)
);

CREATE TABLE visit (
    visit_id VARCHAR NOT NULL,
    employee_id VARCHAR NOT NULL,
    terminal_id VARCHAR NOT NULL,
    start_at TIMESTAMP NOT NULL,
    end_at TIMESTAMP,
    purpose VARCHAR,
    result VARCHAR,
    order_amount DECIMAL(18,2),
    effective BOOLEAN,
    batch_id BIGINT
);

CREATE TABLE time_log (
    employee_id VARCHAR NOT NULL,
    day DATE NOT NULL,
    activity VARCHAR NOT NULL,
    minutes DOUBLE NOT NULL CHECK (minutes >= 0 AND minutes <= 1440),
    effective BOOLEAN,
    batch_id BIGINT,
    PRIMARY KEY (employee_id, day, activity)
);

CREATE TABLE relation (
    customer_type VARCHAR NOT NULL,
    customer_id VARCHAR NOT NULL,
    month DATE NOT NULL,
    state VARCHAR,
    level VARCHAR,
    satisfaction DOUBLE CHECK (satisfaction >= 1 AND satisfaction <= 5),
    batch_id BIGINT,
    PRIMARY KEY (customer_type, customer_id, month)
);

CREATE TABLE score_item (
    sheet_id VARCHAR NOT NULL,
    item_no BIGINT NOT NULL CHECK (item_no >= 1 AND item_no <= 10),
    terminal_id VARCHAR NOT NULL,
    employee_id VARCHAR,
    assessed_on DATE NOT NULL,
    assessor VARCHAR,
    score DOUBLE CHECK (score >= 0 AND score <= 10),
    note VARCHAR,
    batch_id BIGINT,
    PRIMARY KEY (sheet_id, item_no)
);

CREATE TABLE region_factor (
    region_id VARCHAR NOT NULL,
    month DATE NOT NULL,
    factor VARCHAR NOT NULL,
    value DOUBLE NOT NULL,
    batch_id BIGINT,
    PRIMARY KEY (region_id, month, factor)
);

CREATE TABLE target_cell (
    plan_id VARCHAR NOT NULL,
    month DATE NOT NULL,
    region_id VARCHAR,
    category VARCHAR,
    product_id VARCHAR,
    dealer_id VARCHAR,
    employee_id VARCHAR,
    amount DECIMAL(18,2) NOT NULL,
    source VARCHAR,
    locked BOOLEAN DEFAULT FALSE,
    note VARCHAR,
    batch_id BIGINT
);

CREATE TABLE target_plan (
    plan_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    year BIGINT NOT NULL CHECK (year >= 1990 AND year <= 2100),
    template VARCHAR,
    version BIGINT NOT NULL CHECK (version >= 1),
    base_plan_id VARCHAR,
    status VARCHAR DEFAULT 'draft',
    top_target DECIMAL(18,2),
    parameters VARCHAR,
    inputs_version BIGINT,
    batch_id BIGINT,
    PRIMARY KEY (plan_id)
);

-- terminal: lat and lon stay as surveyed, in the system named by crs; lat_wgs84 and lon_wgs84 are
-- converted from them; cell is the Web-Mercator quadkey (zoom 24, as an integer) the table is sorted by.

CREATE TABLE region_boundary (
    region_id VARCHAR NOT NULL PRIMARY KEY,
    geometry_wkb BLOB NOT NULL,
    origin VARCHAR NOT NULL CHECK (origin IN ('imported', 'hull', 'generated')),
    batch_id BIGINT
);

-- What imports displaced: the rows as they were, until the batch that displaced them is undone. A migration
-- that adds a column to an imported table adds it here too.
CREATE SCHEMA history;
CREATE TABLE history.region AS SELECT t.*, CAST(NULL AS BIGINT) AS displaced_by FROM region AS t LIMIT 0;
CREATE TABLE history.company AS SELECT t.*, CAST(NULL AS BIGINT) AS displaced_by FROM company AS t LIMIT 0;
CREATE TABLE history.product AS SELECT t.*, CAST(NULL AS BIGINT) AS displaced_by FROM product AS t LIMIT 0;
CREATE TABLE history.market AS SELECT t.*, CAST(NULL AS BIGINT) AS displaced_by FROM market AS t LIMIT 0;
CREATE TABLE history.employee AS SELECT t.*, CAST(NULL AS BIGINT) AS displaced_by FROM employee AS t LIMIT 0;
CREATE TABLE history.dealer AS SELECT t.*, CAST(NULL AS BIGINT) AS displaced_by FROM dealer AS t LIMIT 0;
CREATE TABLE history.dealer_region AS SELECT t.*, CAST(NULL AS BIGINT) AS displaced_by FROM dealer_region AS t LIMIT 0;
CREATE TABLE history.terminal AS SELECT t.*, CAST(NULL AS BIGINT) AS displaced_by FROM terminal AS t LIMIT 0;
CREATE TABLE history.market_capacity AS SELECT t.*, CAST(NULL AS BIGINT) AS displaced_by FROM market_capacity AS t LIMIT 0;
CREATE TABLE history.market_sales AS SELECT t.*, CAST(NULL AS BIGINT) AS displaced_by FROM market_sales AS t LIMIT 0;
CREATE TABLE history.terminal_sales AS SELECT t.*, CAST(NULL AS BIGINT) AS displaced_by FROM terminal_sales AS t LIMIT 0;
CREATE TABLE history.dealer_sales AS SELECT t.*, CAST(NULL AS BIGINT) AS displaced_by FROM dealer_sales AS t LIMIT 0;
CREATE TABLE history.inventory AS SELECT t.*, CAST(NULL AS BIGINT) AS displaced_by FROM inventory AS t LIMIT 0;
CREATE TABLE history.expense AS SELECT t.*, CAST(NULL AS BIGINT) AS displaced_by FROM expense AS t LIMIT 0;
CREATE TABLE history.visit AS SELECT t.*, CAST(NULL AS BIGINT) AS displaced_by FROM visit AS t LIMIT 0;
CREATE TABLE history.time_log AS SELECT t.*, CAST(NULL AS BIGINT) AS displaced_by FROM time_log AS t LIMIT 0;
CREATE TABLE history.relation AS SELECT t.*, CAST(NULL AS BIGINT) AS displaced_by FROM relation AS t LIMIT 0;
CREATE TABLE history.score_item AS SELECT t.*, CAST(NULL AS BIGINT) AS displaced_by FROM score_item AS t LIMIT 0;
CREATE TABLE history.region_factor AS SELECT t.*, CAST(NULL AS BIGINT) AS displaced_by FROM region_factor AS t LIMIT 0;
CREATE TABLE history.target_cell AS SELECT t.*, CAST(NULL AS BIGINT) AS displaced_by FROM target_cell AS t LIMIT 0;
CREATE TABLE history.target_plan AS SELECT t.*, CAST(NULL AS BIGINT) AS displaced_by FROM target_plan AS t LIMIT 0;
CREATE TABLE history.region_boundary AS SELECT t.*, CAST(NULL AS BIGINT) AS displaced_by FROM region_boundary AS t LIMIT 0;

-- Derived: every pair of a region and one of its ancestors, itself included at distance 0.
CREATE TABLE region_closure (
    ancestor_id VARCHAR NOT NULL,
    region_id VARCHAR NOT NULL,
    distance INTEGER NOT NULL
);

-- Derived: terminal sales summed to the terminal's own region, so that a page never scans the facts.
-- category is NULL in the total of all categories. The total of a shop, company and month is its row
-- without a product where there is one, else the sum of its product rows.
CREATE TABLE region_month_sales (
    month DATE NOT NULL,
    region_id VARCHAR,
    company_id VARCHAR NOT NULL,
    category VARCHAR,
    is_total BOOLEAN NOT NULL,
    amount DECIMAL(18,2) NOT NULL,
    quantity DOUBLE,
    terminals BIGINT NOT NULL
);

-- Derived: everything a market table may add up, with how far up the tree it counts: for the ancestors at a
-- distance below sales_reach (capacity_reach for the capacity); 999 means up to the top. market_key is a
-- market_id, or "category:" and a category that no market covers. company_id is NULL for recorded capacity;
-- replaced is what lies below a recorded figure and doesn't count because of it.
CREATE TABLE region_month_figure (
    market_key VARCHAR NOT NULL,
    month DATE NOT NULL,
    region_id VARCHAR,
    company_id VARCHAR,
    amount DECIMAL(18,2) NOT NULL,
    is_recorded BOOLEAN NOT NULL,
    replaced DECIMAL(18,2),
    sales_reach INTEGER NOT NULL,
    capacity_reach INTEGER NOT NULL
);

-- name: the derived table; data_version: the version of the data it was made from.
CREATE TABLE derived_state (
    name VARCHAR NOT NULL PRIMARY KEY,
    data_version BIGINT NOT NULL
);

CREATE TABLE import_batch (
    batch_id BIGINT NOT NULL PRIMARY KEY,
    file_name VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    table_name VARCHAR NOT NULL,
    mode VARCHAR NOT NULL CHECK (mode IN ('upsert', 'replace', 'append')),
    rows_read BIGINT NOT NULL,
    rows_inserted BIGINT NOT NULL,
    rows_updated BIGINT NOT NULL,
    rows_deleted BIGINT NOT NULL,
    warnings BIGINT NOT NULL,
    status VARCHAR NOT NULL CHECK (status IN ('loaded', 'undone')),
    actor VARCHAR NOT NULL,
    loaded_at TIMESTAMP NOT NULL
);

CREATE TABLE data_issue (
    batch_id BIGINT NOT NULL,
    table_name VARCHAR NOT NULL,
    row_number BIGINT,
    column_name VARCHAR,
    level VARCHAR NOT NULL CHECK (level IN ('error', 'warning', 'information')),
    code VARCHAR NOT NULL,
    value VARCHAR,
    message VARCHAR NOT NULL,
    occurrences BIGINT NOT NULL DEFAULT 1
);

CREATE SEQUENCE audit_id;
CREATE TABLE audit_log (
    audit_id BIGINT NOT NULL DEFAULT nextval('audit_id') PRIMARY KEY,
    happened_at TIMESTAMP NOT NULL,
    actor VARCHAR NOT NULL,
    action VARCHAR NOT NULL,
    entity VARCHAR,
    entity_key VARCHAR,
    before VARCHAR,
    after VARCHAR
);

CREATE TABLE setting (
    name VARCHAR NOT NULL PRIMARY KEY,
    value VARCHAR NOT NULL
);

-- One row. format_version counts the schema files; data_version rises with every write.
CREATE TABLE meta (
    format_version INTEGER NOT NULL,
    data_version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL
);

INSERT INTO market (market_id, name, definition, basis)
VALUES ('all', '全部市场', '所有品类、所有渠道；没有录入容量的区域，以全部公司的销售额之和作为容量', 'value');

-- Target plans made here. target_plan and target_cell hold the latest version of each plan; these tables hold
-- how it came about. plan_version: every version saved, with the fingerprint of its cells. plan_change: the
-- cells that a version changed, so that any earlier one is the latest with its changes taken back.
CREATE TABLE plan_version (
    plan_id VARCHAR NOT NULL,
    version BIGINT NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    actor VARCHAR NOT NULL,
    note VARCHAR,
    top_target DECIMAL(18,2) NOT NULL,
    fingerprint VARCHAR NOT NULL,
    PRIMARY KEY (plan_id, version)
);

CREATE TABLE plan_change (
    plan_id VARCHAR NOT NULL,
    version BIGINT NOT NULL,
    month DATE NOT NULL,
    region_id VARCHAR,
    category VARCHAR,
    dealer_id VARCHAR,
    employee_id VARCHAR,
    amount_before DECIMAL(18,2) NOT NULL,
    amount_after DECIMAL(18,2) NOT NULL,
    locked_before BOOLEAN NOT NULL,
    locked_after BOOLEAN NOT NULL
);

-- Who moved a plan from one state to the next, when and why.
CREATE TABLE plan_event (
    plan_id VARCHAR NOT NULL,
    version BIGINT NOT NULL,
    happened_at TIMESTAMP NOT NULL,
    actor VARCHAR NOT NULL,
    from_status VARCHAR,
    to_status VARCHAR NOT NULL,
    reason VARCHAR
);

-- Visit plans made here. visit_plan: one rep's plan of a period; a later version replaces an earlier one.
-- visit_plan_stop: its visits, travel and km those to the stop. visit_rule: what differs from the norm for one
-- customer; weekdays as digits, 0 for Monday; fixed as ISO days with commas. visit_prospect: how far a prospect is.
CREATE TABLE visit_plan (
    plan_id VARCHAR NOT NULL PRIMARY KEY,
    employee_id VARCHAR NOT NULL,
    start_day DATE NOT NULL,
    weeks INTEGER NOT NULL CHECK (weeks >= 1 AND weeks <= 12),
    version INTEGER NOT NULL,
    base_plan_id VARCHAR,
    changes INTEGER NOT NULL,
    visits INTEGER NOT NULL,
    travel_minutes DOUBLE NOT NULL,
    km DOUBLE NOT NULL,
    fingerprint VARCHAR NOT NULL,
    parameters VARCHAR NOT NULL,
    inputs_version BIGINT NOT NULL,
    actor VARCHAR NOT NULL,
    saved_at TIMESTAMP NOT NULL
);

CREATE TABLE visit_plan_stop (
    plan_id VARCHAR NOT NULL,
    day DATE NOT NULL,
    position INTEGER NOT NULL,
    terminal_id VARCHAR NOT NULL,
    begins DOUBLE NOT NULL,
    minutes DOUBLE NOT NULL,
    travel_minutes DOUBLE NOT NULL,
    km DOUBLE NOT NULL
);

CREATE TABLE visit_rule (
    terminal_id VARCHAR NOT NULL PRIMARY KEY,
    visits DOUBLE,
    reason VARCHAR,
    minutes DOUBLE,
    preferred VARCHAR,
    forbidden VARCHAR,
    opens DOUBLE,
    closes DOUBLE,
    min_gap INTEGER,
    max_gap INTEGER,
    fixed VARCHAR,
    first_by DATE,
    employee_id VARCHAR
);

CREATE TABLE visit_prospect (
    terminal_id VARCHAR NOT NULL PRIMARY KEY,
    possibility VARCHAR CHECK (possibility IN ('A', 'B', 'C')),
    progress VARCHAR CHECK (progress IN ('hot', 'warm', 'cold')),
    source VARCHAR,
    no_go BOOLEAN NOT NULL DEFAULT FALSE,
    decision VARCHAR
);

-- Derived: outlines drawn around the shops of regions without a boundary; NULL where a region has no located
-- shop. derived_state says to which change of shops and regions they belong.
CREATE TABLE region_outline (
    region_id VARCHAR NOT NULL PRIMARY KEY,
    geometry_wkb BLOB
);

-- Terminals chosen on the map, under a name, to be handed on to the visit plan. One row per terminal.
CREATE TABLE terminal_selection (
    selection_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    terminal_id VARCHAR NOT NULL,
    created_at TIMESTAMP NOT NULL,
    actor VARCHAR NOT NULL,
    PRIMARY KEY (selection_id, terminal_id)
);
