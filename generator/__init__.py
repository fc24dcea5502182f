"""Service standards as YAML in git, rendered into a searchable handbook with one view per role."""
