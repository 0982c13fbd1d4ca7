"""Released figures to pages, charts and data files."""
