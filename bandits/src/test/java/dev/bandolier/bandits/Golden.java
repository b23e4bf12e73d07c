package dev.bandolier.bandits;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// One reference number, or set of numbers, computed independently of this code: `golden.json` on the test class path.
///
/// @param name     what it is
/// @param inputs   what it was computed from
/// @param expected what must come out
/// @param abs      allowed absolute difference
/// @param rel      allowed difference relative to the expected number, added to `abs`
public record Golden(String name, JsonNode inputs, JsonNode expected, double abs, double rel) {

    /// The entries whose name starts with this.
    ///
    /// @throws IllegalArgumentException if there is none: a test without cases proves nothing
    public static Stream<Golden> startingWith(String prefix) {
        List<Golden> found =
                all().filter(entry -> entry.name.startsWith(prefix)).toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("no golden entry starts with '" + prefix + "'");
        }
        return found.stream();
    }

    /// The entry of this name.
    public static Golden named(String name) {
        return startingWith(name)
                .filter(entry -> entry.name.equals(name))
                .findFirst()
                .orElseThrow();
    }

    /// The part of this entry that expects what stands at this position of a field's list.
    public Golden within(String field, int position) {
        return new Golden(
                name + " " + field + " [" + position + "]",
                inputs,
                expected.required(field).required(position),
                abs,
                rel);
    }

    /// An input number.
    public double input(String field) {
        return inputs.required(field).asDouble();
    }

    /// An input list of numbers.
    public double[] inputList(String field) {
        return numbers(inputs.required(field));
    }

    /// Holds a number against the expected one.
    public void check(double actual) {
        checkNumber(name, actual, expected.asDouble());
    }

    /// Holds a number against the expected one of this field.
    public void check(String field, double actual) {
        checkNumber(name + " " + field, actual, expected.required(field).asDouble());
    }

    /// Holds numbers against the expected ones, one by one.
    public void check(double[] actual) {
        checkNumbers(name, actual, numbers(expected));
    }

    /// Holds numbers against the expected ones of this field, one by one.
    public void check(String field, double[] actual) {
        checkNumbers(name + " " + field, actual, numbers(expected.required(field)));
    }

    /// The numbers of a JSON array.
    public static double[] numbers(JsonNode array) {
        double[] numbers = new double[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = array.get(i).asDouble();
        }
        return numbers;
    }

    @Override
    public String toString() {
        return name;
    }

    private void checkNumbers(String what, double[] actual, double[] wanted) {
        assertThat(actual).as(what).hasSameSizeAs(wanted);
        for (int i = 0; i < wanted.length; i++) {
            checkNumber(what + " [" + i + "]", actual[i], wanted[i]);
        }
    }

    private void checkNumber(String what, double actual, double wanted) {
        assertThat(Math.abs(actual - wanted))
                .as("%s: %s against %s", what, actual, wanted)
                .isLessThanOrEqualTo(abs + rel * Math.abs(wanted));
    }

    private static Stream<Golden> all() {
        try (InputStream file = Golden.class.getResourceAsStream("/golden.json")) {
            List<Golden> entries = new ArrayList<>();
            for (JsonNode entry : new ObjectMapper().readTree(file).required("entries")) {
                JsonNode tolerance = entry.required("tolerance");
                entries.add(new Golden(
                        entry.required("name").asText(),
                        entry.required("inputs"),
                        entry.required("expected"),
                        tolerance.required("abs").asDouble(),
                        tolerance.required("rel").asDouble()));
            }
            return entries.stream();
        } catch (IOException e) {
            throw new UncheckedIOException("golden.json", e);
        }
    }
}
