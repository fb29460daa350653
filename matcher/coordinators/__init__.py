"""Village coordinators: the roster, who serves which village, trainings, and who may open records."""
