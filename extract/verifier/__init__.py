"""The learned half of relation extraction: it weighs what the rules found.

`loose` tells how the two ends of a statement stand to its trigger; `forest` scores that with trees that were trained on
the annotated corpus; `judge` pools the score with the rule's own trust and makes a probability of both. `recipe` trains
it. The idea of a verifier behind a generous extractor: Angeli et al. (2015, ACL).
"""
