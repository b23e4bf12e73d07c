/// Receive: a report from outside becomes a conversion in the log; 202 only after the commit.
package dev.bandolier.server.receive;
