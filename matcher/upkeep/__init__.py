"""Looking after an office: backups and restores, moving to another database, changing keys, and the doctor."""
