-- What people ask of visits besides. visit_rule.hours: windows of a day such as 08:00-12:00, 14:00-18:00, in place of
-- one opening and one closing; market: market days as core/visits/market_days.py keeps them; companion: the rep who
-- comes along. fixed may have a time of day after a day. visit_office: where the days of a rep end, if not at home.
-- visit_night: the night after a day is spent near a shop.
ALTER TABLE visit_rule ADD COLUMN hours VARCHAR;
ALTER TABLE visit_rule ADD COLUMN not_before DATE;
ALTER TABLE visit_rule ADD COLUMN market VARCHAR;
ALTER TABLE visit_rule ADD COLUMN companion VARCHAR;
UPDATE visit_rule SET hours = PRINTF(
    '%02d:%02d-%02d:%02d',
    CAST(COALESCE(opens, 0) AS INTEGER) // 60, CAST(COALESCE(opens, 0) AS INTEGER) % 60,
    CAST(COALESCE(closes, 1440) AS INTEGER) // 60, CAST(COALESCE(closes, 1440) AS INTEGER) % 60
)
WHERE opens IS NOT NULL OR closes IS NOT NULL;
ALTER TABLE visit_rule DROP COLUMN opens;
ALTER TABLE visit_rule DROP COLUMN closes;

CREATE TABLE visit_office (
    employee_id VARCHAR NOT NULL,
    lat DOUBLE NOT NULL,
    lon DOUBLE NOT NULL
);

CREATE TABLE visit_night (
    employee_id VARCHAR NOT NULL,
    day DATE NOT NULL,
    terminal_id VARCHAR NOT NULL
);
