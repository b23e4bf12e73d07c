package dev.bandolier.server.experiments;

import dev.bandolier.server.wire.Call;
import dev.bandolier.server.wire.Problem;
import java.util.Optional;

/// Who asks for a change, and on what grounds.
///
/// @param actor    who, as they say
/// @param expected revision that they have seen, from `If-Match`; absent: any will do
record Caller(String actor, Optional<Long> expected) {

    /// Who sends this.
    ///
    /// @throws Problem 400 if a header is malformed
    static Caller of(Call call) {
        Optional<String> tag = call.header("if-match").filter(each -> !each.equals("*"));
        try {
            return new Caller(
                    call.actor(),
                    tag.map(each -> Long.valueOf(each.replace("\"", "").strip())));
        } catch (NumberFormatException e) {
            throw Problem.malformed("If-Match: '" + tag.get() + "' is not an ETag of an experiment, as in \"3\"");
        }
    }
}
