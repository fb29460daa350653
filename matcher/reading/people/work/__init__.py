"""What work a person has done and can name: trades, places, deeds."""
