"""Papers of a job fair: booth list, village lists, bus lists, ways through the hall, expected visitors."""
