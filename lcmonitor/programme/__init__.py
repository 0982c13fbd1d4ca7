"""Who takes part and when: the programme, its communities and its waves."""
