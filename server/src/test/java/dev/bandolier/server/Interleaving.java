package dev.bandolier.server;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// What may happen to a few visitors, in any order: orders of many currencies and times, refunds of all or parts of them,
/// before or after or without their order, reported twice, at the door or as webhooks append them, which nobody refuses.
final class Interleaving {

    /// Digits after the point of the currencies that visitors pay in.
    private static final Map<String, Integer> DIGITS = Map.of("EUR", 2, "USD", 2, "JPY", 0, "KWD", 3, "GBP", 2);

    private static final List<String> CURRENCIES = List.of("EUR", "EUR", "USD", "USD", "JPY", "KWD", "GBP");

    private static final int UNITS = 8;
    private static final int ORDERS = 48;
    private static final int DAYS_MAX = 24;

    /// A unit, and what is known of its decisions.
    private record Visitor(String name, String unit, List<String> tokens, List<List<String>> keys) {}

    /// An order or a reversal.
    private record Event(
            String source,
            String id,
            Visitor visitor,
            boolean token,
            Long value,
            String currency,
            Instant at,
            String reverses) {}

    private final long seed;
    private final Random random;
    private final Sql sql;
    private final List<String> experiments;

    /// @param experiments keys; every visitor is decided for by the first
    Interleaving(long seed, Sql sql, List<String> experiments) {
        this.seed = seed;
        this.random = new Random(seed);
        this.sql = sql;
        this.experiments = experiments;
    }

    /// Plays it to the end, a few reports at a time, each to any of the nodes.
    void play(List<Api> nodes) {
        List<Visitor> visitors = Crowd.units("i" + seed + "-", UNITS).stream()
                .map(name -> visitor(name, nodes))
                .toList();
        List<Event> events = events(visitors);
        while (!events.isEmpty()) {
            List<Event> few = events.subList(0, Math.min(events.size(), 1 + random.nextInt(8)));
            report(any(nodes), List.copyOf(few));
            few.clear();
            if (random.nextInt(6) == 0) {
                Eventually.pause(Duration.ofMillis(random.nextInt(200)));
            }
        }
    }

    /// Decides for a visitor, again and again, and puts all of it into the past.
    private Visitor visitor(String name, List<Api> nodes) {
        List<String> tokens = new ArrayList<>();
        for (String experiment : experiments) {
            boolean always = experiment.equals(experiments.getFirst());
            int times = always ? 1 : random.nextInt(5);
            for (int i = 0; i < times; i++) {
                tokens.add(any(nodes).decide(experiment, name).getString("decision"));
            }
        }
        String unit = sql.value("""
            select unit from decisions where experiment = (select id from experiments where key = ?)
            order by xid desc limit 1
            """, experiments.getFirst());
        List<List<String>> keys =
                sql.rows("select experiment, occasion from decisions where unit = ?::uuid order by xid", unit);
        for (List<String> key : keys) {
            sql.update(
                    "update decisions set decided_at = decided_at - ? * interval '1 millisecond'"
                            + " where unit = ?::uuid and experiment = ?::bigint and occasion = ?::bigint",
                    random.nextLong(Duration.ofDays(DAYS_MAX).toMillis()),
                    unit,
                    key.get(0),
                    key.get(1));
        }
        return new Visitor(name, unit, tokens, keys);
    }

    private List<Event> events(List<Visitor> visitors) {
        Instant now =
                Instant.parse(sql.value("select to_char(now() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"));
        List<Event> events = new ArrayList<>();
        Instant at = now;
        for (int i = 0; i < ORDERS; i++) {
            if (random.nextInt(5) > 0) {
                at = now.minusMillis(random.nextLong(Duration.ofDays(DAYS_MAX).toMillis()));
            }
            String currency = any(CURRENCIES);
            Long value = switch (random.nextInt(8)) {
                case 0 -> null;
                case 1 -> 0L;
                default -> random.nextLong(30_000);
            };
            Event order = new Event(
                    i % 2 == 0 ? "api" : "hook",
                    "i" + seed + "-o" + i / 2,
                    any(visitors),
                    random.nextInt(3) == 0,
                    value,
                    value == null ? null : currency,
                    at,
                    null);
            events.add(order);
            events.addAll(reversals(order, i));
        }
        List<Event> repeated =
                events.stream().filter(each -> random.nextInt(5) == 0).toList();
        events.addAll(repeated);
        Collections.shuffle(events, random);
        return events;
    }

