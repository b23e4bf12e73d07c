package dev.bandolier.server.platform;

import dev.bandolier.server.wire.Fields;
import java.time.Duration;
import java.util.regex.Pattern;

/// How far the time that a sender signed may be from the clock of this server, before it or after it.
///
/// Times are compared in whole seconds, as they are signed; the bounds are still accepted.
///
/// @param most at most a day
record Tolerance(Duration most) {

    private static final String OPTION = "tolerance";
    private static final Duration OTHERWISE = Duration.ofMinutes(5);
    private static final Duration MOST = Duration.ofDays(1);

    /// Unix seconds up to the year 5138, with no other way to write them: they are signed as they are written.
    private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{0,10}");

    /// The option `tolerance`.
    static Tolerance of(Fields options) {
        Duration most = options.duration(OPTION, OTHERWISE);
        if (most.isNegative() || most.compareTo(MOST) > 0) {
            options.refuse(OPTION, "must be from PT0S to P1D");
            return new Tolerance(OTHERWISE);
        }
        return new Tolerance(most);
    }

    /// Refuses the option where it would do nothing: who gives it believes that old deliveries are refused.
    ///
    /// @param why no time is signed, and what to do
    static void refuse(Fields options, String why) {
        if (options.has(OPTION)) {
            options.refuse(OPTION, "has no effect, because no time is signed: " + why);
        }
    }

    /// The Unix seconds in a text.
    ///
    /// @param where what holds the text, for whoever has to mend it
    static long seconds(String text, String where) {
        if (!SECONDS.matcher(text).matches()) {
            throw Proof.wrong("the time in " + where + " is no whole number of Unix seconds");
        }
        return Long.parseLong(text);
    }

    /// Refuses a delivery that was signed too long ago, or too far in the future.
    void check(Delivery delivery, long signedAtSeconds) {
        long age = delivery.receivedAt().getEpochSecond() - signedAtSeconds;
        if (Duration.ofSeconds(Math.abs(age)).compareTo(most) > 0) {
            String direction = age > 0 ? "was signed longer ago than" : "was signed for a time further ahead than";
            throw new RefusedDelivery(Refusal.STALE, direction + " the tolerance of " + most + " allows");
        }
    }
}
