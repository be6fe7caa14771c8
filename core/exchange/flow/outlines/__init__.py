"""Files of outlines: whose each is, and in which coordinate system."""
