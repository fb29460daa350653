"""Places in what people say of themselves: named ones, where they live, where they will not go."""
