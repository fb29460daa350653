"""Papers beside the match sheet, each made of stored facts; what is not stored is a labelled line to write on."""
