package dev.bandolier.server.platform;

import dev.bandolier.server.platform.Payload.Items;
import dev.bandolier.server.platform.Payload.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A JSON pointer (RFC 6901): the way from the root of a JSON text to a value in it.
///
/// @param tokens names of members and numbers of items, not escaped
record Pointer(List<String> tokens) {

    /// The root.
    static final Pointer ROOT = new Pointer(List.of());

    /// Section 4: no zeros in front. Nine digits are more items than a body holds, and an `int` holds them.
    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

    private static final Pattern LONE_TILDE = Pattern.compile("~(?![01])");

    Pointer {
        tokens = List.copyOf(tokens);
    }

    /// Whether the text is a pointer: empty, or tokens that begin with `/`, in which `~` stands for nothing but `~` and `/`.
    static boolean valid(String text) {
        return text.isEmpty()
                || (text.startsWith("/") && !LONE_TILDE.matcher(text).find());
    }

    /// The pointer in a text.
    ///
    /// @throws IllegalArgumentException if it is none
    static Pointer of(String text) {
        if (!valid(text)) {
            throw new IllegalArgumentException("'" + text + "' is not a JSON pointer");
        }
        List<String> tokens = new ArrayList<>();
        for (int slash = text.isEmpty() ? -1 : 0; slash >= 0; ) {
            int next = text.indexOf('/', slash + 1);
            String token = next < 0 ? text.substring(slash + 1) : text.substring(slash + 1, next);
            // In this order: "~01" stands for "~1".
            tokens.add(token.replace("~1", "/").replace("~0", "~"));
            slash = next;
        }
        return new Pointer(tokens);
    }

    /// This way and one step further.
    Pointer plus(String token) {
        List<String> longer = new ArrayList<>(tokens);
        longer.add(token);
        return new Pointer(longer);
    }

    /// This way, and from there on that one.
    Pointer plus(Pointer rest) {
        List<String> longer = new ArrayList<>(tokens);
        longer.addAll(rest.tokens);
        return new Pointer(longer);
    }

    /// The value that it leads to, if there is one.
    Optional<Payload> in(Payload root) {
        Payload here = root;
        for (String token : tokens) {
            Optional<Payload> next = switch (here) {
                case Members(var members) -> Optional.ofNullable(members.get(token));
                case Items(var items) -> item(items, token);
                case Payload.Text text -> Optional.empty();
                case Payload.Numeral numeral -> Optional.empty();
                case Payload.Flag flag -> Optional.empty();
                case Payload.Null nothing -> Optional.empty();
            };
            if (next.isEmpty()) {
                return next;
            }
            here = next.get();
        }
        return Optional.of(here);
    }

    private static Optional<Payload> item(List<Payload> items, String token) {
        if (!INDEX.matcher(token).matches()) {
            return Optional.empty();
        }
        int index = Integer.parseInt(token);
        return index < items.size() ? Optional.of(items.get(index)) : Optional.empty();
    }

    /// The pointer as it is written.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (String token : tokens) {
            text.append('/').append(token.replace("~", "~0").replace("/", "~1"));
        }
        return text.toString();
    }
}
