package dev.bandolier.server.platform;

/// Words of a sender as they may be logged, stored and shown: short, and without what is no printable character.
final class Label {

    /// The longest name of a kind of event.
    static final int EVENT_CHARACTERS_MAX = 100;

    /// The longest name of one event.
    static final int ID_CHARACTERS_MAX = 200;

    private Label() {}

    /// The text, cut off after so many characters; `?` for each one that is not printable.
    static String of(String text, int charactersMax) {
        StringBuilder label = new StringBuilder();
        text.codePoints().limit(charactersMax).map(Label::shown).forEach(label::appendCodePoint);
        return label.length() <= charactersMax ? label.toString() : cut(label, charactersMax);
    }

    /// Characters are counted as everywhere else: one beyond the first 65,536 counts twice, and is not cut in two.
    private static String cut(StringBuilder label, int charactersMax) {
        boolean inTwo = Character.isHighSurrogate(label.charAt(charactersMax - 1));
        return label.substring(0, inTwo ? charactersMax - 1 : charactersMax);
    }

    private static int shown(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> '?';
            default -> codePoint;
        };
    }
}
