package dev.bandolier.bandits.guardrail;

import dev.bandolier.bandits.Snapshot;
import dev.bandolier.bandits.Snapshot.ArmView;
import dev.bandolier.bandits.Snapshot.SegmentView;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/// With what probabilities units were drawn under one snapshot, which is what makes their outcomes comparable
/// (`methods.md` 7b). Immutable.
///
/// @param holdout  share of units that were held out, and so got control
/// @param shares   share of each arm among the units that were not
/// @param segments the same for segments that have shares of their own
public record Lots(double holdout, Map<String, Double> shares, Map<String, Map<String, Double>> segments) {

    /// The lots of every snapshot of an experiment, by version; nothing for one that is not on record.
    public interface Book extends LongFunction<Optional<Lots>> {}

    /// Keeps its own copies.
    public Lots {
        shares = Map.copyOf(shares);
        segments = Map.copyOf(segments);
    }

    /// The lots that units draw under a snapshot.
    ///
    /// @param holdout the holdout of the definition, for a snapshot that does not say what it was
    public static Lots of(Snapshot snapshot, double holdout) {
        Map<String, Map<String, Double>> own = new HashMap<>();
        for (SegmentView segment : snapshot.segments()) {
            if (segment.own()) {
                own.put(segment.segment(), shares(segment.arms()));
            }
        }
        return new Lots(snapshot.guard().holdout().orElse(holdout), shares(snapshot.arms()), own);
    }

    private static Map<String, Double> shares(List<ArmView> arms) {
        Map<String, Double> shares = new HashMap<>();
        arms.forEach(arm -> shares.put(arm.arm(), arm.share()));
        return shares;
    }

    /// The chance of an arm against control for a unit of this segment that could draw these arms; nothing if it could
    /// not draw both.
    ///
    /// @param eligible comma-separated keys, if not all arms could be drawn
    public Optional<Chance> chance(String segment, Optional<String> eligible, String arm, String control) {
        Map<String, Double> drawn = among(of(segment), eligible);
        double ofArm = (1 - holdout) * drawn.getOrDefault(arm, 0.0);
        double ofControl = holdout + (1 - holdout) * drawn.getOrDefault(control, 0.0);
        if (!(ofArm > 0 && ofControl > 0)) {
            return Optional.empty();
        }
        // The null is about the mean over segments and over what could be drawn; shares of narrowed draws are only
        // larger.
        double leastArm = Math.min((1 - holdout) * least(arm), ofArm);
        double leastControl = Math.min(holdout + (1 - holdout) * least(control), ofControl);
        return Optional.of(new Chance(ofArm, ofControl, leastArm, leastControl));
    }

    /// The probability of each arm for a unit of this segment that was not held out and could draw these arms; empty if
    /// it could draw none.
    public Map<String, Double> chances(String segment, Optional<String> eligible) {
        return among(of(segment), eligible);
    }

    private Map<String, Double> of(String segment) {
        return segments.getOrDefault(segment, shares);
    }

    private static Map<String, Double> among(Map<String, Double> all, Optional<String> eligible) {
        List<String> keys =
                eligible.map(text -> Arrays.asList(text.split(","))).orElseGet(() -> List.copyOf(all.keySet()));
        double sum =
                keys.stream().mapToDouble(key -> all.getOrDefault(key, 0.0)).sum();
        Map<String, Double> among = new HashMap<>();
        for (String key : keys) {
            double share = all.getOrDefault(key, 0.0);
            // Arms of which none had a share are drawn alike.
            if (share > 0 || sum == 0) {
                among.put(key, sum == 0 ? 1.0 / keys.size() : share / sum);
            }
        }
        return among;
    }

    /// The least share of an arm over all segments in which it has any.
    private double least(String arm) {
        double least = positive(shares, arm);
        for (Map<String, Double> segment : segments.values()) {
            least = Math.min(least, positive(segment, arm));
        }
        return least;
    }

    private static double positive(Map<String, Double> shares, String arm) {
        double share = shares.getOrDefault(arm, 0.0);
        return share > 0 ? share : 1;
    }
}
