"""The room of sources that postings are pulled from."""
