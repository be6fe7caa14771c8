"""Loading of source tables: staging, checks, quarantine, batches and load modes."""
