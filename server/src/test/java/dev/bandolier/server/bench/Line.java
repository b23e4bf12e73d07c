package dev.bandolier.server.bench;

/// One line of the table: what was measured in each round.
final class Line {

    final String name;
    final Series conversions = new Series();
    final Series p50 = new Series();
    final Series p99 = new Series();
    final Series server = new Series();
    final Series postgres = new Series();
    final Series client = new Series();

    Line(String name) {
        this.name = name;
    }

    /// The line, in Markdown.
    String line() {

        return "| "
                + String.join(
                        " | ",
                        name,
                        conversions.text(0),
                        p50.text(1),
                        p99.text(1),
                        server.text(2),
                        postgres.text(2),
                        client.text(2))
                + " |";
    }
}
