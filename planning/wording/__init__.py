"""Words for what the rules answer: codes and figures go in, sentences in the active language come out."""
