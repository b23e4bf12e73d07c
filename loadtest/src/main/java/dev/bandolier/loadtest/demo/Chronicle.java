package dev.bandolier.loadtest.demo;

import dev.bandolier.bandits.simulation.FastForward;
import dev.bandolier.loadtest.Format;
import dev.bandolier.loadtest.api.Answer;
import dev.bandolier.loadtest.api.Api;
import dev.bandolier.loadtest.api.ExperimentView;
import dev.bandolier.loadtest.api.Experiments;
import dev.bandolier.loadtest.api.SnapshotView;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What there is to say of the experiments while time goes by. Reads by HTTP; every method blocks.
final class Chronicle {

    private static final List<String> ALL = List.of(Programme.HERO, Programme.OFFERS, Programme.CHECKOUT);

    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ROOT);

    private final Api api;
    private final FastForward clock;
    private final Duration past;

    Chronicle(Api api, FastForward clock, Duration past) {
        this.api = api;
        this.clock = clock;
        this.past = past;
    }

    /// As in `lived through 12 of 21 days (Thu 12 Nov 09:31): home-hero: offer 71 %, ...`.
    String progress() {
        Instant now = clock.instant();
        return "lived through " + past.minus(clock.behind()).toDays() + " of " + past.toDays() + " days ("
                + WHEN.format(now.atOffset(ZoneOffset.UTC)) + "): " + shares();
    }

    /// Who leads in each experiment.
    String shares() {
        Experiments experiments = new Experiments(api);
        return ALL.stream()
                .flatMap(key -> experiments.find(key).stream())
                .map(Chronicle::leader)
                .collect(Collectors.joining(", "));
    }

    /// How many snapshots each has.
    String history() {
        return "snapshots: "
                + ALL.stream()
                        .map(key -> key + " " + Format.count(snapshots(key)))
                        .collect(Collectors.joining(", "));
    }

    private static String leader(ExperimentView experiment) {
        return experiment.key() + ": "
                + experiment
                        .snapshot()
                        .flatMap(snapshot ->
                                snapshot.arms().stream().max(Comparator.comparingDouble(SnapshotView.ArmView::share)))
                        .map(arm -> arm.arm() + " " + Format.percent(arm.share(), 0))
                        .orElse("-");
    }

    private long snapshots(String key) {
        Answer answer = api.await(api.get("/v1/experiments/" + key + "/snapshots?points=2"));
        return answer.status() == 200 ? answer.json().getLong("total", 0L) : 0;
    }
}
