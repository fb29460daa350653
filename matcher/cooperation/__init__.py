"""Labour cooperation: departures, routes, contacts, rights, bases, the ledger, and what came of it all."""
