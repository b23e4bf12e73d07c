package dev.bandolier.server.receive;

import dev.bandolier.server.platform.PlatformKind;
import dev.bandolier.server.platform.Refusal;
import dev.bandolier.server.wire.Call;
import dev.bandolier.server.wire.Problem;
import dev.bandolier.server.wire.Problems;
import dev.bandolier.server.wire.Reply;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// `OPTIONS /v1/webhooks/{source}`: whether a sender of CloudEvents may deliver here (HTTP 1.1 Web Hooks for Event
/// Delivery 1.0, section 4). Whoever is set up may; what it delivers is verified all the same.
final class Handshake {

    private static final Pattern ORIGIN = Pattern.compile("[!-~]{1,253}");
    private static final Pattern RATE = Pattern.compile("[1-9][0-9]{0,8}");

    private final Gate gate;

    Handshake(Gate gate) {
        this.gate = gate;
    }

    /// The permission, without a limit of the rate unless one is asked for.
    Reply answer(Call call) {
        String key = call.param("source");
        Sender sender = gate.find(key)
                .or(() -> gate.findAnew(key))
                .orElseThrow(() -> Problem.notFound("there is no source '" + Printable.atMost(64, key) + "'")
                        .because(Refusal.UNKNOWN_SOURCE.code()));
        if (sender.platform().kind() != PlatformKind.CLOUDEVENTS) {
            String detail = "only a source of CloudEvents is asked beforehand; this one takes POST, not OPTIONS";
            return Problems.reply(Problem.of(405, "Method not allowed", detail)).with("Allow", "POST");
        }
        Reply reply = new Reply(200, Map.of("Allow", "POST, OPTIONS"), Buffer.buffer());
        Optional<String> origin = call.header("webhook-request-origin")
                .filter(each -> ORIGIN.matcher(each).matches());
        if (origin.isEmpty()) {
            return reply;
        }
        String rate = call.header("webhook-request-rate")
                .filter(each -> RATE.matcher(each).matches())
                .orElse("*");
        return reply.with("WebHook-Allowed-Origin", origin.get()).with("WebHook-Allowed-Rate", rate);
    }
}
