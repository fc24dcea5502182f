"""Finding: queries that people type, and how often the right record is among the first."""
