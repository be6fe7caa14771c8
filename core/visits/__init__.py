"""Visit plans: frequency, workload, routes, adherence."""
