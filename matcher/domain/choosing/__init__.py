"""What is chosen at the desk: postings given and taken out by hand, what a person concedes, who was called."""
