package dev.bandolier.server.receive;

import dev.bandolier.server.platform.PlatformKind;
import dev.bandolier.server.platform.SecretText;
import java.util.random.RandomGenerator;

/// A secret in the clear, which shows itself only to who asks for its text.
///
/// @param text      as its platform writes it
/// @param generated whether it was made here, so that its owner has yet to learn it
record Clear(String text, boolean generated) {

    /// A secret that its owner gave.
    static Clear given(String text) {
        return new Clear(text, false);
    }

    /// A fresh one in the form of the platform.
    static Clear generated(PlatformKind kind, RandomGenerator random) {
        return new Clear(SecretText.generate(kind, random), true);
    }

    @Override
    public String toString() {
        return "Clear[generated=" + generated + "]";
    }
}
