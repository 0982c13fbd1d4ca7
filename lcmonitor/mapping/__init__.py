"""A mapping file that is nearly ready: what is sure is filled in, what is not is asked."""
