package dev.bandolier.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandolier.server.postgres.Migrations.Applied;
import dev.bandolier.server.postgres.Migrations.Options;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {

    private static OnePostgres postgres;

    @TempDir
    Path steps;

    @BeforeAll
    static void startPostgres() throws IOException {
        postgres = OnePostgres.start();
    }

    @AfterAll
    static void stopPostgres() {
        postgres.close();
    }

    @Test
    void run_onAnEmptyDatabase_takesEveryStepOnce() throws Exception {
        DatabaseUrl url = postgres.fresh("empty");
        write("V1__one.sql", "create table one (id int)");
        write("V2__two_more.sql", "create table two (id int)");

        assertThat(Migrations.run(url, here())).extracting(Applied::version).containsExactly("1", "2");
        assertThat(Migrations.run(url, here())).isEmpty();

        write("V3__three.sql", "create table three (id int)");
        assertThat(Migrations.run(url, here()))
                .singleElement()
                .satisfies(step -> assertThat(step.description()).isEqualTo("three"));
        OnePostgres.execute(url, "insert into three select id from two");
    }

    @Test
    void run_byFourAtOnce_takesEveryStepOnce() throws Exception {
        DatabaseUrl url = postgres.fresh("crowded");
        write("V1__slow.sql", "create table one (id int); select pg_sleep(0.3); insert into one values (1)");

        try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<List<Applied>>> runs = IntStream.range(0, 4)
                    .mapToObj(node -> CompletableFuture.supplyAsync(() -> Migrations.run(url, here()), nodes))
                    .toList();
            assertThat(runs.stream().flatMap(run -> run.join().stream())).hasSize(1);
        }
    }

    @Test
    void run_onADatabaseOfANewerProgram_isRefusedWithBothVersions() throws Exception {
        DatabaseUrl url = postgres.fresh("newer");
        write("V1__one.sql", "create table one (id int)");
        Path newest = write("V7__seven.sql", "create table seven (id int)");
        Migrations.run(url, here());
        Files.delete(newest);

        assertThatThrownBy(() -> Migrations.run(url, here()))
                .isInstanceOf(UnusableDatabase.class)
                .hasMessageContainingAll("is at version 7", "knows versions up to 1", "Start the newer program")
                .hasMessageNotContaining(url.password());
    }

    @Test
    void run_withAStepThatWasChangedSince_isRefused() throws Exception {
        DatabaseUrl url = postgres.fresh("changed");
        Path step = write("V1__one.sql", "create table one (id int)");
        Migrations.run(url, here());
        Files.writeString(step, "create table one (id bigint)");

        assertThatThrownBy(() -> Migrations.run(url, here()))
                .isInstanceOf(UnusableDatabase.class)
                .hasMessageContaining("checksum mismatch for migration version 1");
    }

    @Test
    void run_withAStepThatFails_saysWhichAndLeavesNothingOfIt() throws Exception {
        DatabaseUrl url = postgres.fresh("failing");
        Path step = write("V1__broken.sql", "create table one (id int); create tabel two (id int)");

        assertThatThrownBy(() -> Migrations.run(url, here()))
                .isInstanceOf(UnusableDatabase.class)
                .hasMessageContainingAll("V1__broken.sql", "tabel");

        Files.writeString(step, "create table one (id int)");
        assertThat(Migrations.run(url, here())).hasSize(1);
    }

    @Test
    void run_withoutTheLocation_isRefused() throws SQLException {
        DatabaseUrl url = postgres.fresh("nowhere");

        assertThatThrownBy(() -> Migrations.run(url, new Options("filesystem:" + steps + "/none", 1, Duration.ZERO)))
                .isInstanceOf(UnusableDatabase.class);
    }

    @Test
    void run_withAWrongPassword_isRefusedAtOnce() {
        DatabaseUrl wrong = DatabaseUrl.parse(postgres.url().uri().replaceFirst(":[^:@]*@", ":guess@"));

        assertThatThrownBy(() -> Migrations.run(wrong, patient()))
                .isInstanceOf(UnusableDatabase.class)
                .hasMessageContainingAll("Cannot connect to postgres://postgres:****@", "authentication failed")
                .hasMessageNotContaining("attempts");
    }

    @Test
    void run_withoutADatabaseOfThatName_isRefusedAtOnce() {
        DatabaseUrl wrong = DatabaseUrl.parse(postgres.url().uri().replace("/postgres?", "/absent?"));

        assertThatThrownBy(() -> Migrations.run(wrong, patient()))
                .isInstanceOf(UnusableDatabase.class)
                .hasMessageContaining("\"absent\" does not exist")
                .hasMessageNotContaining("attempts");
    }

    @Test
    void run_withNobodyThere_endsAfterItsAttempts() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            port = socket.getLocalPort();
        }
        DatabaseUrl nobody = DatabaseUrl.parse("postgres://u:p@127.0.0.1:" + port + "/db");

        assertThatThrownBy(() -> Migrations.run(nobody, new Options("filesystem:" + steps, 3, Duration.ofMillis(50))))
                .isInstanceOf(UnusableDatabase.class)
                .hasMessageContaining("in 3 attempts");
    }

    private Options here() {
        return new Options("filesystem:" + steps, 1, Duration.ZERO);
    }

    private Options patient() {
        return new Options("filesystem:" + steps, 100, Duration.ofSeconds(2));
    }

    private Path write(String name, String sql) throws IOException {
        return Files.writeString(steps.resolve(name), sql);
    }
}
