/// How long the sums take on which serving depends.
package dev.bandolier.loadtest.jmh;
