"""Visit plans, visit logs and their constraints."""
