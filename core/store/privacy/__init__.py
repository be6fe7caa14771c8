"""What the store holds of one person: handing it out, erasing it, and how long places are kept."""
