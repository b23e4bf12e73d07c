package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/// How transcripts are read and compared.
final class TranscriptTest {

    @Test
    void in_blockWithContinuedCommand_keepsCommandAndLines() {
        Transcript read = Transcript.in("Text\n```console\n$ echo a \\\n  b\na b\n\n$ true\n```\n```sh\n$ no\n```\n");

        assertThat(read.steps())
                .containsExactly(
                        new Transcript.Step("echo a \\\n  b", List.of("a b", "")),
                        new Transcript.Step("true", List.of()));
    }

    @Test
    void in_documentWithoutCommand_isRefused() {
        assertThatThrownBy(() -> Transcript.in("```sh\n$ true\n```\n")).hasMessageContaining("no console block");
        assertThatThrownBy(() -> Transcript.in("```console\nprinted\n```\n"))
                .hasMessageContaining("starts with a command");
    }

    @Test
    void differences_withDots_leaveOutAnythingOfTheLine() {
        Transcript.Step step = new Transcript.Step("x", List.of("{\"a\":...,\"d\":\"d1....\"}"));

        assertThat(step.differences(List.of("{\"a\":{\"b\":[1]},\"d\":\"d1.XyZ\"}")))
                .isEmpty();
        assertThat(step.differences(List.of("{\"a\":1,\"d\":\"d2.XyZ\"}"))).hasSize(1);
        assertThat(step.differences(List.of("{\"a\":1,\"d\":\"d1.XyZ\"} and more")))
                .hasSize(1);
        assertThat(step.differences(List.of())).hasSize(1);
    }
}
