"""The terminal map: its controls, its layers, its legend, the card of one terminal."""
