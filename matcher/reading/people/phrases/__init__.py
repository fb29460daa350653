"""Tables of phrases that stand for codes, and the rules built from them."""
