"""Good rows into the store, the others into the quarantine, to be corrected and tried again."""
