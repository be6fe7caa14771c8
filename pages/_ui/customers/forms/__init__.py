"""Forms of a customer: fields, drafts, conflicts and history."""
