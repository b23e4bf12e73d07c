package dev.bandolier.server.wire;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A JSON object being read field by field.
///
/// Nothing stops at the first mistake: what is wrong is collected with the path of the field, a neutral value is
/// returned, and [Fields#done] refuses the whole with all of them. A field that nobody read is a mistake too. Confined
/// to one thread.
public final class Fields {

    private static final int DECIMAL_DIGITS_MAX = 40;

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final JsonObject json;
    private final String path;
    private final List<Problem.FieldError> errors;
    private final Set<String> read = new HashSet<>();

    private Fields(JsonObject json, String path, List<Problem.FieldError> errors) {
        this.json = json;
        this.path = path;
        this.errors = errors;
    }

    /// The fields of a request's body.
    public static Fields of(JsonObject json) {
        return new Fields(json, "", new ArrayList<>());
    }

    /// Notes a mistake in a field.
    public void refuse(String name, String reason) {
        errors.add(new Problem.FieldError(path + name, reason));
    }

    /// The field as it is named to whoever sent it, as in `options.events[0].unit`.
    public String path(String name) {
        return path + name;
    }

    /// A text, a number, or true or false, if it is there.
    public Optional<Object> scalar(String name) {
        return read(name, Object.class, "a text, a number, or true or false").filter(value -> {
            boolean single = !(value instanceof JsonObject || value instanceof JsonArray);
            if (!single) {
                refuse(name, "must be a text, a number, or true or false");
            }
            return single;
        });
    }

    /// Whether the field is present and not null.
    public boolean has(String name) {
        read.add(name);
        return json.getValue(name) != null;
    }

    /// Whether the field is a text, for one that may be something else.
    public boolean isText(String name) {
        read.add(name);
        return json.getValue(name) instanceof String;
    }

    /// A text that must be there and say something; empty if it is not or does not.
    public String text(String name) {
        Optional<String> value = optionalText(name);
        if (value.isEmpty() && !has(name)) {
            refuse(name, "is required");
        } else if (value.isPresent() && value.get().isEmpty()) {
            refuse(name, "must not be empty");
        }
        return value.orElse("");
    }

    /// A text that may be missing.
    public Optional<String> optionalText(String name) {
        return read(name, String.class, "a text");
    }

    /// A number that may be missing.
    public Optional<Double> number(String name) {
        return read(name, Number.class, "a number").map(Number::doubleValue);
    }

    /// A number of this range, or the default if it is missing; refused if it lies outside.
    public double number(String name, double least, double most, double otherwise) {
        double value = number(name).orElse(otherwise);
        if (has(name) && !(value >= least && value <= most)) {
            refuse(name, "must be between " + plain(least) + " and " + plain(most));
            return otherwise;
        }
        return value;
    }

    /// A whole number of this range, if it is there; refused if it lies outside.
    public Optional<Long> whole(String name, long least, long most) {
        Optional<Double> value = number(name);
        if (value.isEmpty() || (value.get() == Math.rint(value.get()) && value.get() >= least && value.get() <= most)) {
            return value.map(Double::longValue);
        }
        refuse(name, "must be a whole number from " + least + " to " + most);
        return Optional.empty();
    }

    /// A decimal number, or a text that holds one, if it is there; never a rounded one.
    public Optional<BigDecimal> decimal(String name) {
        read.add(name);
        Object value = json.getValue(name);
        if (value == null) {
            return Optional.empty();
        }
        try {
            // The longest sound number has some twenty characters; "1e999999999" must not be expanded.
            BigDecimal decimal = value instanceof Number || value instanceof String
                    ? new BigDecimal(value.toString())
                    : new BigDecimal("not a number");
            if (decimal.precision() + Math.abs((long) decimal.scale()) <= DECIMAL_DIGITS_MAX) {
                return Optional.of(decimal);
            }
        } catch (NumberFormatException e) {
            // Refused below, like a number of a thousand digits.
        }
        refuse(name, "must be a decimal number, as in 49.90");
        return Optional.empty();
    }

