"""What a person looks at before a file is taken: refused rows beside their cells, changes field by field, and the sheet
of refused rows to put right and hand in again."""
