"""The exchange by file, as the tables see it: records without keys of this database, and their way into another one."""
