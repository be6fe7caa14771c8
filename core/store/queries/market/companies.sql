-- Every company; a company belongs to no region, so there is no scope to apply.
SELECT
    company.company_id AS company_id,
    company.name AS name,
    COALESCE(company.name_en, company.name) AS name_en,
    COALESCE(company.is_self, FALSE) AS is_self,
    COALESCE(company.is_aggregate, FALSE) AS is_aggregate
FROM company AS company
ORDER BY company.company_id NULLS LAST
