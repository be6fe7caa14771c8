-- What is shown of a shop t in the region r, after its id.
t.name AS name,
t.region_id AS region_id,
r.name AS region,
r.name_en AS region_en,
t.outlet_type AS outlet_type,
t.grade AS grade,
t.status AS status
