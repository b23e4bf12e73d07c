package dev.bandolier.server.platform;

import dev.bandolier.bandits.Names;
import dev.bandolier.server.wire.Fields;

/// As which metrics the events of a shop count.
record Metrics(String order, String refund, String cancellation, String dispute) {

    /// The option `metrics`.
    static Metrics read(Fields options) {
        Fields in = options.object("metrics");
        Metrics metrics = new Metrics(
                metric(in, "order", "purchase"),
                metric(in, "refund", "refund"),
                metric(in, "cancellation", "cancellation"),
                metric(in, "dispute", "dispute"));
        in.nothingElse();
        return metrics;
    }

    private static String metric(Fields in, String name, String otherwise) {
        String metric = in.optionalText(name).orElse(otherwise);
        if (!Names.valid(metric)) {
            in.refuse(name, Names.RULE);
        }
        return metric;
    }
}
