"""The learned half of relation extraction: it weighs what the rules found and adds what they only just missed.

`loose` offers each trigger word with any two fitting ends of its sentence, told by how they stand to it; `forest` gives
each a score that was learned from the annotated corpus; `judge` turns scores into probabilities and decides which
candidates count. `recipe` trains it. The idea of a verifier behind a generous extractor: Angeli et al. (2015, ACL).
"""
