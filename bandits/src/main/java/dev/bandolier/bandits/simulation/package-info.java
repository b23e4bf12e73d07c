/// Made-up worlds in which the truth is known, and what a policy loses in them.
package dev.bandolier.bandits.simulation;
