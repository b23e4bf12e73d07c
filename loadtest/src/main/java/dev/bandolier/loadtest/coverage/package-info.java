/// How often the intervals of a report hold the truth where it is known: the simulation, and its tables.
package dev.bandolier.loadtest.coverage;
