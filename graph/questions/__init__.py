"""Questions in plain words: their shapes as data, what is made of a question, and the answer with its sentences."""
