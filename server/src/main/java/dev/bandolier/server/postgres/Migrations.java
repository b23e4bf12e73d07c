package dev.bandolier.server.postgres;

import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Logger;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.api.output.MigrateResult;

/// The steps that bring a database's schema to what this program needs, in order and once.
///
/// They run at start, over JDBC, under Flyway's lock in the database: of several nodes that start at once one migrates
/// and the others wait for it. A database that a newer program has migrated already is refused, since this program
/// would not know what its tables mean.
public final class Migrations {

    /// Where the steps are, and how patiently a database is waited for that cannot be reached yet.
    ///
    /// @param location       as Flyway writes it, `classpath:db/migration` or `filesystem:...`
    /// @param attemptsMax    attempts to connect, at least 1
    /// @param betweenMax     longest pause between two of them; the first is 100 ms, each next twice as long
    public record Options(String location, int attemptsMax, Duration betweenMax) {

        /// The program's own steps; about half a minute of patience, which a database that starts alongside needs.
        public static final Options DEFAULT = new Options("classpath:db/migration", 20, Duration.ofSeconds(2));

        public Options {
            if (attemptsMax < 1) {
                throw new IllegalArgumentException("at least one attempt to connect, not " + attemptsMax);
            }
        }
    }

    /// A step that was taken.
    ///
    /// @param version     as in the name of its file
    /// @param description as in the name of its file
    /// @param took        how long it ran
    public record Applied(String version, String description, Duration took) {}

    private static final System.Logger LOG = System.getLogger(Migrations.class.getName());

    /// Held for ever: java.util.logging forgets the level of a logger that nobody holds.
    private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

    private static final long PAUSE_FIRST_MILLIS = 100;

    /// Conditions that pass by themselves, by class or code of SQLSTATE: the connection, the start of the server, its
    /// shutdown, no free slot.
    private static final Set<String> PASSING = Set.of("08", "57P03", "57P01", "57P02", "53300");

    private Migrations() {}

    /// Takes the program's own steps that this database lacks.
    ///
    /// @return the steps taken, in order; empty if there was nothing to do
    /// @throws UnusableDatabase if it cannot be reached or entered, is newer than the program, or a step failed
    public static List<Applied> run(DatabaseUrl url) {
        return run(url, Options.DEFAULT);
    }

    /// Takes the steps in a location that this database lacks.
    ///
    /// @return the steps taken, in order; empty if there was nothing to do
    /// @throws UnusableDatabase if it cannot be reached or entered, is newer than the program, or a step failed
    public static List<Applied> run(DatabaseUrl url, Options options) {
        quieten();
        awaitConnection(url, options);
        Flyway flyway = Flyway.configure()
                .dataSource(url.jdbcUrl(), url.user(), url.password())
                .locations(options.location())
                .failOnMissingLocations(true)
                .validateMigrationNaming(true)
                // None is ignored: by default a database from the future would pass.
                .ignoreMigrationPatterns(new String[0])
                .load();
        try {
            refuseNewer(url, flyway);
            return migrate(flyway);
        } catch (FlywayValidateException invalid) {
            // A newer node may have migrated since the first look.
            refuseNewer(url, flyway);
            throw failed(url, invalid);
        } catch (FlywayException failure) {
            throw failed(url, failure);
        }
    }

    private static UnusableDatabase failed(DatabaseUrl url, FlywayException failure) {
        return new UnusableDatabase(
                "The schema of " + url + " could not be brought up to date: "
                        + failure.getMessage().strip(),
                failure);
    }

    private static List<Applied> migrate(Flyway flyway) {
        MigrateResult result = flyway.migrate();
        List<Applied> applied = result.migrations.stream()
                .map(step -> new Applied(step.version, step.description, Duration.ofMillis(step.executionTime)))
                .toList();
        applied.forEach(step -> LOG.log(
                Level.INFO,
                "Schema: applied {0} {1} in {2} ms",
                step.version(),
                step.description(),
                step.took().toMillis()));
        return applied;
    }

    private static void refuseNewer(DatabaseUrl url, Flyway flyway) {
        MigrationInfo[] all = flyway.info().all();
        Optional<MigrationInfo> future = Arrays.stream(all)
                .filter(step -> step.getState() == MigrationState.FUTURE_SUCCESS
                        || step.getState() == MigrationState.FUTURE_FAILED)
                .reduce((first, second) -> second);
        if (future.isPresent()) {
            String known = Arrays.stream(all)
                    .filter(step -> step.getState().isResolved() && step.getVersion() != null)
                    .map(step -> step.getVersion().getVersion())
                    .reduce("none", (first, second) -> second);
            throw new UnusableDatabase(
                    "The schema of " + url + " is at version " + future.get().getVersion()
                            + ", newer than this program, which knows versions up to " + known
                            + ". Start the newer program, or restore a backup made before the upgrade.");
        }
    }

    private static void awaitConnection(DatabaseUrl url, Options options) {
        long pauseMillis = PAUSE_FIRST_MILLIS;
        for (int attempt = 1; ; attempt++) {
            try (Connection reached = DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password())) {
                LOG.log(Level.DEBUG, "Reached {0}", reached.getMetaData().getDatabaseProductVersion());
                return;
            } catch (SQLException failure) {
                if (attempt == options.attemptsMax() || !passes(failure)) {
                    throw new UnusableDatabase(
                            "Cannot connect to " + url + (attempt == 1 ? "" : " in " + attempt + " attempts") + ": "
                                    + failure.getMessage().strip(),
                            failure);
                }
            }
            pause(url, pauseMillis);
            pauseMillis = Math.min(2 * pauseMillis, options.betweenMax().toMillis());
        }
    }

    private static boolean passes(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && (PASSING.contains(state) || PASSING.contains(state.substring(0, 2)));
    }

    private static void pause(DatabaseUrl url, long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
            throw new UnusableDatabase("Interrupted while waiting for " + url, told);
        }
    }

    /// Leaves Flyway its errors: failures arrive as exceptions, and its warnings advertise other editions and versions.
    private static void quieten() {
        if (FLYWAY.getLevel() == null) {
            FLYWAY.setLevel(java.util.logging.Level.SEVERE);
        }
    }
}
