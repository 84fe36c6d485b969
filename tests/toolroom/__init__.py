"""A toolroom as large as a customer's, with a year of what happens in it, made by a seeded generator."""
