package dev.bandolier.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Guard;
import dev.bandolier.bandits.Verdict;
import dev.bandolier.bandits.Verdict.Evidence;
import dev.bandolier.bandits.Verdict.Horizon;
import dev.bandolier.bandits.Verdict.Sample;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What guardrails say comes back from its store as it was, and is shown in words and units of people.
final class GuardJsonTest {

    private static final Instant SINCE = Instant.parse("2026-11-21T10:00:00Z");

    private static final Evidence HARM = new Evidence(
            "purchase",
            Horizon.SHORT,
            Math.log(310),
            Math.log(80),
            new Sample(1_234, 3, 12_000),
            new Sample(1_190, 41, 164_050));

    private static final Evidence REFUNDS = new Evidence(
            "refund", Horizon.WINDOW, Math.log(99.6), Math.log(80), new Sample(1_234, 30, 0), new Sample(1_190, 12, 0));

    private static final Evidence EARLY =
            new Evidence("purchase", Horizon.ARRIVED, 2, 1e9, new Sample(7, 0, 0), Sample.NONE);

    /// Every kind of verdict, and what an experiment on conversions is told of it.
    static Stream<Arguments> verdicts() {
        return Stream.of(
                Arguments.of(
                        new Verdict.ArmHarmful("video", HARM, SINCE),
                        "the arm is paused",
                        "'video' was paused after 1,234 visitors: 3 of them converted, where 41 of 1,190 did with"
                                + " control (evidence 310, needed 80)"),
                Arguments.of(
                        new Verdict.ArmHarmful("video", REFUNDS, SINCE),
                        "the arm is paused",
                        "'video' was paused after 1,234 visitors: 30 of them had a 'refund' (the fewer the better),"
                                + " where 12 of 1,190 did with control (evidence 100, needed 80)"),
                Arguments.of(
                        new Verdict.ArmSuspected("video", EARLY, SINCE),
                        "the arm keeps its least share until this is settled",
                        "'video' looks worse than control after 7 visitors: 0 of them converted, where 0 of 0 did with"
                                + " control (evidence 7.4, needed more than a million); it keeps its least share until"
                                + " this is settled"),
                Arguments.of(
                        new Verdict.ArmBetter("video", HARM, SINCE),
                        "none; it is for you to decide",
                        "'video' is better than control after 1,234 visitors: 3 of them converted, where 41 of 1,190"
                                + " did with control (evidence 310, needed 80)"),
                Arguments.of(
                        new Verdict.BudgetSpent(9.25, 10, true, 0.4, false, SINCE),
                        "40% of exploring goes on, the rest gets control",
                        "Exploring has lost 9.3 of the 10.0 conversions agreed to for a day (461.58 EUR of"
                                + " 499.00 EUR): 40% of exploring goes on, the rest gets control"),
                Arguments.of(
                        new Verdict.BudgetSpent(1_200.5, 1_200, false, 0.004, true, SINCE),
                        "control, and arms that are probably better",
                        "Exploring has lost 1,200.5 of the 1,200.0 conversions agreed to (59904.95 EUR of"
                                + " 59880.00 EUR): everybody gets control, or an arm that is probably better"),
                Arguments.of(
                        new Verdict.HeldBack(0.004, SINCE),
                        "0.40% of exploring goes on, the rest gets control",
                        "The arms have not yet proven that they are safe to serve within a loss of 5%: 0.40% of"
                                + " exploring goes on, the rest gets control"),
                Arguments.of(
                        new Verdict.SteppedBack(0.2, 0.05, "video", HARM, SINCE),
                        "all arms but control share at most 5%",
                        "The ramp went back from 20% to 5% for all arms but control, because 'video' looks worse: 3"
                                + " of them converted, where 41 of 1,190 did with control (evidence 310, needed 80)"),
                Arguments.of(
                        new Verdict.FeedBroken(false, 3, 40.2, 12, false, SINCE),
                        "learning is frozen, and shares stay",
                        "3 conversions came in where at least 40 were expected, so the rest may be lost on the way:"
                                + " learning is frozen, and shares stay"),
                Arguments.of(
                        new Verdict.FeedBroken(true, 4_000, 60, 12, true, SINCE),
                        "learning is frozen, and everybody gets control",
                        "4,000 conversions came in where at most 60 were expected, so some may be sent twice: learning"
                                + " is frozen, and everybody gets control"),
                Arguments.of(
                        new Verdict.RatioBroken("video", 900, 1_200.4, 5, false, false, SINCE),
                        "none; this is a warning",
                        "'video' was counted for 900 visitors where its shares make 1,200, so some are lost or counted"
                                + " twice: nothing follows yet"),
                Arguments.of(
                        new Verdict.RatioBroken("video", 900, 1_200.4, 9, true, false, SINCE),
                        "learning is frozen, and shares stay",
                        "'video' was counted for 900 visitors where its shares make 1,200, so some are lost or counted"
                                + " twice: learning is frozen, and shares stay"),
                Arguments.of(
                        new Verdict.LeadFragile("video", 0.93, 0.41, 3, SINCE),
                        "the arm gets no more traffic than it has",
                        "'video' leads because of 3 origins: without them it is the best with a probability of 41%"
                                + " instead of 93%; it gets no more traffic than it has"),
                Arguments.of(
                        new Verdict.OriginQuarantined(7, "video", 40, 61, 0.03, -30, SINCE),
                        "its conversions no longer count",
                        "One origin reported 40 of the 61 conversions of 'video', but 3% of those of all arms: what it"
                                + " reported was taken back (quarantine 7)"));
    }

