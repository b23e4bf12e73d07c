package dev.bandolier.server.ledger;

import com.github.benmanes.caffeine.cache.Interner;
import dev.bandolier.bandits.guardrail.Lots;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The [Terms] of one version in a tenth of their room: its numbers in one row, and the names of what they are of shared
/// with all versions that have the same. Immutable.
public final class PackedTerms {

    private static final Interner<Names> NAMES = Interner.newWeakInterner();

    /// Bytes beside the numbers: this object, its row's header, and its place in a cache.
    private static final int OVERHEAD_BYTES = 160;

    /// What the numbers are of: the holdout, the shares and the beliefs of all units, those shares of segments that have
    /// their own, and the beliefs within segments, each in the order of the arms.
    private record Names(List<String> arms, List<String> own, List<String> segments) {

        private static Names of(Terms terms) {
            TreeSet<String> arms = new TreeSet<>(terms.beliefs().keySet());
            arms.addAll(terms.lots().shares().keySet());
            terms.lots().segments().values().forEach(shares -> arms.addAll(shares.keySet()));
            terms.segments().values().forEach(beliefs -> arms.addAll(beliefs.keySet()));
            return new Names(
                    List.copyOf(arms),
                    terms.lots().segments().keySet().stream().sorted().toList(),
                    terms.segments().keySet().stream().sorted().toList());
        }

        private int numbers() {
            return 1 + arms.size() * (2 + own.size() + segments.size());
        }
    }

    private final Names names;
    private final double[] numbers;

    private PackedTerms(Names names, double[] numbers) {
        this.names = names;
        this.numbers = numbers;
    }

    /// These terms in little room.
    public static PackedTerms of(Terms terms) {
        Names names = NAMES.intern(Names.of(terms));
        double[] numbers = new double[names.numbers()];
        numbers[0] = terms.lots().holdout();
        int at = put(names, terms.lots().shares(), numbers, 1);
        at = put(names, terms.beliefs(), numbers, at);
        for (String segment : names.own()) {
            at = put(names, terms.lots().segments().get(segment), numbers, at);
        }
        for (String segment : names.segments()) {
            at = put(names, terms.segments().get(segment), numbers, at);
        }
        return new PackedTerms(names, Arrays.copyOf(numbers, at));
    }

    /// The terms as they were.
    public Terms terms() {
        int arms = names.arms().size();
        Map<String, Map<String, Double>> shares = new HashMap<>();
        int at = 1 + 2 * arms;
        for (String segment : names.own()) {
            shares.put(segment, values(at));
            at += arms;
        }
        Map<String, Map<String, Double>> beliefs = new HashMap<>();
        for (String segment : names.segments()) {
            beliefs.put(segment, values(at));
            at += arms;
        }
        return new Terms(new Lots(numbers[0], values(1), shares), values(1 + arms), beliefs);
    }

    /// Bytes that it takes in memory, about.
    public int bytes() {
        return OVERHEAD_BYTES + numbers.length * Double.BYTES;
    }

    /// An arm without a value is no number.
    private static int put(Names names, Map<String, Double> values, double[] numbers, int from) {
        int at = from;
        for (String arm : names.arms()) {
            numbers[at++] = values.getOrDefault(arm, Double.NaN);
        }
        return at;
    }

    private Map<String, Double> values(int from) {
        Map<String, Double> values = new HashMap<>();
        for (int i = 0; i < names.arms().size(); i++) {
            if (!Double.isNaN(numbers[from + i])) {
                values.put(names.arms().get(i), numbers[from + i]);
            }
        }
        return Map.copyOf(values);
    }
}
