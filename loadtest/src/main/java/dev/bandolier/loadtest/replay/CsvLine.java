package dev.bandolier.loadtest.replay;

import java.util.ArrayList;
import java.util.List;

/// The fields of one CSV line (RFC 4180, section 2), in which a quoted field may hold commas and doubled quotes but
/// no line end.
final class CsvLine {

    private CsvLine() {}

    /// The fields, unquoted.
    static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char next = line.charAt(i);
            if (quoted && next == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (next == '"') {
                quoted = !quoted;
            } else if (next == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(next);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
