"""Pages of papers: by task, the papers of a person, the progress of a large printing."""
