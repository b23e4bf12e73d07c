/// The door: the HTTP server, the routes of every room, and the pages.
package dev.bandolier.server.http;
