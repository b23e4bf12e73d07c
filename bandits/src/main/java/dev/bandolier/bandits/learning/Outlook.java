package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.Comparison;
import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Posterior;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.bandits.Snapshot.ArmView;
import dev.bandolier.bandits.Snapshot.SegmentView;
import dev.bandolier.bandits.Tally;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;

/// What is believed of an experiment at one time, and the shares that follow from it: of all units together, and of
/// each segment. Immutable.
///
/// @param arms     one entry per arm, in the order of the definition
/// @param segments one entry per declared segment, in the order of the definition, and one for all other units, last, once
///                 one of them has come; none where no segments are declared
/// @param rest     what is believed of each arm for the units of all segments without shares of their own; of all units
///                 where none has
/// @param basis    what the beliefs rest on
record Outlook(List<ArmView> arms, List<SegmentView> segments, List<Posterior> rest, Snapshot.Basis basis) {

    private static final double LOWER = 0.025;
    private static final double UPPER = 0.975;

    /// Conversions below which the units of a segment are served the shares of all units (`methods.md` 6).
    private static final long SEGMENT_CONVERSIONS_MIN = 50;

    /// The outlook that these counters give.
    static Outlook of(Experiment experiment, Counters counters, Instant now) {
        return new Work(experiment, counters, now).outlook();
    }

    /// What the parts of one outlook have in common.
    private static final class Work {

        private final Definition definition;
        private final Counters counters;
        private final Evidence evidence;
        private final RewardModel model;
        private final List<Evidence.Sums> pooled;
        private final List<Posterior> beliefs = new ArrayList<>();
        private final Sharing sharing;

        private Work(Experiment experiment, Counters counters, Instant now) {
            this.definition = experiment.definition();
            this.counters = counters;
            evidence = Evidence.of(experiment, counters, now);
            model = RewardModel.of(experiment, counters);
            pooled = evidence.pooled();
            for (int arm = 0; arm < pooled.size(); arm++) {
                beliefs.add(model.after(definition.arms().get(arm).key(), pooled.get(arm)));
            }
            sharing = new Sharing(definition, model::reward, pooled);
        }

        private Outlook outlook() {
            Pooling pooling = Pooling.of(definition, model, evidence, beliefs);
            List<Posterior> everybody = believed(pooling, segment -> true);
            List<ArmView> all = views(everybody, asBelieved(everybody), counted());
            List<SegmentView> segments = new ArrayList<>();
            if (definition.segments().isPresent()) {
                int declared = evidence.segments().size() - 1;
                for (int segment = 0; segment < declared; segment++) {
                    segments.add(segment(segment, pooling, all));
                }
                SegmentView others = segment(declared, pooling, all);
                if (Snapshot.exposures(others.arms()) > 0) {
                    segments.add(others);
                }
            }
            List<Posterior> rest = believed(
                    pooling,
                    segment -> segments.isEmpty() || !segments.get(segment).own());
            return new Outlook(all, segments, rest, basis(pooling));
        }

        /// What is believed of each arm for units of these segments together, as many of each as have come; of units that
        /// nobody has come of, what is believed of all.
        private List<Posterior> believed(Pooling pooling, IntPredicate those) {
            if (definition.segments().isEmpty()) {
                return beliefs;
            }
            double[] units = new double[evidence.segments().size()];
            counters.totals().forEach((group, tally) -> {
                int declared = evidence.segments().indexOf(group.segment());
                int segment = declared >= 0 ? declared : units.length - 1;
                units[segment] += those.test(segment) ? tally.exposures() : 0;
            });
            return Arrays.stream(units).sum() > 0 ? pooling.everybody(units) : beliefs;
        }

        /// The sums of all units for policies that look at nothing else: where segments are served by shares of their own,
        /// with the mean that is believed of everybody, not with that of those who got the arm.
        private List<Evidence.Sums> asBelieved(List<Posterior> everybody) {
            if (definition.segments().isEmpty()) {
                return pooled;
            }
            List<Evidence.Sums> sums = new ArrayList<>();
            for (int arm = 0; arm < pooled.size(); arm++) {
                Evidence.Sums was = pooled.get(arm);
                sums.add(was.earning(was.trials() * everybody.get(arm).mean()));
            }
            return sums;
        }

