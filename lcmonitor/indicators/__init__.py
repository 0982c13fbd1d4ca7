"""From responses to figures: the engine reduces (moments), the statistics infer."""
