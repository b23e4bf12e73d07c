package dev.bandolier.bandits.guardrail;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Guardrails.Form;
import dev.bandolier.bandits.Guardrails.Harm;
import dev.bandolier.bandits.Verdict.Horizon;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Every case of an experiment: each arm but control, put to each test. Immutable.
///
/// What is closed is looked at in the order of exposure, up to a time that is kept; so the cases are a function of the
/// logs, whatever the turns were that looked at them.
///
/// @param tests  text that says what is tested; another text means that the evidence is of something else
/// @param arms   cases of each arm
/// @param closed end of the exposures that each closed horizon has looked at; absent: none yet
public record Docket(String tests, Map<String, OfArm> arms, Map<Horizon, Instant> closed) {

    /// The cases of one arm.
    ///
    /// @param from  exposures before this time do not count
    /// @param cases by name of the test and horizon
    public record OfArm(Instant from, Map<String, Case> cases) {

        /// Keeps its own copy, in the order of the names.
        public OfArm {
            cases = Collections.unmodifiableMap(new TreeMap<>(cases));
        }

        /// The case of this test.
        public Case of(Trial trial) {
            return cases.getOrDefault(name(trial), Case.NEW);
        }
    }

    /// No case.
    public static final Docket EMPTY = new Docket("", Map.of(), Map.of());

    /// Keeps its own copies.
    public Docket {
        arms = Collections.unmodifiableMap(new TreeMap<>(arms));
        closed = Map.copyOf(closed);
    }

    /// The cases that a definition asks for: an arm that is new has none yet, one that a person resumed has none since,
    /// and if other tests are asked for, all begin anew.
    ///
    /// @param now time that exposures count from, if tests have changed
    public Docket fitted(Definition definition, Instant now) {
        String asked = text(definition);
        boolean same = asked.equals(tests);
        // The first tests count everything: nobody has looked yet.
        Instant anew = tests.isEmpty() ? Instant.EPOCH : now;
        Map<String, OfArm> fitted = new LinkedHashMap<>();
        for (Arm arm : definition.arms()) {
            if (!arm.control()) {
                OfArm before = same ? arms.get(arm.key()) : null;
                Instant start = before == null ? anew : before.from();
                Instant from = arm.watched().filter(start::isBefore).orElse(start);
                boolean kept = before != null && from.equals(before.from());
                fitted.put(arm.key(), kept ? before : new OfArm(from, Map.of()));
            }
        }
        return same && fitted.equals(arms)
                ? this
                : new Docket(asked, fitted, same || tests.isEmpty() ? closed : Map.of());
    }

    /// These cases without what closed horizons have looked at, to be looked at again: what the logs say of it has
    /// changed.
    public Docket reopened() {
        Map<String, OfArm> open = new HashMap<>();
        arms.forEach((key, each) -> {
            Map<String, Case> kept = new HashMap<>(each.cases());
            kept.keySet().removeIf(name -> !name.endsWith(suffix(Horizon.ARRIVED)));
            open.put(key, new OfArm(each.from(), kept));
        });
        return new Docket(tests, open, Map.of());
    }

    /// These cases with what has arrived.
    ///
    /// @param day day of the arrival, since 1970
    public Docket arrived(Definition definition, List<Ballot> ballots, Lots.Book book, long day) {
        return heard(definition, Horizon.ARRIVED, ballots, book, Optional.of(day));
    }

    /// These cases with the outcomes of exposures up to a time, looked at once and for all.
    ///
    /// @param horizon a closed one
    /// @param upTo    end of the exposures
    /// @param ballots outcomes of the exposures since the last time, up to this
    public Docket closed(Definition definition, Horizon horizon, Instant upTo, List<Ballot> ballots, Lots.Book book) {
        Docket heard = heard(definition, horizon, ballots, book, Optional.empty());
        Map<Horizon, Instant> ends = new HashMap<>(closed);
        ends.put(horizon, upTo);
        return new Docket(tests, heard.arms, ends);
    }

    private Docket heard(
            Definition definition, Horizon horizon, List<Ballot> ballots, Lots.Book book, Optional<Long> day) {
        Optional<Harm> rules = definition.guardrails().harm();
        List<Trial> trials = Trial.of(definition).stream()
                .filter(each -> each.horizon() == horizon)
                .toList();
        if (ballots.isEmpty() || trials.isEmpty()) {
            return this;
        }
        List<Ballot> inOrder = ballots.stream()
                .sorted((left, right) -> left.bucket().compareTo(right.bucket()))
                .toList();
        Map<String, OfArm> after = new HashMap<>();
        arms.forEach((key, each) ->
                after.put(key, heard(key, each, definition, rules.orElseThrow().form(), trials, inOrder, book, day)));
        return new Docket(tests, after, closed);
    }

    private static OfArm heard(
            String arm,
            OfArm before,
            Definition definition,
            Form form,
            List<Trial> trials,
            List<Ballot> ballots,
            Lots.Book book,
            Optional<Long> day) {
        String control = definition.control().key();
        long cap = definition.objective().cap().orElse(Long.MAX_VALUE);
        Map<String, Case> cases = new HashMap<>(before.cases());
        for (Ballot ballot : ballots) {
            boolean ofArm = !ballot.holdout() && ballot.arm().equals(arm);
            boolean ofControl = ballot.holdout() || ballot.arm().equals(control);
            if ((ofArm || ofControl) && !ballot.bucket().isBefore(before.from())) {
                Optional<Chance> chance = book.apply(ballot.version())
                        .flatMap(lots -> lots.chance(ballot.segment(), ballot.eligible(), arm, control));
                for (Trial trial : trials) {
                    if (chance.isPresent() && trial.metric().equals(ballot.metric())) {
                        long ofDay = day.orElseGet(
                                () -> Math.floorDiv(ballot.bucket().getEpochSecond(), 86_400L));
                        double reward = trial.reward(ballot, cap);
                        Case was = cases.getOrDefault(name(trial), Case.NEW);
                        cases.put(name(trial), was.plus(trial, form, chance.get(), ofArm, reward, ballot, ofDay));
                    }
                }
            }
        }
        return new OfArm(before.from(), cases);
    }

    private static String name(Trial trial) {
        return trial.name() + suffix(trial.horizon());
    }

    private static String suffix(Horizon horizon) {
        return "/" + horizon.name().toLowerCase(Locale.ROOT);
    }

    /// What is tested, in words that differ if the evidence would mean something else. Not the error rate: that is a
    /// matter of what the evidence has to reach.
    private static String text(Definition definition) {
        StringBuilder text = new StringBuilder("tests");
        definition.guardrails().harm().ifPresent(rules -> {
            text.append(": ").append(definition.control().key()).append(' ').append(rules.form());
            for (Trial trial : Trial.of(definition)) {
                text.append("; ").append(name(trial)).append(' ').append(trial.harm());
                if (trial.horizon() == Horizon.SHORT) {
                    text.append(' ').append(rules.window());
                }
            }
        });
        return text.toString();
    }
}
