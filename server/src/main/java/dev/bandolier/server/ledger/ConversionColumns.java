package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.OriginKey;
import dev.bandolier.bandits.UnitKey;
import dev.bandolier.bandits.attribution.Conversion;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/// Conversions as arrays, a column each: one statement inserts any number of them.
final class ConversionColumns {

    private ConversionColumns() {}

    /// The columns, in the order of [ConversionLog#append].
    static Tuple of(List<Conversion> conversions) {
        int rows = conversions.size();
        String[] source = new String[rows];
        String[] id = new String[rows];
        String[] metric = new String[rows];
        UUID[] unit = new UUID[rows];
        Long[] experiment = new Long[rows];
        Long[] occasion = new Long[rows];
        Long[] value = new Long[rows];
        String[] currency = new String[rows];
        OffsetDateTime[] happenedAt = new OffsetDateTime[rows];
        OffsetDateTime[] receivedAt = new OffsetDateTime[rows];
        String[] reverses = new String[rows];
        UUID[] origin = new UUID[rows];
        for (int i = 0; i < rows; i++) {
            Conversion conversion = conversions.get(i);
            source[i] = conversion.source();
            id[i] = conversion.id();
            metric[i] = conversion.metric();
            unit[i] = conversion.unit().map(UnitKey::uuid).orElse(null);
            experiment[i] = conversion.decision().map(Decision.Key::experiment).orElse(null);
            occasion[i] = conversion.decision().map(Decision.Key::occasion).orElse(null);
            value[i] = conversion.value().orElse(null);
            currency[i] = conversion.currency().orElse(null);
            happenedAt[i] = Rows.time(conversion.at());
            receivedAt[i] = Rows.time(conversion.receivedAt());
            reverses[i] = conversion.reverses().orElse(null);
            origin[i] = conversion.origin().map(OriginKey::uuid).orElse(null);
        }
        return Tuple.of(source, id, metric, unit, experiment, occasion)
                .addValue(value)
                .addValue(currency)
                .addValue(happenedAt)
                .addValue(receivedAt)
                .addValue(reverses)
                .addValue(origin);
    }
}
