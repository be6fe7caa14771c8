-- Every saved version of the grading scale; owner is empty for the company's.
SELECT
    g.owner AS owner,
    g.version AS version,
    g.payload AS payload,
    g.note AS note,
    g.saved_at AS saved_at,
    g.actor AS actor
FROM grade_template AS g
ORDER BY g.owner ASC NULLS LAST, g.version DESC NULLS LAST