    @ParameterizedTest
    @MethodSource("verdicts")
    void verdict_storedAndRead_isTheSame(Verdict verdict, String action, String note) {
        JsonObject stored = new JsonObject(VerdictJson.store(verdict).encode());

        assertThat(VerdictJson.read(stored)).isEqualTo(verdict);
        assertThat(stored.fieldNames()).doesNotContain("action", "note", "e");
    }

    @ParameterizedTest
    @MethodSource("verdicts")
    void verdict_shown_saysWhatWasFoundAndWhatFollows(Verdict verdict, String action, String note) {
        JsonObject shown = VerdictJson.show(conversions(), verdict);

        assertThat(shown.getString("action")).isEqualTo(action);
        assertThat(shown.getString("note")).isEqualTo(note);
        assertThat(shown.getString("kind")).isEqualTo(VerdictJson.kind(verdict));
        assertThat(shown.getString("since")).isEqualTo("2026-11-21T10:00:00Z");
    }

    @Test
    void verdicts_ofTheseTests_areOfEveryKind() {
        assertThat(verdicts().map(each -> each.get()[0].getClass()).distinct())
                .hasSize(Verdict.class.getPermittedSubclasses().length);
    }

    @Test
    void evidence_shown_isAlsoInNumbers() {
        JsonObject evidence = VerdictJson.show(conversions(), new Verdict.ArmHarmful("video", HARM, SINCE))
                .getJsonObject("evidence");

        assertThat(evidence.getDouble("e")).isCloseTo(310, Offset.offset(1e-9));
        assertThat(evidence.getDouble("threshold")).isCloseTo(80, Offset.offset(1e-9));
        assertThat(evidence.getDouble("logE")).isEqualTo(HARM.logE());
        assertThat(evidence.getString("horizon")).isEqualTo("short");
        assertThat(evidence.getJsonObject("arm"))
                .isEqualTo(new JsonObject().put("exposures", 1_234L).put("conversions", 3L));
    }

    @Test
    void evidence_beyondEveryNumberOrNoneAtAll_isANumberAllTheSame() {
        Evidence sure = new Evidence("purchase", Horizon.SHORT, 5_000, 4, Sample.NONE, Sample.NONE);
        Evidence none = new Evidence("purchase", Horizon.SHORT, Double.NEGATIVE_INFINITY, 4, Sample.NONE, Sample.NONE);
        Verdict verdict = new Verdict.ArmHarmful("video", none, SINCE);

        assertThat(EvidenceJson.show(sure, conversions().objective()).getDouble("e"))
                .isEqualTo(1e300);
        assertThat(EvidenceJson.show(none, conversions().objective()).getDouble("e"))
                .isZero();
        assertThat(VerdictJson.read(new JsonObject(VerdictJson.store(verdict).encode())))
                .isEqualTo(verdict);
    }

