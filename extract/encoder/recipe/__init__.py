"""Training the encoder: from MiniLM, sentences of CORE and the annotated corpus. `make train-extraction` runs it."""
