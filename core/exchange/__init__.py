"""Files in and out: reading, checking, writing."""
