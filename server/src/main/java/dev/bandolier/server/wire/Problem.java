package dev.bandolier.server.wire;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// An answer that is not the one asked for: status, title, detail, and the fields to mend (RFC 9457).
///
/// Thrown or failed with by rooms, written by the HTTP layer; carries no stack trace, because it is an expected
/// outcome.
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1;

    /// A field that was refused.
    ///
    /// @param field  path of the field in the request, as in `arms[1].key`
    /// @param reason what is wrong and what would be right
    public record FieldError(String field, String reason) {}

    private final int status;
    private final String title;
    private final transient List<FieldError> errors;
    private final transient Optional<Duration> retryAfter;
    private final transient Optional<String> reason;

    private Problem(
            int status,
            String title,
            String detail,
            List<FieldError> errors,
            Optional<Duration> retryAfter,
            Optional<String> reason) {
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
        this.reason = reason;
    }

    /// The request cannot be read at all.
    public static Problem malformed(String detail) {
        return of(400, "The request cannot be read", detail);
    }

    /// One field was refused.
    public static Problem field(String field, String reason) {
        return fields(List.of(new FieldError(field, reason)));
    }

    /// These fields were refused, at least one.
    public static Problem fields(List<FieldError> errors) {
        FieldError first = errors.getFirst();
        String more = errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more)";
        String detail = first.field() + ": " + first.reason() + more;
        return new Problem(422, "A field was refused", detail, errors, Optional.empty(), Optional.empty());
    }

    /// What was asked for does not exist.
    public static Problem notFound(String detail) {
        return of(404, "Not found", detail);
    }

    /// There is no experiment with this key.
    public static Problem noExperiment(String key) {
        return notFound(withoutExperiment(key));
    }

    /// The same of a field that names an experiment.
    public static Problem noExperiment(String field, String key) {
        return field(field, withoutExperiment(key));
    }

    private static String withoutExperiment(String key) {
        return "there is no experiment '" + key + "'; GET /v1/experiments lists them";
    }

    /// The request contradicts the state of things.
    public static Problem conflict(String detail) {
        return of(409, "Conflict", detail);
    }

    /// What the request was based on has changed meanwhile.
    public static Problem stale(String detail) {
        return of(412, "Changed meanwhile", detail);
    }

    /// The server cannot do it now; the same request may succeed later.
    public static Problem unavailable(String detail, Duration retryAfter) {
        return new Problem(503, "Not available now", detail, List.of(), Optional.of(retryAfter), Optional.empty());
    }

    /// Any other status.
    public static Problem of(int status, String title, String detail) {
        return new Problem(status, title, detail, List.of(), Optional.empty(), Optional.empty());
    }

    /// The same with a word that does not change and says why, for programs.
    public Problem because(String word) {
        return new Problem(status, title, getMessage(), errors, retryAfter, Optional.of(word));
    }

    /// The HTTP status.
    public int status() {
        return status;
    }

    /// What kind of problem it is, in a few words that do not change.
    public String title() {
        return title;
    }

    /// The fields that were refused.
    public List<FieldError> errors() {
        return errors;
    }

    /// When to try again.
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /// Why, in a word that does not change.
    public Optional<String> reason() {
        return reason;
    }
}
