"""What a roster says beside the people themselves, and what it leaves behind."""
