package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/// What became of conversions, summed up over again by plain SQL.
final class Settlements {

    private static final String STORED = """
        select source, day, metric, outcome, conversions from settlements where conversions <> 0
        order by source, day, metric, outcome
        """;

    private static final String FROM_CONVERSIONS = """
        select source, (received_at at time zone 'UTC')::date as day, coalesce(counted_as, metric) as metric, outcome, count(*)
        from conversions where outcome is not null
        group by 1, 2, 3, 4 order by source, day, metric, outcome
        """;

    private static final String LAGS = """
        select source, day, bin, conversions from lags where conversions <> 0 order by source, day, bin
        """;

    /// The first bin whose end, 2^n seconds, is not before the arrival.
    private static final String LAGS_FROM_CONVERSIONS = """
        select source, (received_at at time zone 'UTC')::date as day, min_bin, count(*)
        from conversions c cross join lateral (
          select min(n) as min_bin from generate_series(0, 40) as n
          where c.received_at - c.happened_at <= interval '1 second' * power(2, n)
        ) as bins
        where outcome is not null group by 1, 2, 3 order by source, day, min_bin
        """;

    private Settlements() {}

    /// Fails unless the tables are what the conversions say.
    static void check(Sql sql) {
        List<List<String>> settled = sql.rows(FROM_CONVERSIONS);
        assertThat(settled).isNotEmpty();
        assertThat(sql.rows(STORED)).isEqualTo(settled);
        assertThat(sql.rows(LAGS)).isEqualTo(sql.rows(LAGS_FROM_CONVERSIONS));
    }
}
