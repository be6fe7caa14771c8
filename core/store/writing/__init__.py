"""One change of the store: who makes it, its transaction, its line in the audit."""
