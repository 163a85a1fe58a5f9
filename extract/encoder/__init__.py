"""The learned reader of relations: a small text encoder that looks at two ends of a sentence and says what ties them.

Rules read what somebody thought of; the encoder reads what resembles the annotated corpus, whatever its words.
`wordpiece` cuts a text into pieces, `scenes` tells where its ends stand and which of them might be tied, `network` runs
the encoder (numpy alone), `reading` turns what it says of a text into candidates beside those of the rules. `recipe`
trains it. The shape is that of BERT (Devlin et al. 2019), three narrow layers cut from MiniLM (Wang et al. 2020); ends
are marked by what they are (Zhou & Chen 2022), and what several places say of one pair is pooled (Zhou et al. 2021).
"""
