"""What part of a store somebody sees: filtered views for every read, a guard for every write."""
