/// The replay of logged decisions through a running server: what would its policy have earned on this log?
package dev.bandolier.loadtest.replay;
