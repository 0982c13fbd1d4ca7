"""From a survey tool's own codebook to a draft of an instrument."""
