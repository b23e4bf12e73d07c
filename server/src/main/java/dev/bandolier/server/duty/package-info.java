/// Duties: bounded pieces of work repeated for ever, by one node at a time where it matters.
package dev.bandolier.server.duty;
