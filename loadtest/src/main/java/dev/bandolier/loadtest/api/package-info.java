/// The server as its callers see it: addresses, requests, answers and the live feed. Nothing here knows why it is
/// asked.
package dev.bandolier.loadtest.api;
