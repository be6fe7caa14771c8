-- Sales of one stretch of terminals over the period and the same months a year earlier, one row each.
-- Amounts are whole fen, so that sums over cells equal sums over the table to the last digit.
-- The part named monthly takes one figure per shop, company and month: its total, or the sum of its products.
INSERT INTO {lens}_sold
WITH wanted AS (
    {parts/period_sales}
        AND s.terminal_id BETWEEN $first_terminal AND $last_terminal
),
monthly AS ({monthly})
SELECT
    m.terminal_id AS terminal_id,
    CAST(SUM(CASE WHEN m.month BETWEEN $start AND $end THEN m.fen END) AS BIGINT) AS total,
    CAST(SUM(CASE WHEN m.month BETWEEN $previous_start AND $previous_end THEN m.fen END) AS BIGINT) AS total_previous,
    CAST(SUM(CASE WHEN m.company_id = $own AND m.month BETWEEN $start AND $end THEN m.fen END) AS BIGINT) AS own,
    CAST(SUM(CASE WHEN m.company_id = $own AND m.month BETWEEN $previous_start AND $previous_end THEN m.fen END) AS BIGINT) AS own_previous,
    CAST(SUM(CASE WHEN m.company_id = $rival_1 AND m.month BETWEEN $start AND $end THEN m.fen END) AS BIGINT) AS rival_1,
    CAST(SUM(CASE WHEN m.company_id = $rival_2 AND m.month BETWEEN $start AND $end THEN m.fen END) AS BIGINT) AS rival_2,
    CAST(SUM(CASE WHEN m.company_id = $rival_3 AND m.month BETWEEN $start AND $end THEN m.fen END) AS BIGINT) AS rival_3,
    CAST(SUM(CASE WHEN m.company_id = $rival_4 AND m.month BETWEEN $start AND $end THEN m.fen END) AS BIGINT) AS rival_4,
    CAST(SUM(CASE WHEN m.company_id = $rival_5 AND m.month BETWEEN $start AND $end THEN m.fen END) AS BIGINT) AS rival_5
FROM monthly AS m
GROUP BY m.terminal_id
