package dev.bandolier.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

    @TempDir
    Path directory;

    @Test
    void data_overThreeRestarts_stays() throws SQLException {
        for (int start = 0; start <= 3; start++) {
            try (EmbeddedDatabase database = open()) {
                execute(database, "create table if not exists kept (start int primary key)");
                execute(database, "insert into kept values (" + start + ")");
                assertThat(ask(database, "select count(*) from kept")).isEqualTo(Integer.toString(start + 1));
            }
        }
    }

    @Test
    void start_always_runsDurableAndPrivate() throws SQLException {
        try (EmbeddedDatabase database = open()) {
            assertThat(List.of(
                            ask(database, "show fsync"),
                            ask(database, "show synchronous_commit"),
                            ask(database, "show full_page_writes"),
                            ask(database, "show listen_addresses"),
                            ask(database, "show unix_socket_directories"),
                            ask(database, "show max_connections"),
                            ask(database, "show shared_buffers"),
                            ask(database, "show data_checksums")))
                    .containsExactly("on", "on", "on", "127.0.0.1", "", "100", "128MB", "on");
            assertThat(ask(database, "show server_version_num")).startsWith(Integer.toString(Binaries.MAJOR_VERSION));
        }
    }

    @Test
    void start_withWeakerSettingsInTheConfigurationFile_overrulesThem() throws IOException, SQLException {
        open().close();
        Files.writeString(
                directory.resolve("postgres/postgresql.auto.conf"),
                "fsync = off\nsynchronous_commit = off\nlisten_addresses = '*'\n");

        try (EmbeddedDatabase database = open()) {
            assertThat(ask(database, "show fsync")).isEqualTo("on");
            assertThat(ask(database, "show synchronous_commit")).isEqualTo("on");
            assertThat(ask(database, "show listen_addresses")).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void connection_withoutPassword_isRefused() {
        try (EmbeddedDatabase database = open()) {
            assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), "postgres", "guess")
                            .close())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void uri_parsedAgain_isTheAddress() {
        try (EmbeddedDatabase database = open()) {
            assertThat(DatabaseUrl.parse(database.uri())).isEqualTo(database.address());
            assertThat(database.address().toString())
                    .doesNotContain(database.address().password());
        }
    }

    @Test
    void orphan_ofAKilledProcess_isStoppedAndItsCommitsAreThere() throws Exception {
        long orphan;
        try (DatabaseProcess killed = DatabaseProcess.start(directory, TestDatabase.CACHE)) {
            orphan = killed.postgresPid();
            killed.kill();
        }
        assertThat(ProcessHandle.of(orphan)).as("the orphan").isPresent();

        try (EmbeddedDatabase database = open()) {
            assertThat(database.pid().orElseThrow()).isNotEqualTo(orphan);
            assertThat(ends(orphan)).as("the orphan ends").isTrue();
            assertThat(ask(database, "select count(*) from kept")).isEqualTo("1");
        }
    }

    @Test
    void bothProcesses_killed_commitsAreThere() throws Exception {
        try (DatabaseProcess killed = DatabaseProcess.start(directory, TestDatabase.CACHE)) {
            ProcessHandle postgres = ProcessHandle.of(killed.postgresPid()).orElseThrow();
            killed.kill();
            postgres.destroyForcibly();
            postgres.onExit().get(10, TimeUnit.SECONDS);
        }
        assertThat(directory.resolve("postgres/postmaster.pid")).exists();

        try (EmbeddedDatabase database = open()) {
            assertThat(ask(database, "select count(*) from kept")).isEqualTo("1");
        }
    }

    @Test
    void secondProcess_onTheSameData_isRefusedWithTheIdOfTheFirst() throws Exception {
        try (DatabaseProcess first = DatabaseProcess.start(directory, TestDatabase.CACHE)) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(UnusableDatabase.class)
                    .hasMessageContaining("process " + first.pid())
                    .hasMessageContaining(directory.toRealPath().toString());
            assertThat(alive(first.postgresPid())).as("the first is left alone").isTrue();
        }
    }

    @Test
    void secondStart_inTheSameProcess_isRefusedAndKeepsOthersOut() throws Exception {
        long self = ProcessHandle.current().pid();
        try (EmbeddedDatabase database = open()) {
            assertThatThrownBy(this::open).hasMessageContaining("process " + self);
            try (DatabaseProcess other = DatabaseProcess.start(directory, TestDatabase.CACHE)) {
                assertThat(other.refusal())
                        .hasValueSatisfying(reason -> assertThat(reason).contains("process " + self));
            }
            assertThat(ask(database, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void processIdFile_ofAnUnrelatedLiveProcess_isNoObstacle() throws IOException, SQLException {
        open().close();
        String unrelated = ProcessHandle.current().pid() + "\n" + directory + "/postgres\n0\n1\n\n\n\nready\n";
        Files.writeString(directory.resolve("postgres/postmaster.pid"), unrelated);

        try (EmbeddedDatabase database = open()) {
            assertThat(ask(database, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void clusterHalfMade_byAnEarlierStart_isMadeAnew() throws IOException, SQLException {
        Files.createDirectories(directory.resolve("postgres.unfinished/base"));
        Files.writeString(directory.resolve("postgres.unfinished/PG_VERSION"), "18\n");

        try (EmbeddedDatabase database = open()) {
            assertThat(ask(database, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void cluster_ofAnotherVersion_isRefusedWithTheWayOut() throws IOException {
        Files.createDirectories(directory.resolve("postgres"));
        Files.writeString(directory.resolve("postgres/PG_VERSION"), "15\n");

        assertThatThrownBy(this::open)
                .isInstanceOf(UnusableDatabase.class)
                .hasMessageContainingAll("Postgres 15", "Postgres 18", "pg_dump", "pg_restore");
    }

    @Test
    void cluster_damaged_isRefusedWithTheWordsOfPostgres() throws IOException {
        open().close();
        Files.delete(directory.resolve("postgres/global/pg_control"));

        assertThatThrownBy(this::open)
                .isInstanceOf(UnusableDatabase.class)
                .hasMessageContainingAll("did not start", "could not", "pg_control", "postgres.log");
    }

    @Test
    void dataDirectory_thatIsAFile_isRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> EmbeddedDatabase.start(file, TestDatabase.CACHE))
                .isInstanceOf(UnusableDatabase.class)
                .hasMessageContaining("is a file");
    }

    @Test
    void close_twice_stopsOnceAndFreesTheData() throws InterruptedException {
        EmbeddedDatabase database = open();
        long pid = database.pid().orElseThrow();

        database.close();
        database.close();

        assertThat(ends(pid)).isTrue();
        open().close();
    }

    private EmbeddedDatabase open() {
        return EmbeddedDatabase.start(directory, TestDatabase.CACHE);
    }

    /// Whether it runs; one that has ended but was not reaped by its parent does not.
    private static boolean alive(long pid) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(handle -> handle.info().command())
                .isPresent();
    }

    /// Whether it ends soon: Postgres gives up its data a moment before its process is gone.
    private static boolean ends(long pid) throws InterruptedException {
        for (int i = 0; i < 100 && alive(pid); i++) {
            Thread.sleep(50);
        }
        return !alive(pid);
    }

    private static void execute(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static Connection connect(EmbeddedDatabase database) throws SQLException {
        DatabaseUrl url = database.address();
        return DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
    }
}
