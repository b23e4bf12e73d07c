package dev.bandolier.server.receive;

import dev.bandolier.server.Settings;
import dev.bandolier.server.ledger.RefusalTable.Refused;
import dev.bandolier.server.platform.Delivery;
import dev.bandolier.server.platform.Heard;
import dev.bandolier.server.platform.Refusal;
import dev.bandolier.server.platform.RefusedDelivery;
import dev.bandolier.server.receive.Receipts.What;
import dev.bandolier.server.wire.Call;
import dev.bandolier.server.wire.Endpoint;
import dev.bandolier.server.wire.Problem;
import dev.bandolier.server.wire.Reply;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `POST /v1/webhooks/{source}`: deliveries of platforms, answered once what they report is committed.
///
/// A delivery that is genuine and can be read is answered 202, even if nothing of it counts: a sender that is refused
/// tries again what never gets better, and in the end gives up for good.
final class WebhookRoutes {

    private static final String PATH = "/v1/webhooks/:source";

    private final Receiver receiver;
    private final Gate gate;
    private final Handshake handshake;
    private final Receipts receipts;
    private final Settings settings;

    /// The routes of these sources.
    WebhookRoutes(Receiver receiver, Gate gate, Receipts receipts, Settings settings) {
        this.receiver = receiver;
        this.gate = gate;
        this.handshake = new Handshake(gate);
        this.receipts = receipts;
        this.settings = settings;
    }

    /// The endpoints of this room.
    List<Endpoint> endpoints() {
        return List.of(
                new Endpoint(HttpMethod.POST, PATH, this::deliver, this::failed),
                new Endpoint(HttpMethod.OPTIONS, PATH, handshake::answer));
    }

    private Reply deliver(Call call) {
        String key = call.param("source");
        Instant now = settings.clock().instant();
        return switch (gate.pass(key, new Delivery(call.headers(), call.body(), now))) {
            case Gate.Passage.Shut(Optional<Sender> sender, RefusedDelivery why) -> throw refuse(sender, why, now);
            case Gate.Passage.Open(Sender sender, List<Heard> heard) -> {
                List<Handled> events = events(key, heard);
                count(key, events, now);
                yield Reply.json(202, answer(events));
            }
        };
    }

    private Problem refuse(Optional<Sender> sender, RefusedDelivery why, Instant now) {
        String source = sender.map(each -> each.source().key()).orElse(Receipts.NOBODY);
        Refusal refusal = why.refusal();
        receipts.count(source, What.DELIVERY, "", 1);
        receipts.count(source, What.REFUSED, refusal.code(), 1);
        if (sender.isPresent()) {
            // Nobody could read what strangers sent to an address of nobody.
            receipts.note(
                    new Refused(source, now, refusal.code(), "", Printable.atMost(500, why.getMessage()), "", ""));
        }
        return Problem.of(refusal.status(), refusal.title(), why.getMessage()).because(refusal.code());
    }

    private List<Handled> events(String key, List<Heard> heard) {
        List<JsonObject> conversions = heard.stream()
                .filter(Heard.Reported.class::isInstance)
                .map(each -> ((Heard.Reported) each).conversion())
                .toList();
        Iterator<Verdict> verdicts = receiver.receive(key, conversions).iterator();
        List<Handled> events = new ArrayList<>();
        for (Heard each : heard) {
            boolean reported = each instanceof Heard.Reported;
            events.add(new Handled(each, reported ? Optional.of(verdicts.next()) : Optional.empty()));
        }
        return events;
    }

    private void count(String key, List<Handled> events, Instant now) {
        receipts.count(key, What.DELIVERY, "", 1);
        for (Handled event : events) {
            receipts.count(key, event.what(), event.reason(), 1);
            event.refused(key, now).ifPresent(receipts::note);
        }
    }

    private static JsonObject answer(List<Handled> events) {
        Map<What, Integer> sums = new EnumMap<>(What.class);
        JsonArray items = new JsonArray();
        for (Handled event : events) {
            sums.merge(event.what(), 1, Integer::sum);
            items.add(event.json(items.size()));
        }
        return new JsonObject()
                .put("accepted", sums.getOrDefault(What.ACCEPTED, 0))
                .put("duplicates", sums.getOrDefault(What.DUPLICATE, 0))
                .put("ignored", sums.getOrDefault(What.IGNORED, 0))
                .put("refused", sums.getOrDefault(What.REFUSED, 0))
                .put("items", items);
    }

    /// Counts a delivery that failed before anybody looked whom it is for, or while storage was away.
    private Throwable failed(Map<String, String> path, Throwable failure) {
        // What has a reason was counted where it was found.
        if (failure instanceof Problem problem && problem.reason().isPresent()) {
            return failure;
        }
        Optional<String> reason = Failures.reason(failure);
        reason.ifPresent(each -> receipts.refusedUnread(path.getOrDefault("source", ""), each));
        return failure instanceof Problem problem ? problem.because(reason.orElseThrow()) : failure;
    }
}
