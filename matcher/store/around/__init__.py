"""What the service keeps around people: settlements, the Rain-Dew register, coordinators; one file a table or two."""
