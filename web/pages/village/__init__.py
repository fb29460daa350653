"""The rooms of the village: what is due today, slips that come back, the monthly round."""
