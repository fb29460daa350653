"""Job fairs: made, invited to, held at door and booth, closed, carried to a laptop and back."""
