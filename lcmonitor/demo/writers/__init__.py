"""One writer a survey tool: a table of answers as that tool would export it."""