        /// One segment; until enough has been heard of it, its units are served the shares of all.
        private SegmentView segment(int segment, Pooling pooling, List<ArmView> all) {
            String name = evidence.segments().get(segment);
            List<Evidence.Sums> sums = evidence.of(segment);
            List<Tally> counted = counted(name);
            // Counted however long ago: what has been heard is not heard again, and a segment that forgets would come
            // and go.
            long heard = counted.stream().mapToLong(Tally::conversions).sum();
            boolean own = pooling.kappa() < Double.POSITIVE_INFINITY && heard >= SEGMENT_CONVERSIONS_MIN;
            List<ArmView> arms = views(pooling.within().apply(segment), sums, counted);
            return new SegmentView(name, own, own ? arms : shared(arms, all));
        }

        private static List<ArmView> shared(List<ArmView> arms, List<ArmView> all) {
            List<ArmView> shared = new ArrayList<>();
            for (int i = 0; i < arms.size(); i++) {
                shared.add(arms.get(i).withShare(all.get(i).share()));
            }
            return shared;
        }

        private List<ArmView> views(List<Posterior> posteriors, List<Evidence.Sums> sums, List<Tally> counted) {
            long exposures = counted.stream().mapToLong(Tally::exposures).sum();
            double[] best = best(posteriors);
            double[] shares = sharing.shares(posteriors, sums, best, exposures);
            List<ArmView> views = new ArrayList<>();
            for (int i = 0; i < shares.length; i++) {
                Posterior posterior = posteriors.get(i);
                double[] ends = posterior.quantiles(LOWER, UPPER);
                views.add(new ArmView(
                        definition.arms().get(i).key(),
                        shares[i],
                        counted(counted.get(i), sums.get(i)),
                        new Snapshot.Belief(posterior, ends[0], ends[1], best[i])));
            }
            return views;
        }

        private double[] best(List<Posterior> posteriors) {
            List<Posterior> live = new ArrayList<>();
            for (int i = 0; i < posteriors.size(); i++) {
                if (definition.arms().get(i).live()) {
                    live.add(posteriors.get(i));
                }
            }
            double[] best = new double[posteriors.size()];
            double[] among =
                    live.isEmpty() ? new double[0] : Comparison.of(live).best();
            int next = 0;
            for (int i = 0; i < best.length; i++) {
                best[i] = definition.arms().get(i).live() ? among[next++] : 0;
            }
            return best;
        }

        /// What the units of each arm came to.
        private List<Tally> counted() {
            Map<String, Tally> byArm = new HashMap<>();
            counters.totals().forEach((group, tally) -> byArm.merge(group.arm(), tally, Tally::plus));
            return definition.arms().stream()
                    .map(arm -> byArm.getOrDefault(arm.key(), Tally.ZERO))
                    .toList();
        }

        /// What the units of a segment came to at each arm.
        private List<Tally> counted(String segment) {
            return definition.arms().stream()
                    .map(arm -> counters.totals().getOrDefault(new Counters.Group(segment, arm.key()), Tally.ZERO))
                    .toList();
        }

        private static Snapshot.Counted counted(Tally tally, Evidence.Sums sums) {
            return new Snapshot.Counted(
                    tally.exposures(), sums.trials(), tally.conversions(), tally.orders(), tally.value(), tally.raw());
        }

        private Snapshot.Basis basis(Pooling pooling) {
            return new Snapshot.Basis(
                    sharing.phase(),
                    evidence.delay(),
                    evidence.epochs(),
                    definition.segments().isPresent() ? OptionalDouble.of(pooling.kappa()) : OptionalDouble.empty(),
                    model.dispersion(),
                    evidence.changes(model.weight()));
        }
    }
}
