/// What a policy would have earned, judged from what was logged.
package dev.bandolier.bandits.evaluation;
