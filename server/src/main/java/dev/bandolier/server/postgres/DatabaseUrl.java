package dev.bandolier.server.postgres;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// The address of a Postgres database and the right to enter it: `DATABASE_URL`, parsed.
///
/// ```
/// postgres://user:password@host:5432/database?sslmode=verify-full&sslrootcert=/etc/ssl/db.pem
/// ```
///
/// The scheme is `postgres` or `postgresql`; port (5432), password and parameters may be absent; user, password and
/// database are percent-decoded. Parameters are those of libpq that both drivers obey: `sslmode` (`disable`, `allow`,
/// `prefer`, `require`, `verify-ca`, `verify-full`; default `prefer`, as in libpq) and `sslrootcert`, a PEM file that
/// `verify-ca` and `verify-full` need. Any other parameter is refused by name: one that is ignored in silence could be
/// the one that was meant to protect.
///
/// The password is in none of the texts that this record makes, except [#uri()].
///
/// @param host            name or address; an IPv6 address without brackets
/// @param port            1..65535
/// @param database        name of the database
/// @param user            role to log in as
/// @param password        its password, empty if none is needed
/// @param sslMode         how much the connection is protected
/// @param rootCertificate PEM file with the certificates of the authorities that are believed
public record DatabaseUrl(
        String host,
        int port,
        String database,
        String user,
        String password,
        SslMode sslMode,
        Optional<Path> rootCertificate) {

    /// Statements sent on one connection before the first of them is answered.
    ///
    /// Enough to hide the way to a database in the same data centre; few, because answers come in order: one slow
    /// statement holds back at most 15 others, not the 255 of the driver's default. Pipelining does not group commits
    /// ([GroupCommit] does), so a larger limit buys nothing for writes.
    public static final int PIPELINING_LIMIT = 16;

    private static final String APPLICATION = "bandolier";

    public DatabaseUrl {
        require(!host.isEmpty(), "the host is missing");
        require(port >= 1 && port <= 65_535, "the port is " + port + ", not 1 to 65535");
        require(!database.isEmpty(), "the name of the database is missing (postgres://user:password@host/database)");
        require(!user.isEmpty(), "the user is missing (postgres://user:password@host/database)");
        require(
                !verifies(sslMode) || rootCertificate.isPresent(),
                "sslmode=" + sslMode.value + " needs sslrootcert=<PEM file>");
    }

    /// The address in a text of the form above.
    ///
    /// @throws IllegalArgumentException saying which part is wrong, never with the password
    public static DatabaseUrl parse(String text) {
        return DatabaseUrlText.parse(text.strip());
    }

    /// How the asynchronous driver connects: prepared statements are kept, [#PIPELINING_LIMIT] applies.
    ///
    /// A pooler between the server and Postgres must give each connection a session of its own: statements stay prepared,
    /// settings stay set, and `LISTEN` stays heard.
    public PgConnectOptions connectOptions() {
        PgConnectOptions options = new PgConnectOptions()
                .setHost(host)
                .setPort(port)
                .setDatabase(database)
                .setUser(user)
                .setPassword(password)
                .setSslMode(sslMode)
                .setCachePreparedStatements(true)
                .setPipeliningLimit(PIPELINING_LIMIT)
                .addProperty("application_name", APPLICATION);
        return sslMode == SslMode.DISABLE ? options : options.setSslOptions(sslOptions());
    }

    /// The same address for JDBC, without user and password.
    public String jdbcUrl() {
        return "jdbc:postgresql://" + authority() + "/" + encode(database)
                + "?sslmode=" + sslMode.value
                + "&ApplicationName=" + APPLICATION
                + rootCertificate
                        .map(file -> "&sslrootcert=" + encode(file.toString()))
                        .orElse("");
    }

    /// The same address as one `postgres://` text that [#parse] and `psql` understand. It contains the password.
    public String uri() {
        return text(password.isEmpty() ? "" : ":" + encode(password));
    }

    /// The address with the password masked.
    @Override
    public String toString() {
        return text(password.isEmpty() ? "" : ":****");
    }

    private String text(String secret) {
        return "postgres://" + encode(user) + secret + "@" + authority() + "/" + encode(database)
                + "?sslmode=" + sslMode.value
                + rootCertificate
                        .map(file -> "&sslrootcert=" + encode(file.toString()))
                        .orElse("");
    }

    private String authority() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private ClientSSLOptions sslOptions() {
        ClientSSLOptions options =
                new ClientSSLOptions().setHostnameVerificationAlgorithm(sslMode == SslMode.VERIFY_FULL ? "HTTPS" : "");
        return rootCertificate.isPresent() && verifies(sslMode)
                ? options.setTrustOptions(
                        new PemTrustOptions().addCertPath(rootCertificate.get().toString()))
                : options.setTrustAll(true);
    }

    private static boolean verifies(SslMode mode) {
        return mode == SslMode.VERIFY_CA || mode == SslMode.VERIFY_FULL;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("DATABASE_URL: " + otherwise);
        }
    }
}
