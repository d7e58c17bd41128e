"""A seller's plan for the coming days: made, accepted, ticked off, and held against what became of it."""
