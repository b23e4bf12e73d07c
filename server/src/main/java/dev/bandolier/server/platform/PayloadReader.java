package dev.bandolier.server.platform;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.bandolier.server.platform.Payload.Flag;
import dev.bandolier.server.platform.Payload.Items;
import dev.bandolier.server.platform.Payload.Members;
import dev.bandolier.server.platform.Payload.Null;
import dev.bandolier.server.platform.Payload.Numeral;
import dev.bandolier.server.platform.Payload.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// From bytes to a tree of JSON.
///
/// Whoever measured the depth of the body before has not seen what is packed inside it, as in `data_base64`; so depth is
/// bounded here once more. What a refusal says of a body is where it breaks off, never what stands there.
final class PayloadReader {

    /// The deepest nesting that is read: more than is let in at the door, and far less than a stack holds.
    static final int LEVELS_MAX = 64;

    /// Lengths are bounded by that of the body; names are not kept, so that nobody can fill a table of them.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(LEVELS_MAX)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private PayloadReader() {}

    /// The tree of a JSON text in UTF-8.
    ///
    /// @throws RefusedDelivery if it is none, or holds an object in which a name stands twice
    static Payload read(byte[] bytes) {
        try (JsonParser parser = FACTORY.createParser(text(bytes))) {
            if (parser.nextToken() == null) {
                throw malformed("the body is empty");
            }
            Payload value = value(parser);
            if (parser.nextToken() != null) {
                throw malformed("something follows the JSON value" + place(parser.currentTokenLocation()));
            }
            return value;
        } catch (JacksonException e) {
            throw malformed("the body is not JSON of at most " + LEVELS_MAX + " levels; it breaks off"
                    + place(e.getLocation()));
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot be read", e);
        }
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("the body is not UTF-8");
        }
    }

    /// The value that begins at the current token; recursion ends where the parser refuses to go deeper.
    private static Payload value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> members(parser);
            case START_ARRAY -> items(parser);
            case VALUE_STRING -> new Text(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Numeral(parser.getText());
            case VALUE_TRUE -> new Flag(true);
            case VALUE_FALSE -> new Flag(false);
            case VALUE_NULL -> new Null();
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("no value begins with " + parser.currentToken());
        };
    }

    private static Payload members(JsonParser parser) throws IOException {
        Map<String, Payload> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonLocation location = parser.currentTokenLocation();
            parser.nextToken();
            if (members.put(name, value(parser)) != null) {
                throw malformed("a name stands twice in an object" + place(location));
            }
        }
        return new Members(Collections.unmodifiableMap(members));
    }

    private static Payload items(JsonParser parser) throws IOException {
        List<Payload> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return new Items(Collections.unmodifiableList(items));
    }

    private static String place(JsonLocation location) {
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static RefusedDelivery malformed(String detail) {
        return new RefusedDelivery(Refusal.MALFORMED, detail);
    }
}
