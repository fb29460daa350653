"""Ways in which a phrase names a trade, skill or paper without being an alias of it.

In: a phrase. Out: a code or a reject – by the grammar of certificate names, by verb and object, by sound, by letters.
"""
