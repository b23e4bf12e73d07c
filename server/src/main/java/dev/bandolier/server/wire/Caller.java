package dev.bandolier.server.wire;

import java.util.Optional;

/// Who asks for a change, and on what grounds.
///
/// @param actor    who, as they say
/// @param expected revision that they have seen, from `If-Match`; absent: any will do
public record Caller(String actor, Optional<Long> expected) {

    /// Who sends this.
    ///
    /// @throws Problem 400 if a header is malformed
    public static Caller of(Call call) {
        Optional<String> tag = call.header("if-match").filter(each -> !each.equals("*"));
        try {
            return new Caller(
                    call.actor(),
                    tag.map(each -> Long.valueOf(each.replace("\"", "").strip())));
        } catch (NumberFormatException e) {
            throw Problem.malformed("If-Match: '" + tag.get() + "' is not an ETag of this server, as in \"3\"");
        }
    }

    /// Who sends this, with the revision that they have seen, which they must say.
    ///
    /// @throws Problem 428 if they do not, 400 if a header is malformed
    public static Caller withRevision(Call call) {
        Caller caller = of(call);
        if (caller.expected().isEmpty()) {
            throw Problem.of(
                    428,
                    "Precondition required",
                    "send If-Match with the ETag of what you change, so that nobody's change is overwritten unseen");
        }
        return caller;
    }

    /// Refuses who has seen another revision than the one there is.
    ///
    /// @param key what is to be changed
    /// @throws Problem 412
    public void mustHaveSeen(String key, long revision) {
        Optional<Long> stale = expected.filter(each -> each != revision);
        if (stale.isPresent()) {
            throw Problem.stale("'" + key + "' is at revision " + revision + ", not " + stale.get()
                    + "; read it again and repeat the change");
        }
    }

    /// The refusal of who was slower than somebody else.
    ///
    /// @param key what was to be changed
    public static Problem tooSlow(String key) {
        return Problem.stale("'" + key + "' was changed at the same moment; read it again and repeat the change");
    }
}
