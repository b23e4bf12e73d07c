/// What the logs stand on: a Postgres of one's own or of the operator's, its migrations, group commit, and bells.
///
/// Read in this order: [DatabaseUrl] (where the database is), [EmbeddedDatabase] (the one that comes along),
/// [Migrations] (its schema), [GroupCommit] (many small writes as few statements), [Bell] and [Bells] (hints that a log
/// has grown). Nothing here knows a table.
package dev.bandolier.server.postgres;
