"""The index as plain arithmetic: no framework, no clock, no database, only what it is told."""