    @Test
    void revenue_shown_isInTheCurrency() {
        Definition revenue = definition("{'kind':'revenue','currency':'EUR'}", "{}");

        Evidence worth = new Evidence(
                "purchase.value", HARM.horizon(), HARM.logE(), HARM.logMost(), HARM.ofArm(), HARM.ofControl());
        JsonObject harmful = VerdictJson.show(revenue, new Verdict.ArmHarmful("video", worth, SINCE));
        assertThat(harmful.getString("note"))
                .isEqualTo("'video' was paused after 1,234 visitors: they spent 120.00 EUR, where 1,190 with control"
                        + " spent 1640.50 EUR (evidence 310, needed 80)");
        assertThat(harmful.getJsonObject("evidence").getJsonObject("arm").getString("value"))
                .isEqualTo("120.00");
        JsonObject spent =
                VerdictJson.show(revenue, new Verdict.BudgetSpent(48_000.4, 50_000, false, 0.4, false, SINCE));
        assertThat(spent.getString("spent")).isEqualTo("480.00");
        assertThat(spent.getString("allowed")).isEqualTo("500.00");
        assertThat(spent.getString("note"))
                .isEqualTo("Exploring has lost 480.00 EUR of the 500.00 EUR agreed to: 40% of exploring goes on, the"
                        + " rest gets control");
        // How many buy is a test beside that of what they spend: it is counted, and so is a guarded metric.
        assertThat(VerdictJson.show(revenue, new Verdict.ArmHarmful("video", HARM, SINCE))
                        .getString("note"))
                .contains("3 of them converted, where 41 of 1,190 did with control");
        assertThat(VerdictJson.show(revenue, new Verdict.ArmHarmful("video", REFUNDS, SINCE))
                        .getString("note"))
                .contains("30 of them had a 'refund'");
    }

    @Test
    void guard_storedAndRead_isTheSame() {
        Guard guard = guard(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

        assertThat(GuardJson.read(new JsonObject(GuardJson.store(guard).encode())))
                .isEqualTo(guard);
        assertThat(GuardJson.read(null)).isEqualTo(Guard.NONE);
        assertThat(GuardJson.read(new JsonObject(GuardJson.store(Guard.NONE).encode())))
                .isEqualTo(Guard.NONE);
    }

    @Test
    void guard_shown_isInTheUnitOfTheReward() {
        JsonObject counted = GuardJson.show(conversions(), guard(12.5, -0.3));
        JsonObject earned =
                GuardJson.show(definition("{'kind':'revenue','currency':'EUR'}", "{}"), guard(1_250.4, -0.3));

        assertThat(counted.getJsonObject("spending").getDouble("ceiling")).isEqualTo(12.5);
        assertThat(earned.getJsonObject("spending").getString("ceiling")).isEqualTo("12.50");
        assertThat(earned.getJsonObject("spending").getDouble("rate")).isEqualTo(0.8);
        assertThat(counted.getJsonArray("verdicts").getJsonObject(0).getString("note"))
                .startsWith("'video' was paused");
        assertThat(counted.getJsonArray("arms")
                        .getJsonObject(0)
                        .getJsonArray("harm")
                        .getJsonObject(0)
                        .getDouble("threshold"))
                .isCloseTo(80, Offset.offset(1e-9));
        assertThat(counted.getJsonObject("feed").getDouble("silence")).isEqualTo(-0.3);
    }

    @Test
    void units_inSentences_areThoseOfTheOwner() {
        JsonObject json = json("{}", "{}").put("unit", "company");

        assertThat(new VerdictWords(DefinitionJson.read(json)).note(new Verdict.ArmHarmful("video", HARM, SINCE)))
                .startsWith("'video' was paused after 1,234 companies:");
    }

    /// Guardrails that all have something to say.
    static Guard guard(double ceiling, double silence) {
        return new Guard(
                OptionalDouble.of(0.05),
                List.of(new Verdict.ArmHarmful("video", HARM, SINCE), new Verdict.HeldBack(0.5, SINCE)),
                List.of(new Guard.ArmEvidence("video", List.of(HARM, REFUNDS), List.of(EARLY))),
                Optional.of(new Guard.Spending(
                        1.5,
                        2.5,
                        120,
                        0.5,
                        OptionalDouble.of(10),
                        0.1,
                        Double.isFinite(ceiling) ? OptionalDouble.of(ceiling) : OptionalDouble.empty(),
                        0.8)),
                Optional.of(new Guard.RampStage(1, 0.2)),
                Optional.of(new Guard.Feed(3.2, silence, 0.4)),
                OptionalDouble.of(1.2),
                Optional.of(new Guard.TopOrigins(2, Map.of("video", 0.25))),
                true);
    }

    /// Conversions worth 49.90 EUR each, with a metric that is guarded.
    static Definition conversions() {
        return definition(
                "{'currency':'EUR'}",
                "{'strict':0.05,'budget':{'amount':'59880.00','worth':'49.90'},"
                        + "'metrics':[{'metric':'refund','direction':'lower'}]}");
    }

    private static Definition definition(String objective, String guardrails) {
        return DefinitionJson.read(json(objective, guardrails));
    }

    private static JsonObject json(String objective, String guardrails) {
        return new JsonObject("""
            {"key":"k","arms":[{"key":"classic","control":true},{"key":"video"}]}
            """)
                .put("objective", new JsonObject(objective.replace('\'', '"')).put("metric", "purchase"))
                .put("guardrails", new JsonObject(guardrails.replace('\'', '"')));
    }
}
