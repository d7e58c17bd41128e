"""LinkedIn's own figures, as a seller noted them: read, shown beside ours, never ranked."""
