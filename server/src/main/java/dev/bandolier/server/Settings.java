package dev.bandolier.server;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything that can be set, and every limit with its unit and its reason; the only reader of the environment.
///
/// Each setting is an environment variable `BANDOLIER_...`; the command line overrides host, port and data.
///
/// @param http      the front door
/// @param decide    limits of decisions
/// @param receive   limits of conversions
/// @param attribute limits of attribution
/// @param learn     limits of learning
/// @param database  where the truth is kept
/// @param clock     the clock of this node
/// @param listing   every setting, for people
public record Settings(
        Http http,
        Decide decide,
        Receive receive,
        Attribute attribute,
        Learn learn,
        Database database,
        InstantSource clock,
        List<Setting> listing) {

    /// The front door.
    ///
    /// @param host             address to listen on
    /// @param port             port to listen on; 0 for any free one
    /// @param eventLoops       event loops that serve requests
    /// @param askBytesMax      largest body of an ask, in bytes
    /// @param bodyBytesMax     largest body of any other request, in bytes
    /// @param headerBytesMax   largest header of a request, in bytes
    /// @param idleSeconds      seconds after which a silent connection is closed
    /// @param jsonDepthMax     deepest nesting of a JSON body
    /// @param tasksMax         requests off the hot path that are worked on at once
    /// @param previewsMax      previews that may wait for their turn
    /// @param whatIfsMax       questions after other policies that may wait for their turn
    /// @param live             limits of the live feed
    public record Http(
            String host,
            int port,
            int eventLoops,
            int askBytesMax,
            int bodyBytesMax,
            int headerBytesMax,
            int idleSeconds,
            int jsonDepthMax,
            int tasksMax,
            int previewsMax,
            int whatIfsMax,
            Live live) {}

    /// Limits of the live feed.
    ///
    /// @param readersMax   readers at once, per event loop
    /// @param historyMax   events kept for readers that reconnect
    /// @param historyBytes bytes of events kept for readers that reconnect
    /// @param backlogBytes bytes that may wait for a slow reader before it is cut off
    public record Live(int readersMax, int historyMax, int historyBytes, int backlogBytes) {}

    /// Limits of decisions.
    ///
    /// @param knownMax             decisions kept in memory
    /// @param batchMax             decisions per insert
    /// @param waitingMax           decisions that may wait for an insert, per event loop
    /// @param waitMillis           milliseconds a visitor waits for the insert before control is served unrecorded
    /// @param experimentsMax       experiments per ask
    /// @param unitCharactersMax    longest name of a unit
    /// @param contextValuesMax     attributes with a plain value that are seen in the context of an ask
    /// @param contextCharactersMax longest name, and longest plain value, of an attribute that is seen
    public record Decide(
            int knownMax,
            int batchMax,
            int waitingMax,
            int waitMillis,
            int experimentsMax,
            int unitCharactersMax,
            int contextValuesMax,
            int contextCharactersMax) {}

    /// Limits of conversions.
    ///
    /// @param itemsMax       conversions per request
    /// @param batchMax       conversions per insert
    /// @param waitingMax     conversions that may wait for an insert
    /// @param waitMillis     milliseconds a report waits for the insert before it is answered 503
    /// @param clockTolerance how far the clocks of sender and server may differ
    /// @param sourcesMax     sources of webhooks
    public record Receive(
            int itemsMax, int batchMax, int waitingMax, int waitMillis, Duration clockTolerance, int sourcesMax) {}

    /// Limits of attribution.
    ///
    /// @param batchMax   conversions per transaction
    /// @param creditsMax conversions that one decision may be credited with
    /// @param tick       longest time without a look at the log
    /// @param courtesy   longest wait before a transaction while conversions crowd at the door
    public record Attribute(int batchMax, int creditsMax, Duration tick, Duration courtesy) {}

    /// Limits of learning.
    ///
    /// @param batchMax decisions and rewards per transaction
    /// @param pace     shortest time between two turns: it bounds how often snapshots are made
    /// @param tick     longest time without a look at the logs
    /// @param budget   time that a turn may spend on beliefs and shares; what it does not come to is the next turn's
    /// @param lease    time after which the duties of a dead node are taken over
    /// @param listen   for so long the feed of conversions is listened to at a time
    public record Learn(int batchMax, Duration pace, Duration tick, Duration budget, Duration lease, Duration listen) {}

    /// Where the truth is kept.
    ///
    /// @param url         a Postgres of one's own; none: the embedded one
    /// @param connections connections of this node
    /// @param waitSeconds longest wait for a connection, in seconds
    /// @param data        folder of the embedded database and of the secret
    /// @param binaries    folder where the binaries of the embedded database are unpacked once
    /// @param secret      the secret in hexadecimal; none: the file `secret` in the data folder
    public record Database(
            Optional<String> url,
            int connections,
            int waitSeconds,
            Path data,
            Path binaries,
            Optional<String> secret) {}

    /// One setting, for people.
    ///
    /// @param name  environment variable
    /// @param value what holds now; a secret is never shown
    /// @param unit  unit of the value, or empty
    /// @param why   what it does and why it has its default
    public record Setting(String name, String value, String unit, String why) {}

    /// The settings of this environment, with these values from the command line before those.
    ///
    /// @throws IllegalArgumentException naming the variable and what it may be
    public static Settings of(Map<String, String> environment, Map<String, String> commandLine) {
        Reader in = new Reader(environment, commandLine);
        return new Settings(
                http(in),
                decide(in),
                receive(in),
                attribute(in),
                learn(in),
                database(in),
                InstantSource.system(),
                List.copyOf(in.listing));
    }

    /// These settings with another clock.
    Settings withClock(InstantSource other) {
        return new Settings(http, decide, receive, attribute, learn, database, other, listing);
    }

    private static Http http(Reader in) {
        int cores = Runtime.getRuntime().availableProcessors();
        return new Http(
                in.text("HOST", "127.0.0.1", "address to listen on; by default only this machine reaches it"),
                in.whole("PORT", 8080, 0, 65_535, "", "port to listen on; 0 takes any free one"),
                in.whole(
                        "EVENT_LOOPS",
                        Math.max(1, cores / 2),
                        1,
                        256,
                        "threads",
                        "event loops that serve requests; half the cores leaves room for the database"),
                in.whole(
                        "ASK_BYTES_MAX",
                        65_536,
                        1_024,
                        1 << 24,
                        "bytes",
                        "largest body of an ask: context is a handful of attributes"),
                in.whole(
                        "BODY_BYTES_MAX",
                        1 << 20,
                        1_024,
                        1 << 26,
                        "bytes",
                        "largest body of any other request: a full batch of conversions fits twice"),
                in.whole("HEADER_BYTES_MAX", 16_384, 1_024, 1 << 20, "bytes", "largest header of a request"),
                in.whole(
                        "IDLE_SECONDS",
                        75,
                        1,
                        86_400,
                        "seconds",
                        "a connection silent for this long is closed; longer than the keep-alive of common proxies"),
                in.whole(
                        "JSON_DEPTH_MAX",
                        32,
                        4,
                        1_000,
                        "levels",
                        "deepest nesting of a JSON body: deeper ones only serve to exhaust the parser"),
                in.whole(
                        "TASKS_MAX",
                        2_000,
                        1,
                        100_000,
                        "requests",
                        "requests off the hot path that are worked on at once; more are told to come back"),
                in.whole(
                        "PREVIEWS_MAX",
                        4,
                        1,
                        100,
                        "previews",
                        "previews that may wait for their turn: each takes a processor for about a second, one at a"
                                + " time; more are told to come back"),
                in.whole(
                        "WHAT_IFS_MAX",
                        8,
                        1,
                        100,
                        "questions",
                        "questions after other policies that may wait for their turn: over months one takes seconds,"
                                + " one at a time; more are told to come back"),
                live(in));
    }

    private static Live live(Reader in) {
        return new Live(
                in.whole(
                        "LIVE_READERS_MAX",
                        1_000,
                        1,
                        100_000,
                        "readers",
                        "readers of the live feed at once, per event loop"),
                in.whole(
                        "LIVE_HISTORY",
                        1_000,
                        1,
                        100_000,
                        "events",
                        "live events kept for readers that reconnect; older ones get the current state instead"),
                in.whole(
                        "LIVE_HISTORY_BYTES",
                        1 << 24,
                        0,
                        1 << 30,
                        "bytes",
                        "live events kept for readers that reconnect, in bytes: one of 100 arms in 20 segments is half"
                                + " a megabyte, and a thousand of them would be half a gigabyte"),
                in.whole(
                        "LIVE_BACKLOG_BYTES",
                        1 << 20,
                        1 << 14,
                        1 << 26,
                        "bytes",
                        "what may wait for a slow reader of the live feed before it is cut off"));
    }

    private static Decide decide(Reader in) {
        return new Decide(
                in.whole(
                        "KNOWN_MAX",
                        1_000_000,
                        0,
                        100_000_000,
                        "decisions",
                        "decisions kept in memory, about 150 bytes each; the others are read when asked for"),
                in.whole(
                        "DECIDE_BATCH_MAX",
                        1_000,
                        1,
                        10_000,
                        "decisions",
                        "decisions per insert: beyond it rows per second no longer grow"),
                in.whole(
                        "DECIDE_WAITING_MAX",
                        10_000,
                        1,
                        1_000_000,
                        "decisions",
                        "decisions that may wait for an insert, per event loop: a second's worth; more get control"),
                in.whole(
                        "DECIDE_WAIT_MILLIS",
                        500,
                        10,
                        60_000,
                        "ms",
                        "a visitor waits this long for the insert, then gets control unrecorded"),
                in.whole("EXPERIMENTS_MAX", 50, 1, 1_000, "experiments", "experiments per ask"),
                in.whole("UNIT_CHARACTERS_MAX", 256, 16, 4_096, "characters", "longest name of a unit"),
                in.whole(
                        "CONTEXT_VALUES_MAX",
                        64,
                        1,
                        1_000,
                        "attributes",
                        "attributes with a plain value that are seen in the context of an ask: each is kept until it"
                                + " is answered"),
                in.whole(
                        "CONTEXT_CHARACTERS_MAX",
                        2_048,
                        16,
                        65_536,
                        "characters",
                        "longest name, and longest plain value, of an attribute that is seen: an address fits"));
    }

    private static Receive receive(Reader in) {
        return new Receive(
                in.whole("CONVERSIONS_MAX", 1_000, 1, 10_000, "conversions", "conversions per request"),
                in.whole("RECEIVE_BATCH_MAX", 1_000, 1, 10_000, "conversions", "conversions per insert"),
                in.whole(
                        "RECEIVE_WAITING_MAX",
                        20_000,
                        1,
                        1_000_000,
                        "conversions",
                        "conversions that may wait for an insert; more are answered 503, so senders retry"),
                in.whole(
                        "RECEIVE_WAIT_MILLIS",
                        4_000,
                        10,
                        60_000,
                        "ms",
                        "a report waits this long for the commit; payment providers give up after 5 s"),
                in.seconds(
                        "CLOCK_TOLERANCE_SECONDS",
                        600,
                        0,
                        86_400,
                        "how far the clocks of sender and server may differ"),
                in.whole(
                        "SOURCES_MAX",
                        100,
                        1,
                        1_000,
                        "sources",
                        "sources of webhooks: each node reads them all, whenever deliveries arrive, once a second"));
    }

    private static Attribute attribute(Reader in) {
        return new Attribute(
                in.whole(
                        "ATTRIBUTE_BATCH_MAX",
                        1_000,
                        1,
                        100_000,
                        "conversions",
                        "conversions per transaction: small enough to be quick, large enough to keep up"),
                in.whole(
                        "CREDITS_MAX",
                        1_000,
                        1,
                        100_000,
                        "conversions",
                        "conversions that one decision may be credited with: a visitor with more is no visitor"),
                in.millis(
                        "ATTRIBUTE_TICK_MILLIS",
                        200,
                        10,
                        60_000,
                        "longest time without a look at the log, if no bell rings: conversions of other nodes ring"
                                + " none here"),
                in.millis(
                        "ATTRIBUTE_COURTESY_MILLIS",
                        250,
                        0,
                        1_000,
                        "while conversions crowd at the door, attribution lets them go first, for this long before each"
                                + " transaction: who reports waits for an answer. While a crowd lasts, a batch is"
                                + " attributed per wait, and rewards and guardrails follow as much later as it takes;"
                                + " 0: at once"));
    }

    private static Learn learn(Reader in) {
        return new Learn(
                in.whole(
                        "LEARN_BATCH_MAX",
                        50_000,
                        20_000,
                        1_000_000,
                        "rows",
                        "decisions and rewards per transaction; more than the largest insert writes, so that a turn"
                                + " moves"),
                in.millis(
                        "LEARN_PACE_MILLIS",
                        100,
                        0,
                        60_000,
                        "shortest time between two turns: bounds the snapshots per second"),
                in.millis(
                        "LEARN_TICK_MILLIS",
                        200,
                        10,
                        60_000,
                        "longest time without a look at the logs, if no bell rings"),
                in.millis(
                        "LEARN_BUDGET_MILLIS",
                        500,
                        1,
                        60_000,
                        "a turn spends this long on beliefs and shares; with many experiments the others have their"
                                + " turn next, so that counting goes on"),
                in.seconds("LEASE_SECONDS", 5, 1, 3_600, "the duties of a dead node are taken over after this time"),
                in.seconds(
                        "FEED_INTERVAL_SECONDS",
                        60,
                        1,
                        3_600,
                        "the feed of conversions is listened to for this long at a time; one false alarm is expected in"
                                + " 100,000 of these times at most"));
    }

    private static Database database(Reader in) {
        Path data = Path.of(in.text("DATA", "data", "folder of the embedded database and of the secret"));
        String cache =
                in.environment.getOrDefault("XDG_CACHE_HOME", in.environment.getOrDefault("HOME", ".") + "/.cache");
        return new Database(
                in.secret(
                        "DATABASE_URL",
                        "a Postgres of your own, as in postgres://user:password@host:5432/name; unset: the embedded"
                                + " one"),
                in.whole("DATABASE_CONNECTIONS", 16, 4, 1_000, "connections", "connections of this node"),
                in.whole(
                        "DATABASE_WAIT_SECONDS",
                        2,
                        1,
                        300,
                        "seconds",
                        "longest wait for a connection before a request is told to come back"),
                data,
                Path.of(in.text(
                        "BINARIES",
                        cache + "/bandolier/postgres",
                        "folder where the binaries of the embedded database are unpacked once")),
                in.secret(
                        "BANDOLIER_SECRET",
                        "the server's secret, at least 32 hexadecimal digits, the same on every node; unset: the file"
                                + " 'secret' in the data folder"));
    }

    /// Reads one setting after the other and lists what it read.
    private static final class Reader {

        private static final String PREFIX = "BANDOLIER_";

        private final Map<String, String> environment;
        private final Map<String, String> commandLine;
        private final List<Setting> listing = new ArrayList<>();

        Reader(Map<String, String> environment, Map<String, String> commandLine) {
            this.environment = environment;
            this.commandLine = commandLine;
        }

        String text(String name, String otherwise, String why) {
            String value = value(name).orElse(otherwise);
            listing.add(new Setting(PREFIX + name, value, "", why));
            return value;
        }

        int whole(String name, int otherwise, int least, int most, String unit, String why) {
            String text = value(name).orElse(Integer.toString(otherwise));
            listing.add(new Setting(PREFIX + name, text, unit, why));
            String rule = PREFIX + name + "=" + text + " must be a whole number from " + least + " to " + most;
            try {
                int value = Integer.parseInt(text.strip());
                if (value < least || value > most) {
                    throw new IllegalArgumentException(rule);
                }
                return value;
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(rule, e);
            }
        }

        Duration millis(String name, int otherwise, int least, int most, String why) {
            return Duration.ofMillis(whole(name, otherwise, least, most, "ms", why));
        }

        Duration seconds(String name, int otherwise, int least, int most, String why) {
            return Duration.ofSeconds(whole(name, otherwise, least, most, "seconds", why));
        }

        Optional<String> secret(String variable, String why) {
            Optional<String> value =
                    Optional.ofNullable(environment.get(variable)).filter(text -> !text.isBlank());
            listing.add(new Setting(variable, value.isPresent() ? "(set)" : "(unset)", "", why));
            return value;
        }

        private Optional<String> value(String name) {
            return Optional.ofNullable(commandLine.get(name))
                    .or(() -> Optional.ofNullable(environment.get(PREFIX + name)))
                    .filter(text -> !text.isBlank());
        }
    }
}
