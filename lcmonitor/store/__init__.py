"""What is kept: one DuckDB file with one writer, and snapshots for analysts."""
