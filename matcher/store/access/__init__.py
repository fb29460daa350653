"""What belongs to people who are signed in: sessions that were ended, drafts."""
