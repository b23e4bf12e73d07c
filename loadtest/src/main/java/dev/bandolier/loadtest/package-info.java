/// Shoppers, replays and benchmarks: everything that talks to a running server from outside.
package dev.bandolier.loadtest;
