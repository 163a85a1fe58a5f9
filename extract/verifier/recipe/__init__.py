"""Training the verifier from the annotated corpus: `make train-extraction`."""
