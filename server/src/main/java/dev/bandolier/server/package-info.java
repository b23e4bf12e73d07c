/// The process: rooms that decide, receive, attribute, learn and report, and the logs between them.
package dev.bandolier.server;
