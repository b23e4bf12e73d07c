package dev.bandolier.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.bandits.BetaPosterior;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.GammaPosterior;
import dev.bandolier.bandits.Guard;
import dev.bandolier.bandits.OrderValuePosterior;
import dev.bandolier.bandits.Posterior;
import dev.bandolier.bandits.RevenuePosterior;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.bandits.Verdict;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A snapshot comes back from its store as it was, and is shown in the words and units of people.
final class SnapshotJsonTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private static Stream<Posterior> posteriors() {
        return Stream.of(
                new BetaPosterior(3, 97),
                new GammaPosterior(4, 2),
                new RevenuePosterior(new BetaPosterior(3, 97), new OrderValuePosterior(8, 35_000)));
    }

    @ParameterizedTest
    @MethodSource("posteriors")
    void snapshot_storedAndRead_isTheSame(Posterior posterior) {
        Snapshot snapshot = snapshot(posterior, OptionalDouble.of(480.2));

        JsonObject body = new JsonObject(SnapshotJson.store(snapshot).encode());

        assertThat(SnapshotJson.read(7, 17, NOW, 3, body)).isEqualTo(snapshot);
    }

    @Test
    void snapshot_thatIsGuarded_keepsWhatItsGuardrailsSay() {
        Snapshot plain = snapshot(new BetaPosterior(3, 97), OptionalDouble.empty());
        Guard guard = new Guard(
                OptionalDouble.of(0.05),
                List.of(new Verdict.HeldBack(0.3, NOW)),
                List.of(),
                Optional.empty(),
                Optional.of(new Guard.RampStage(0, 0.05)),
                Optional.empty(),
                OptionalDouble.of(0.5),
                Optional.of(new Guard.TopOrigins(2, Map.of("a", 0.25))),
                true);
        Snapshot guarded =
                new Snapshot(7, 17, NOW, 3, Snapshot.Cause.GUARDED, plain.arms(), List.of(), plain.basis(), guard);

        JsonObject body = new JsonObject(SnapshotJson.store(guarded).encode());

        assertThat(SnapshotJson.read(7, 17, NOW, 3, body)).isEqualTo(guarded);
        JsonObject shown = SnapshotJson.show(experiment("{}"), guarded).getJsonObject("guard");
        assertThat(shown.getBoolean("frozen")).isTrue();
        assertThat(shown.getJsonArray("verdicts").getJsonObject(0).getString("action"))
                .isEqualTo("30% of exploring goes on, the rest gets control");
        assertThat(SnapshotJson.store(plain).containsKey("guard")).isFalse();
        assertThat(SnapshotJson.show(experiment("{}"), plain).containsKey("guard"))
                .isFalse();
    }

    @Test
    void kappa_thatIsInfinite_survivesTheStoreAndIsShownAsNull() {
        Snapshot snapshot = snapshot(new BetaPosterior(1, 49), OptionalDouble.of(Double.POSITIVE_INFINITY));

        JsonObject body = new JsonObject(SnapshotJson.store(snapshot).encode());

        assertThat(SnapshotJson.read(7, 17, NOW, 3, body)).isEqualTo(snapshot);
        JsonObject shown = SnapshotJson.show(experiment("{}"), snapshot);
        assertThat(shown.containsKey("kappa")).isTrue();
        assertThat(shown.getValue("kappa")).isNull();
    }

    @Test
    void snapshot_storedInTheFirstForm_isReadAsWhatItMeant() {
        JsonObject body = new JsonObject("""
            {"cause":"moved","arms":[{"arm":"a","share":0.4,"exposures":120,"conversions":6,
             "posterior":{"kind":"beta","alpha":7.0,"beta":163.0}}]}
            """);

        Snapshot read = SnapshotJson.read(7, 17, NOW, 3, body);

        assertThat(read.arms().getFirst().counted()).isEqualTo(new Snapshot.Counted(120, 120, 6, 6, 0, 0));
        assertThat(read.arms().getFirst().belief().lower()).isBetween(0.01, 0.03);
        assertThat(read.segments()).isEmpty();
        assertThat(read.basis().phase()).isEqualTo(Snapshot.Phase.LEARNING);
        JsonObject shown = SnapshotJson.show(experiment("{}"), read);
        assertThat(shown.getJsonArray("arms").getJsonObject(0).containsKey("best"))
                .isFalse();
        assertThat(new JsonObject(shown.encode())).isEqualTo(shown);
        assertThat(SnapshotJson.store(read).encode()).doesNotContain("NaN");
    }

    @Test
    void revenue_shown_isInTheMajorUnitOfItsCurrency() {
        RevenuePosterior posterior = new RevenuePosterior(new BetaPosterior(3, 97), new OrderValuePosterior(8, 35_000));
        Snapshot snapshot = snapshot(posterior, OptionalDouble.empty());

        JsonObject arm = SnapshotJson.show(experiment("{\"kind\":\"revenue\",\"currency\":\"EUR\"}"), snapshot)
                .getJsonArray("arms")
                .getJsonObject(0);

        assertThat(arm.getString("value")).isEqualTo("1530.00");
        assertThat(arm.getString("raw")).isEqualTo("1544.05");
        JsonObject belief = arm.getJsonObject("posterior");
        // 3 % times 35 000 / 7 cents.
        assertThat(belief.getDouble("mean")).isCloseTo(1.5, Offset.offset(1e-9));
        assertThat(belief.getDouble("lower")).isEqualTo(0.5);
        assertThat(belief.getDouble("scale")).isEqualTo(350);
    }

    @Test
    void snapshot_ofAnObjectiveWithoutCurrency_showsNoAmounts() {
        JsonObject shown =
                SnapshotJson.show(experiment("{}"), snapshot(new BetaPosterior(1, 49), OptionalDouble.empty()));

        assertThat(shown.getJsonArray("arms").getJsonObject(0).fieldNames()).doesNotContain("value", "raw");
        assertThat(shown.getString("phase")).isEqualTo("warming-up");
        assertThat(shown.getJsonObject("delay").getString("median")).isEqualTo("PT3M12S");
        assertThat(shown.getJsonObject("epochs").getString("width")).isEqualTo("P1D");
        assertThat(shown.getJsonArray("segments").getJsonObject(0).getString("segment"))
                .isEqualTo("mobile");
        assertThat(shown.containsKey("kappa")).isFalse();
    }

    @Test
    void served_ofASnapshotWithSegments_isStoredAndShownOfArmsAsAWhole() {
        Snapshot.ArmView half = arm("a", 0.5, 300);
        Snapshot whole =
                whole(List.of(half), List.of(new Snapshot.SegmentView("x", true, List.of(arm("a", 0.9, 100)))));
        double wanted = (100 * 0.9 + 200 * 0.5) / 300;

        for (JsonObject json : List.of(SnapshotJson.store(whole), SnapshotJson.show(experiment("{}"), whole))) {
            assertThat(json.getJsonArray("arms").getJsonObject(0).getDouble("served"))
                    .isCloseTo(wanted, Offset.offset(1e-12));
            assertThat(json.getJsonArray("segments").encode()).doesNotContain("served");
        }
        assertThat(SnapshotJson.store(whole(List.of(half), List.of())).encode()).doesNotContain("served");
    }

    @Test
    void past_whoseSegmentsWereNotRead_showsWhatWasServedIfThatWasStored() {
        Snapshot past = whole(List.of(arm("a", 0.4, 10), arm("b", 0.6, 10)), List.of());
        Experiment experiment = experiment("{}");

        JsonArray shown = SnapshotJson.show(experiment, new SnapshotLog.Past(past, Map.of("a", 0.3, "b", 0.7)))
                .getJsonArray("arms");
        assertThat(shown.getJsonObject(0).getDouble("served")).isEqualTo(0.3);
        assertThat(shown.getJsonObject(0).getDouble("share")).isEqualTo(0.4);
        assertThat(shown.getJsonObject(1).getDouble("served")).isEqualTo(0.7);
        assertThat(SnapshotJson.show(experiment, new SnapshotLog.Past(past, Map.of())))
                .isEqualTo(SnapshotJson.show(experiment, past));
    }

    private static Snapshot whole(List<Snapshot.ArmView> arms, List<Snapshot.SegmentView> segments) {
        Snapshot.Basis basis =
                snapshot(new BetaPosterior(1, 49), OptionalDouble.empty()).basis();
        return new Snapshot(7, 17, NOW, 3, Snapshot.Cause.DAY, arms, segments, basis);
    }

    private static Snapshot.ArmView arm(String key, double share, long exposures) {
        return new Snapshot.ArmView(
                key,
                share,
                new Snapshot.Counted(exposures, exposures, 1, 1, 0, 0),
                new Snapshot.Belief(new BetaPosterior(2, exposures), 0.01, 0.2, 0.5));
    }

    private static Experiment experiment(String objective) {
        JsonObject json = new JsonObject("""
            {"key":"k","arms":[{"key":"a","control":true},{"key":"b"}]}
            """).put("objective", new JsonObject(objective).put("metric", "purchase"));
        Definition definition = DefinitionJson.read(json);
        return new Experiment(7, 3, Experiment.State.RUNNING, 1, 2, NOW, definition);
    }

    private static Snapshot snapshot(Posterior posterior, OptionalDouble kappa) {
        Snapshot.ArmView arm = new Snapshot.ArmView(
                "a",
                0.4,
                new Snapshot.Counted(1_234, 1_180.5, 56, 58, 153_000, 154_405),
                new Snapshot.Belief(posterior, 50, 250, 0.81));
        Snapshot.Basis basis = new Snapshot.Basis(
                Snapshot.Phase.WARMING_UP,
                new Snapshot.Delay(true, Optional.of(Duration.ofSeconds(192)), 812),
                new Snapshot.Epochs(Duration.ofDays(1), 3, 1.07),
                kappa,
                OptionalDouble.of(1.8),
                List.of(new Snapshot.Change("a", NOW, 12.5, 11.2)));
        Snapshot.SegmentView segment = new Snapshot.SegmentView("mobile", true, List.of(arm));
        return new Snapshot(7, 17, NOW, 3, Snapshot.Cause.DAY, List.of(arm), List.of(segment), basis);
    }
}
