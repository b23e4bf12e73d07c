/// Report: what has been decided, earned and learned, for people and programs that watch. Reads all logs, writes none.
package dev.bandolier.server.report;
