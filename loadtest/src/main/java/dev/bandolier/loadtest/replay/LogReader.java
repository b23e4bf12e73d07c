package dev.bandolier.loadtest.replay;

import dev.bandolier.loadtest.api.CommandFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// A log of decisions and clicks, read line by line: CSV with a header that names the columns `item_id` and `click`,
/// plain or gzipped (told by the ending `.gz`). Where the header names `position` and `propensity_score`, they are read
/// too.
final class LogReader implements AutoCloseable {

    private static final String ITEM = "item_id";
    private static final String CLICK = "click";
    private static final String POSITION = "position";
    private static final String PROPENSITY = "propensity_score";

    private final Path file;
    private final BufferedReader lines;
    private final int itemColumn;
    private final int clickColumn;
    private final int positionColumn;
    private final int propensityColumn;
    private long line;

    private LogReader(Path file, BufferedReader lines) {
        this.file = file;
        this.lines = lines;
        List<String> header = CsvLine.fields(read().orElseThrow(() -> new CommandFailure(file + " is empty")));
        this.itemColumn = column(header, ITEM);
        this.clickColumn = column(header, CLICK);
        this.positionColumn = header.indexOf(POSITION);
        this.propensityColumn = header.indexOf(PROPENSITY);
    }

    /// Opens a log and reads its header.
    ///
    /// @throws CommandFailure if there is no such file, or it is no such log
    static LogReader open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CommandFailure(
                    "no file " + file + "; name a CSV file, plain or .gz, with the columns item_id and click");
        }
        try {
            InputStream bytes = Files.newInputStream(file);
            boolean zipped = file.toString().endsWith(".gz");
            InputStream text = zipped ? new GZIPInputStream(bytes) : bytes;
            return new LogReader(file, new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8)));
        } catch (ZipException e) {
            throw new CommandFailure(file + " ends in .gz, but is not gzipped", e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /// The next line, or nothing at the end. Empty lines are passed over.
    Optional<Logged> next() {
        Optional<String> text = read();
        while (text.isPresent() && text.get().isBlank()) {
            text = read();
        }
        return text.map(CsvLine::fields).map(this::parse);
    }

    private Logged parse(List<String> fields) {
        if (fields.size() <= Math.max(itemColumn, clickColumn)) {
            String missing = fields.size() <= itemColumn ? ITEM : CLICK;
            return new Logged.Malformed(line, missing, "missing, the line has only " + fields.size() + " columns");
        }
        String item = fields.get(itemColumn);
        if (!item.matches("\\d{1,9}")) {
            return new Logged.Malformed(line, ITEM, "'" + item + "' is no item number");
        }
        String click = fields.get(clickColumn);
        if (!click.matches("[01]")) {
            return new Logged.Malformed(line, CLICK, "'" + click + "' is neither 0 nor 1");
        }
        String position = positionColumn < 0 || fields.size() <= positionColumn ? "0" : fields.get(positionColumn);
        if (!position.matches("\\d{1,9}")) {
            return new Logged.Malformed(line, POSITION, "'" + position + "' is no position");
        }
        double propensity = propensity(fields);
        if (propensity <= 0 || propensity > 1) {
            return new Logged.Malformed(line, PROPENSITY, propensity + " is no probability that was drawn with");
        }
        return new Logged.Row(
                line - 1, Integer.parseInt(item), click.equals("1"), Integer.parseInt(position), propensity);
    }

    /// The propensity of a line; not a number if there is none, 0 if what is there is none.
    private double propensity(List<String> fields) {
        if (propensityColumn < 0 || fields.size() <= propensityColumn) {
            return Double.NaN;
        }
        String text = fields.get(propensityColumn);
        return text.matches("\\d*\\.?\\d+([eE][-+]?\\d+)?") ? Double.parseDouble(text) : 0;
    }

    private Optional<String> read() {
        try {
            line++;
            return Optional.ofNullable(lines.readLine());
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private int column(List<String> header, String name) {
        int column = header.indexOf(name);
        if (column == -1) {
            throw new CommandFailure(
                    file + " has no column " + name + "; its header is " + shorten(String.join(",", header)));
        }
        return column;
    }

    private static String shorten(String header) {
        return header.length() <= 100 ? header : header.substring(0, 100) + "...";
    }

    private static CommandFailure unreadable(Path file, IOException cause) {
        return new CommandFailure("cannot read " + file + ": " + cause.getMessage(), cause);
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }
}
