"""Codebooks, their versions and sector packs, and the definitions of indicators and building blocks."""
