package dev.bandolier.server.platform;

import dev.bandolier.server.wire.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// The kinds of options that several platforms have. Each is refused by name if it is wrong.
final class Options {

    /// More places than this to look for one thing are a mistake.
    private static final int SPOTS_MAX = 10;

    /// Far longer than any way through a body that is let in.
    private static final int POINTER_CHARACTERS_MAX = 500;

    private static final String HEADER = "header:";
    private static final Pattern HEADER_NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,99}");

    private static final String POINTER_RULE =
            "must be a JSON pointer, as in /data/unit, or a header that is signed, as in header:webhook-id";

    /// No text stands for a constant.
    static final Function<String, Optional<String>> NO_CONSTANTS = text -> Optional.of(POINTER_RULE);

    private Options() {}

    /// One of these words, the first of them if none is given.
    static String oneOf(Fields in, String name, List<String> words) {
        String word = in.optionalText(name).orElse(words.getFirst());
        if (!words.contains(word)) {
            in.refuse(name, "must be one of " + String.join(", ", words));
            return words.getFirst();
        }
        return word;
    }

    /// Where to look for something: a place, or a list of them.
    ///
    /// @param signature says which headers may be believed
    static Selector places(Fields in, Signature signature, String name, Selector otherwise) {
        return places(in, signature, name, otherwise, NO_CONSTANTS);
    }

    /// Where to look for something, or what to take for it: a place, a text, or a list of places that may end with one.
    ///
    /// @param signature says which headers may be believed
    /// @param wrong     why a text that is no place can be no constant, if so
    static Selector places(
            Fields in, Signature signature, String name, Selector otherwise, Function<String, Optional<String>> wrong) {
        if (!in.has(name)) {
            return otherwise;
        }
        if (in.isText(name)) {
            return new Selector(
                    spot(in, signature, name, in.text(name), wrong).stream().toList());
        }
        List<String> texts = in.texts(name);
        if (texts.size() > SPOTS_MAX) {
            in.refuse(name, "must hold at most " + SPOTS_MAX + " places");
            return otherwise;
        }
        List<Spot> spots = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            spot(in, signature, name + "[" + i + "]", texts.get(i), wrong).ifPresent(spots::add);
        }
        return new Selector(spots);
    }

    /// The place that a text names, or the constant that it is; nothing, and a refusal, if it is neither.
    static Optional<Spot> spot(
            Fields in, Signature signature, String name, String text, Function<String, Optional<String>> wrong) {
        if (text.startsWith("/")) {
            return pointer(in, name, text).map(Spot.At::new);
        }
        if (text.startsWith(HEADER)) {
            return header(in, signature, name, text.substring(HEADER.length()).toLowerCase(Locale.ROOT));
        }
        Optional<String> reason = wrong.apply(text);
        reason.ifPresent(each -> in.refuse(name, each));
        return reason.isPresent() ? Optional.empty() : Optional.of(new Spot.Constant(text, in.path(name)));
    }

    /// The header of this name, if nobody but the sender can have written it.
    private static Optional<Spot> header(Fields in, Signature signature, String name, String header) {
        if (!HEADER_NAME.matcher(header).matches()) {
            in.refuse(name, "must name a header after 'header:', as in header:x-event-id");
            return Optional.empty();
        }
        if (!signature.covers(header)) {
            in.refuse(
                    name,
                    "names a header that the signature does not cover, so anybody could change it: name a place in the"
                            + " body, or a header in signature.signed where that is an option");
            return Optional.empty();
        }
        return Optional.of(new Spot.Header(header));
    }

    /// The pointer in a text that is not empty; nothing, and a refusal, if it is none.
    static Optional<Pointer> pointer(Fields in, String name, String text) {
        if (!text.startsWith("/") || !Pointer.valid(text) || text.length() > POINTER_CHARACTERS_MAX) {
            in.refuse(
                    name,
                    "must be a JSON pointer of at most " + POINTER_CHARACTERS_MAX
                            + " characters, as in /data/unit; '~' is written ~0, and '/' within a name ~1");
            return Optional.empty();
        }
        return Optional.of(Pointer.of(text));
    }
}
