/// Which decision earned what: pure rules from conversions to rewards.
package dev.bandolier.bandits.attribution;
