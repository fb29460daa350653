"""Large ledgers in the background: the process that writes one, and where its file waits."""
