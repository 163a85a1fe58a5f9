"""Reader, validator, converter, split and statistics of the annotated corpus."""