    private List<Event> reversals(Event order, int i) {
        String id = "i" + seed + "-r" + i;
        long value = order.value() == null ? 0 : order.value();
        long part = value == 0 ? 0 : random.nextLong(value + 1);
        return switch (random.nextInt(8)) {
            case 0 -> List.of(reversal(order, id, null, null));
            case 1 -> List.of(reversal(order, id, part, order.currency()));
            case 2 ->
                List.of(
                        reversal(order, id + "a", part, order.currency()),
                        reversal(order, id + "b", value - part, order.currency()));
            case 3 -> List.of(reversal(order, id, part, any(CURRENCIES)));
            case 4 ->
                List.of(
                        reversal(order, id + "a", part, order.currency()),
                        reversal(order, id + "b", null, null),
                        reversal(order, id + "c", null, null));
            default -> List.of();
        };
    }

    private static Event reversal(Event order, String id, Long value, String currency) {
        boolean valued = value != null && currency != null;
        return new Event(
                order.source(),
                id,
                order.visitor(),
                false,
                valued ? value : null,
                valued ? currency : null,
                order.at().plusSeconds(60),
                order.id());
    }

    private void report(Api node, List<Event> events) {
        List<Event> atTheDoor = events.stream()
                .filter(each -> each.source().equals("api") && random.nextInt(4) > 0)
                .toList();
        events.stream().filter(each -> !atTheDoor.contains(each)).forEach(this::append);
        if (atTheDoor.isEmpty()) {
            return;
        }
        JsonArray reports = new JsonArray();
        atTheDoor.forEach(each -> reports.add(json(each)));
        JsonArray items = node.report(reports).json().getJsonArray("items");
        Map<Integer, String> statuses = new HashMap<>();
        for (int i = 0; i < items.size(); i++) {
            JsonObject item = items.getJsonObject(i);
            statuses.put(item.getInteger("index"), item.getString("status"));
        }
        for (int i = 0; i < atTheDoor.size(); i++) {
            if (statuses.get(i).equals("refused") && random.nextInt(3) > 0) {
                append(atTheDoor.get(i));
            }
        }
    }

    private JsonObject json(Event event) {
        JsonObject json = new JsonObject()
                .put("id", event.id())
                .put("metric", "purchase")
                .put("at", event.at().toString());
        if (event.value() != null) {
            json.put(
                            "value",
                            BigDecimal.valueOf(event.value(), DIGITS.get(event.currency()))
                                    .toPlainString())
                    .put("currency", event.currency());
        }
        if (event.reverses() != null) {
            return json.put("reverses", event.reverses());
        }
        return event.token()
                ? json.put("decision", any(event.visitor().tokens()))
                : json.put("unit", event.visitor().name());
    }

    /// As a webhook does: it arrives some day after it happened.
    private void append(Event event) {
        List<String> key = event.token() ? any(event.visitor().keys()) : Collections.nCopies(2, null);
        Instant received =
                event.at().plusMillis(random.nextLong(Duration.ofDays(12).toMillis()));
        sql.update(
                """
                insert into conversions (source, event_id, metric, unit, experiment, occasion, value, currency, happened_at,
                                         received_at, reverses)
                values (?, ?, 'purchase', ?::uuid, ?::bigint, ?::bigint, ?::bigint, ?, ?, ?, ?) on conflict do nothing
                """,
                event.source(),
                event.id(),
                event.reverses() == null ? event.visitor().unit() : null,
                key.get(0),
                key.get(1),
                event.value(),
                event.currency(),
                OffsetDateTime.ofInstant(event.at(), ZoneOffset.UTC),
                OffsetDateTime.ofInstant(received, ZoneOffset.UTC),
                event.reverses());
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
