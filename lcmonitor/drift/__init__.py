"""How an export differs from that of the wave before, and what that does to each series."""
