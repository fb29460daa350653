"""Work near home: the register, its figures, the gate of public-welfare posts, what somebody has to look at."""
