"""An approved edition, mailed: to each recipient one mail of their own, once."""
