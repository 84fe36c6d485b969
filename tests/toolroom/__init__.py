"""A toolroom as large as a customer's, with a year of what happens in it, made by a seeded generator.

    python -m tests.toolroom FOLDER [--seed N] [--days N] [--small] [--until YYYY-MM-DD]

300 people of all roles, 500 kits of 12 toolkits (the reference kit with its 11 tools among them), 7,500 tools with
markings and calibrations, and about 60 operations a day: issues, returns, late ones, parts kept, handovers, damages,
lost-tool cases with their searches and ends, repairs, swaps, calibrations, refusals, and an inventory of every kit at
the start and end of each day. Everything goes through the services, so that all rules hold and the journal verifies; a
day is one transaction, which is what makes a year a matter of minutes. One small photo serves all.

A year came to 21,395 operations, 25,342 entries of the journal and 390 MB; it took 7.5 minutes of processor time, and
half an hour on a machine of two cores that was busy with other things. The small one of a month takes a few seconds.

The same seed makes the same course of events; ids, hashes and PIN hashes differ. Everybody's PIN is 135790.
"""
