/// Learn: decisions and rewards become counters, counters become the next snapshot.
package dev.bandolier.server.learn;
