"""Pages of the simple facts of the record: one list a noun, with a form to add, change and take out."""
