/// Decide: an ask becomes a decision, from memory if the unit is known, committed before the reply if it is new.
package dev.bandolier.server.decide;
