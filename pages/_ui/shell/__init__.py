"""What every page stands in: document, navigation, frame, first start, settings."""
