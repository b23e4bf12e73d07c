package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.server.Platforms.Message;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Bodies spoilt in every way that chance comes to, from one seed: the server never fails, and stores exactly what it
/// says. Those that are signed after they were spoilt reach all code that reads; the others reach none.
final class FuzzIT {

    private static final int BODIES_PER_PLATFORM = 1_800;
    private static final int CALLERS = 8;
    private static final long SEED = 20_261_121;

    @AutoClose
    private static Site site;

    private static Api api;

    @BeforeAll
    static void open() {
        site = Site.fresh();
        api = site.node();
        for (Platforms each : Platforms.values()) {
            each.setUp(api);
        }
    }

    /// What was sent, and what came back.
    private record Sent(Api.Answer answer, boolean signed) {}

    @ParameterizedTest
    @EnumSource
    void bodies_spoiltByChance_areNeverAFault_andStoreWhatIsSaid(Platforms platform) {
        List<Sent> sent = Crowd.each(
                CALLERS, IntStream.range(0, BODIES_PER_PLATFORM).boxed().toList(), number -> send(platform, number));

        assertThat(sent)
                .allSatisfy(each -> assertThat(each.answer().status())
                        .as(each.answer().text())
                        .isIn(each.signed() ? Set.of(202, 400, 401, 413, 415) : Set.of(400, 401)));
        Set<String> said = new HashSet<>();
        for (Sent each : sent) {
            if (each.answer().status() == 202) {
                said.addAll(accepted(each.answer().json()));
            }
        }
        assertThat(site.sql().column("select event_id from conversions where source = ?", platform.kind()))
                .hasSameElementsAs(said)
                .hasSameSizeAs(said);
        // Both ends were reached: bodies that are still sound, and bodies that are none.
        assertThat(said).hasSizeGreaterThan(20);
        assertThat(sent).anyMatch(each -> each.answer().status() == 400);
    }

    @Test
    void server_afterwards_stillTakesDeliveries() {
        Message order = Platforms.STRIPE.order(9_999_999, "anybody", Instant.now());

        assertThat(Platforms.STRIPE.deliver(api, order).with(202).json().getInteger("accepted"))
                .isEqualTo(1);
    }

    private static Sent send(Platforms platform, int number) {
        SplittableRandom random =
                new SplittableRandom(SEED + 31L * platform.kind().hashCode() + 1_000_003L * number);
        Instant now = Instant.now();
        Message sound = random.nextInt(3) == 0
                ? platform.refund(number, "visitor-" + number, now)
                : platform.order(number, "visitor-" + number, now);
        String body = Spoiler.spoil(sound.body(), random);
        boolean signed = random.nextInt(4) > 0;
        // By chance a body was not spoilt at all: then it must not fit its signature for that.
        Message spoilt = sound.with(!signed && body.equals(sound.body()) ? body + " " : body);
        List<String> headers = platform.sign(signed ? spoilt : sound, now);
        return new Sent(Platforms.post(api, platform.kind(), spoilt.body(), headers), signed);
    }

    private static List<String> accepted(JsonObject answer) {
        return answer.getJsonArray("items").stream()
                .map(JsonObject.class::cast)
                .filter(item -> item.getString("status").equals("accepted"))
                .map(item -> item.getString("id"))
                .toList();
    }
}
