"""What the window and the village say of people and classes beside what rosters say."""
