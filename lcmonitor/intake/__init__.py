"""From an export and a codebook to checked responses, with a receipt that accounts for every row."""