    /// True or false, or the default.
    public boolean flag(String name, boolean otherwise) {
        return read(name, Boolean.class, "true or false").orElse(otherwise);
    }

    /// An ISO 8601 duration, as in `P7D` or `PT2H`, or the default.
    public Duration duration(String name, Duration otherwise) {
        return duration(name).orElse(otherwise);
    }

    /// An ISO 8601 duration, as in `P7D` or `PT2H`, if it is there.
    public Optional<Duration> duration(String name) {
        Optional<String> text = optionalText(name);
        try {
            return text.map(Duration::parse);
        } catch (DateTimeParseException e) {
            refuse(name, "'" + text.get() + "' is not an ISO 8601 duration of days or less, as in P7D or PT2H");
            return Optional.empty();
        }
    }

    /// An ISO 8601 time with a zone, if it is there.
    public Optional<Instant> time(String name) {
        Optional<String> text = optionalText(name);
        try {
            return text.map(Fields::parseTime);
        } catch (DateTimeParseException e) {
            refuse(name, "'" + text.get() + "' is not a time with a zone, as in 2026-11-21T10:00:00Z");
            return Optional.empty();
        }
    }

    /// The time in a text, of the years 1 to 9999: what every clock, database and reader of it can hold.
    ///
    /// @throws DateTimeParseException if it is none
    public static Instant parseTime(String text) {
        Instant time = Instant.parse(text);
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new DateTimeParseException("not of the years 1 to 9999", text, 0);
        }
        return time;
    }

    /// The text of a JSON object that is passed on unread, or `{}`.
    public String payload(String name) {
        return read(name, JsonObject.class, "an object").map(JsonObject::encode).orElse("{}");
    }

    /// The fields of an inner object; those of an empty one if it is missing.
    public Fields object(String name) {
        JsonObject inner = read(name, JsonObject.class, "an object").orElseGet(JsonObject::new);
        return new Fields(inner, path + name + ".", errors);
    }

    /// The texts of an array, empty ones in the places of what is none; nothing if it is missing.
    public List<String> texts(String name) {
        List<String> found = new ArrayList<>();
        JsonArray array = read(name, JsonArray.class, "an array").orElseGet(JsonArray::new);
        for (int i = 0; i < array.size(); i++) {
            if (array.getValue(i) instanceof String text) {
                found.add(text);
            } else {
                refuse(name + "[" + i + "]", "is not a text");
                found.add("");
            }
        }
        return found;
    }

    /// The names of the fields of this object, for one whose names are data.
    public Set<String> names() {
        return new TreeSet<>(json.fieldNames());
    }

    /// The fields of each object in an array; none if it is missing.
    public List<Fields> objects(String name) {
        List<Fields> found = new ArrayList<>();
        JsonArray array = read(name, JsonArray.class, "an array").orElseGet(JsonArray::new);
        for (int i = 0; i < array.size(); i++) {
            if (array.getValue(i) instanceof JsonObject inner) {
                found.add(new Fields(inner, path + name + "[" + i + "].", errors));
            } else {
                refuse(name + "[" + i + "]", "is not an object");
            }
        }
        return found;
    }

    /// Refuses the fields of this object that nobody has read.
    public void nothingElse() {
        for (String name : json.fieldNames()) {
            if (!read.contains(name)) {
                refuse(name, "is not known here; known are " + String.join(", ", new TreeSet<>(read)));
            }
        }
    }

    /// Whether nothing of this object, or of an object in it, was refused yet; what is wrong elsewhere says nothing
    /// about it.
    public boolean clean() {
        return errors.stream().noneMatch(error -> error.field().startsWith(path));
    }

    /// Ends the reading.
    ///
    /// @throws Problem 422 naming every field that was refused
    public void done() {
        if (!errors.isEmpty()) {
            throw Problem.fields(errors);
        }
    }

    /// The number as people write it: no exponent, no zeros at the end.
    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    private <T> Optional<T> read(String name, Class<T> type, String what) {
        read.add(name);
        Object value = json.getValue(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            refuse(name, "must be " + what);
            return Optional.empty();
        }
        return Optional.of(type.cast(value));
    }
}
