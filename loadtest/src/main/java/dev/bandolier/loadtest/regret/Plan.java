package dev.bandolier.loadtest.regret;

import dev.bandolier.bandits.simulation.Contest;
import dev.bandolier.bandits.simulation.Entrant;
import dev.bandolier.bandits.simulation.Suite;
import dev.bandolier.loadtest.Asked;
import java.util.List;
import java.util.SplittableRandom;

/// What is to be run.
///
/// @param problems which problems, by name; all if there is none
/// @param policies which entrants, by name; all if there is none
/// @param runs     how many seeds each entrant plays
/// @param seed     decides all of these
/// @param looks    how often a policy looks at the counts within the horizon
/// @param threads  how many seeds are played at once
record Plan(List<String> problems, List<String> policies, int runs, long seed, int looks, int threads) {

    private static final int RUNS_MAX = 1_000_000;
    private static final int LOOKS_MAX = 1_000_000;
    private static final int THREADS_MAX = 256;

    /// Refuses a plan in which nothing happens.
    Plan {
        problems = List.copyOf(problems);
        policies = List.copyOf(policies);
        Asked.check("--seeds", runs, RUNS_MAX);
        Asked.check("--looks", looks, LOOKS_MAX);
        Asked.check("--threads", threads, THREADS_MAX);
    }

    /// The seeds that every entrant plays, the same for each; more of them begin with the same.
    long[] seeds() {
        return new SplittableRandom(seed).longs(runs).toArray();
    }

    /// The problems that were asked for, with the entrants that were asked for.
    List<Contest> contests() {
        List<Contest> all = Suite.contests(looks);
        Asked.known("--problems", problems, all.stream().map(Contest::name));
        Asked.known(
                "--policies",
                policies,
                all.stream().flatMap(contest -> contest.entrants().stream()).map(Entrant::name));
        return all.stream()
                .filter(contest -> problems.isEmpty() || problems.contains(contest.name()))
                .filter(contest -> contest.entrants().stream().anyMatch(this::plays))
                .map(this::among)
                .toList();
    }

    private Contest among(Contest contest) {
        return new Contest(
                contest.name(),
                contest.title(),
                contest.measure(),
                contest.horizon(),
                contest.entrants().stream().filter(this::plays).toList());
    }

    private boolean plays(Entrant entrant) {
        return policies.isEmpty() || policies.contains(entrant.name());
    }
}
