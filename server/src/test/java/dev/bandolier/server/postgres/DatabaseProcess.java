package dev.bandolier.server.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A Java process of its own that starts the embedded database on a directory, commits one row, and then holds still
/// until it is killed or its standard input ends.
final class DatabaseProcess implements AutoCloseable {

    private static final String STARTED = "started ";
    private static final String REFUSED = "refused ";

    private final Process process;
    private final String answer;

    private DatabaseProcess(Process process, String answer) {
        this.process = process;
        this.answer = answer;
    }

    /// Starts one and waits until it has said what became of it.
    static DatabaseProcess start(Path data, Path cache) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        DatabaseProcess.class.getName(),
                        data.toString(),
                        cache.toString())
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        data.resolve("child.log").toFile()))
                .start();
        BufferedReader lines = process.inputReader();
        String line = lines.readLine();
        while (line != null && !line.startsWith(STARTED) && !line.startsWith(REFUSED)) {
            line = lines.readLine();
        }
        return new DatabaseProcess(process, Optional.ofNullable(line).orElse("died"));
    }

    /// The id of the Java process.
    long pid() {
        return process.pid();
    }

    /// The id of its Postgres.
    long postgresPid() {
        if (!answer.startsWith(STARTED)) {
            throw new IllegalStateException(answer);
        }
        return Long.parseLong(answer.substring(STARTED.length()));
    }

    /// Why it could not start, if it could not.
    Optional<String> refusal() {
        return answer.startsWith(REFUSED) ? Optional.of(answer.substring(REFUSED.length())) : Optional.empty();
    }

    /// Ends the Java process as `kill -9` does, and nothing else.
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /// Lets it close its database and end.
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().completeOnTimeout(process, 60, TimeUnit.SECONDS).join();
        kill();
    }

    /// The process itself: data directory and cache of binaries.
    public static void main(String... arguments) throws IOException {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(Path.of(arguments[0]), Path.of(arguments[1]))) {
            commitRow(database.address());
            IO.println(STARTED + database.pid().orElseThrow());
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        } catch (UnusableDatabase reason) {
            IO.println(REFUSED + reason.getMessage());
        } catch (SQLException failure) {
            IO.println("died " + failure);
        }
    }

    private static void commitRow(DatabaseUrl url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
                Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists kept (at timestamptz not null)");
            statement.execute("insert into kept values (now())");
        }
    }
}
