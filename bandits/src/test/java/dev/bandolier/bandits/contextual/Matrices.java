package dev.bandolier.bandits.contextual;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandolier.bandits.Golden;

/// Holds vectors and matrices against those of a golden entry.
final class Matrices {

    private Matrices() {}

    static void check(Golden golden, String field, double[] actual) {
        row(golden, golden.expected().required(field)).check(actual);
    }

    static void check(Golden golden, String field, double[][] actual) {
        JsonNode rows = golden.expected().required(field);
        assertThat(actual).hasNumberOfRows(rows.size());
        for (int i = 0; i < actual.length; i++) {
            row(golden, rows.get(i)).check(actual[i]);
        }
    }

    private static Golden row(Golden golden, JsonNode expected) {
        return new Golden(golden.name(), golden.inputs(), expected, golden.abs(), golden.rel());
    }
}
