/// One class per table: the only place with SQL. A log is an append-only table and the class that owns its statements.
package dev.bandolier.server.ledger;
