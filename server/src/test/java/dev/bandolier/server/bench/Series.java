package dev.bandolier.server.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One number of each round, shown as `median [least..most]`.
final class Series {

    private final List<Double> numbers = new ArrayList<>();

    void add(double number) {
        numbers.add(number);
    }

    double median() {
        List<Double> sorted = numbers.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    /// Each number over that of the same round.
    Series over(Series other) {
        Series ratios = new Series();
        for (int i = 0; i < numbers.size(); i++) {
            ratios.add(numbers.get(i) / other.numbers.get(i));
        }
        return ratios;
    }

    /// With so many digits after the point; a dash if there is no number.
    String text(int digits) {
        if (numbers.isEmpty()) {
            return "-";
        }
        String each = "%,." + digits + "f";
        double least = numbers.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        double most = numbers.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        return String.format(Locale.ROOT, each + " [" + each + ".." + each + "]", median(), least, most);
    }
}
