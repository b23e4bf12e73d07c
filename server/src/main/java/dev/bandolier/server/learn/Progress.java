package dev.bandolier.server.learn;

import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How far one experiment has been learned from, and what people have been shown of it.
///
/// Confined to the thread of the duty.
final class Progress {

    /// How often beliefs are looked at again where nothing was heard: they move with time, as exposures mature and what
    /// is old is forgotten.
    static final Duration REVIEW_EVERY = Duration.ofSeconds(10);

    /// The same where nobody is sent any more, until what was exposed has matured: nothing is decided from it.
    static final Duration REVIEW_IDLE_EVERY = Duration.ofMinutes(1);

    /// For so long units may have been sent to an experiment under one snapshot: a new day makes another.
    private static final Duration SERVED_MAX = Duration.ofDays(1);

    /// How often people are shown new numbers while the allocation stays.
    static final Duration SHOW_EVERY = Duration.ofSeconds(1);

    /// What has not been looked at for so long waits no longer for what has changed since: with more experiments than a
    /// turn comes to there is always one.
    static final Duration LATE = Duration.ofMinutes(3);

    /// How soon an experiment has its turn, the most urgent first.
    enum Urgency {
        /// Its definition was changed, and what is served is still that of before.
        REDEFINED,
        /// Its counters were changed, or it was left alone for too long.
        CHANGED,
        /// Nothing but time has passed.
        REVIEW
    }

    private static final long NEVER_FAILED = 0;

    private Optional<Instant> behind;
    private Instant reviewedAt = Instant.EPOCH;
    private Instant shownAt = Instant.EPOCH;
    private Optional<Snapshot> made = Optional.empty();
    private Optional<Snapshot> shown = Optional.empty();
    private Optional<Snapshot> unshown = Optional.empty();
    private long failedRevision = NEVER_FAILED;

    /// An experiment that is new here.
    ///
    /// @param through what was reported up to then it has been learned from, at least
    Progress(Instant through) {
        this.behind = Optional.of(through);
    }

    /// Its counters have changed.
    ///
    /// @param through what was reported up to then was counted before they changed
    void changed(Instant through) {
        behind = behind.or(() -> Optional.of(through));
    }

    /// What was reported up to this time it has been learned from; nothing if that is all that was counted. Of an
    /// experiment that cannot be learned from, nobody waits to hear.
    Optional<Instant> behind() {
        return failedRevision == NEVER_FAILED ? behind : Optional.empty();
    }

    /// When it was last looked at.
    Instant reviewedAt() {
        return reviewedAt;
    }

    /// The latest snapshot: our own, while nobody has read it back yet.
    Optional<Snapshot> latest(Optional<Snapshot> served) {
        long known = served.map(Snapshot::version).orElse(0L);
        return made.filter(own -> own.version() > known).or(() -> served);
    }

    /// Whether there is something to learn under this snapshot.
    boolean due(Experiment experiment, Snapshot current, Instant now) {
        boolean overdue = !now.isBefore(reviewedAt.plus(REVIEW_EVERY));
        if (failedRevision == experiment.revision()) {
            return overdue && experiment.running();
        }
        return switch (experiment.state()) {
            case RUNNING -> behind.isPresent() || overdue || redefined(experiment, current);
            case DRAFT -> behind.isPresent() || redefined(experiment, current);
            case PAUSED -> behind.isPresent() || redefined(experiment, current) || maturing(experiment, current, now);
            // What is over serves nobody, so it needs no other shares; what it still earns is shown.
            case ENDED -> behind.isPresent() || maturing(experiment, current, now);
        };
    }

    /// Whether it is time to look again at what nobody is sent to any more: the last look is at what has matured.
    private boolean maturing(Experiment experiment, Snapshot current, Instant now) {
        return reviewedAt.isBefore(matureAt(experiment, current)) && !now.isBefore(reviewedAt.plus(REVIEW_IDLE_EVERY));
    }

    /// When all that an experiment exposed under its latest snapshot has matured, at the latest.
    static Instant matureAt(Experiment experiment, Snapshot latest) {
        Duration window = experiment.definition().objective().window();
        return latest.at().plus(SERVED_MAX).plus(window);
    }

    /// How soon it has its turn, if it is due.
    Urgency urgency(Experiment experiment, Snapshot current, Instant now) {
        if (redefined(experiment, current)) {
            return Urgency.REDEFINED;
        }
        boolean late = !now.isBefore(reviewedAt.plus(LATE));
        return late || behind().isPresent() ? Urgency.CHANGED : Urgency.REVIEW;
    }

    /// Whether the definition was changed since a snapshot.
    private static boolean redefined(Experiment experiment, Snapshot current) {
        return experiment.revision() != current.revision();
    }

    /// It was looked at, and this is published.
    void published(Snapshot snapshot, Instant now) {
        reviewed(now);
        made = Optional.of(snapshot);
        show(snapshot, now);
    }

    /// It was looked at, and this is how it stands under the snapshot that is served.
    void stands(Snapshot standing, Instant now) {
        reviewed(now);
        unshown = Optional.of(standing).filter(each -> shown.isEmpty() || !same(each, shown.get()));
    }

    /// It was looked at, and cannot be learned from; returns whether that is news.
    boolean failed(long revision, Instant now) {
        boolean news = failedRevision != revision;
        reviewed(now);
        failedRevision = revision;
        return news;
    }

    private void reviewed(Instant now) {
        behind = Optional.empty();
        reviewedAt = now;
        failedRevision = NEVER_FAILED;
    }

    /// What is to be shown now, if there is news and people have had time to read the last; it counts as shown.
    Optional<Snapshot> toShow(Instant now) {
        Optional<Snapshot> next = unshown.filter(each -> !now.isBefore(shownAt.plus(SHOW_EVERY)));
        next.ifPresent(each -> show(each, now));
        return next;
    }

    private void show(Snapshot snapshot, Instant now) {
        shown = Optional.of(snapshot);
        unshown = Optional.empty();
        shownAt = now;
    }

    /// Whether two views of an experiment differ in nothing but their time.
    private static boolean same(Snapshot left, Snapshot right) {
        return left.equals(new Snapshot(
                right.experiment(),
                right.version(),
                left.at(),
                right.revision(),
                right.cause(),
                right.arms(),
                right.segments(),
                right.basis(),
                right.guard()));
    }
}
