"""What staff say of people and classes, stored."""
