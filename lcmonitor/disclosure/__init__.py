"""What may be said: the only maker of a ReleasedTable."""
