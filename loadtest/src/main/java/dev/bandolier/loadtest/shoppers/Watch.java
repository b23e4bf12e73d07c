package dev.bandolier.loadtest.shoppers;

import dev.bandolier.loadtest.api.SnapshotView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An onlooker who notes what the shoppers do from one moment to the next.
///
/// Confined to the event loop of the shoppers.
final class Watch {

    private static final double NANOS_PER_SECOND = 1e9;

    private static final SnapshotView.ArmView UNKNOWN =
            new SnapshotView.ArmView("", Double.NaN, 0, 0, Double.NaN, Double.NaN, Double.NaN);

    private final Shoppers shoppers;
    private final long startNanos;
    private long lastNanos;
    private long lastIntended;
    private long lastAcknowledged;

    /// A watch that starts at this [System#nanoTime()].
    Watch(Shoppers shoppers, long nanos) {
        this.shoppers = shoppers;
        this.startNanos = nanos;
        this.lastNanos = nanos;
    }

    /// What happened since the last look, and so far.
    Moment look(long nanos) {
        Tally tally = shoppers.tally();
        double seconds = (nanos - lastNanos) / NANOS_PER_SECOND;
        long intended = tally.intended();
        long acknowledged = shoppers.conversions().acknowledged();
        Moment moment = new Moment(
                Duration.ofNanos(nanos - startNanos),
                (intended - lastIntended) / seconds,
                (acknowledged - lastAcknowledged) / seconds,
                shoppers.inFlight(),
                tally.errors().total() + tally.turnedAway(),
                tally.lateShare(),
                arms(),
                shoppers.world().best(),
                shoppers.regret().lost(),
                shoppers.regret().lostByEvenSplit());
        lastNanos = nanos;
        lastIntended = intended;
        lastAcknowledged = acknowledged;
        return moment;
    }

    private List<Moment.Arm> arms() {
        List<String> keys = shoppers.experiment().arms();
        double[] shares = shoppers.served().takeShares();
        List<Moment.Arm> arms = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            SnapshotView.ArmView learned = learned(keys.get(i));
            arms.add(new Moment.Arm(
                    keys.get(i),
                    shoppers.world().rates().get(i),
                    learned.mean(),
                    learned.lower(),
                    learned.upper(),
                    learned.share(),
                    shares[i]));
        }
        return arms;
    }

    private SnapshotView.ArmView learned(String key) {
        return shoppers.snapshot()
                .map(SnapshotView::arms)
                .flatMap(arms -> named(key, arms))
                .orElse(UNKNOWN);
    }

    private static Optional<SnapshotView.ArmView> named(String key, List<SnapshotView.ArmView> arms) {
        return arms.stream().filter(arm -> arm.arm().equals(key)).findFirst();
    }
}
