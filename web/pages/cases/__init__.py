"""The pages of service cases: the queue, one case, and the work that follows."""
