package dev.bandolier.loadtest.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

final class EvidenceTest {

    @Test
    void evidence_isTheStrongestOfFinalOutcomesOfTheArm() {
        JsonObject guard = new JsonObject("""
            {"verdicts": [{"kind": "arm-suspected", "arm": "one-page", "note": "looks bad"}],
             "arms": [
              {"arm": "express", "harm": [{"horizon": "window", "e": 70.0, "threshold": 80.0}]},
              {"arm": "one-page", "harm": [
                {"horizon": "arrived", "e": 9000.0, "threshold": 1600.0},
                {"horizon": "short", "e": 12.5, "threshold": 80.0},
                {"horizon": "window", "e": 1.0, "threshold": 80.0}]}]}\
            """);

        Evidence evidence = Evidence.of(guard, "one-page");

        assertThat(evidence.paused()).isEmpty();
        assertThat(evidence.text()).isEqualTo("evidence 12.5 of 80");
    }

    @Test
    void evidence_ofAPausedArm_saysWhy() {
        JsonObject guard = new JsonObject("""
            {"verdicts": [{"kind": "arm-harmful", "arm": "one-page", "note": "it lost money"}]}\
            """);

        assertThat(Evidence.of(guard, "one-page").paused()).contains("it lost money");
        assertThat(Evidence.of(guard, "express").paused()).isEmpty();
    }
}
