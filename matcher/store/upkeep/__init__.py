"""Work on whole databases: copied, compared, sealed anew; nothing here knows what a row means."""
