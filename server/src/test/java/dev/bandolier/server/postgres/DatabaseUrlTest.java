package dev.bandolier.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseUrlTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        postgres://u:p@h/db                               | h           | 5432 | db    | u   | p
        postgresql://u:p@h:6000/db                        | h           | 6000 | db    | u   | p
        postgres://u@h/db                                 | h           | 5432 | db    | u   | ''
        postgres://u:@h/db                                | h           | 5432 | db    | u   | ''
        postgres://u:p%40%3A%2F%23@h/db                   | h           | 5432 | db    | u   | p@:/#
        postgres://u:a+b@h/my%20db                        | h           | 5432 | my db | u   | a+b
        postgres://u:p@q@h/db                             | h           | 5432 | db    | u   | p@q
        postgres://u:a:b@h/db                             | h           | 5432 | db    | u   | a:b
        postgres://%C3%BC:p@my_db.internal/db             | my_db.internal | 5432 | db | ü   | p
        postgres://u:p@[::1]:6000/db                      | ::1         | 6000 | db    | u   | p
        postgres://u:p@[::1]/db                           | ::1         | 5432 | db    | u   | p
        postgres://u:p@10.0.0.7:5432/db?sslmode=disable   | 10.0.0.7    | 5432 | db    | u   | p
        """)
    void parse_validText_findsEveryPart(
            String text, String host, int port, String database, String user, String password) {
        DatabaseUrl url = DatabaseUrl.parse(text);

        assertThat(url.host()).isEqualTo(host);
        assertThat(url.port()).isEqualTo(port);
        assertThat(url.database()).isEqualTo(database);
        assertThat(url.user()).isEqualTo(user);
        assertThat(url.password()).isEqualTo(password);
        assertThat(DatabaseUrl.parse(url.uri())).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        mysql://u:s3cret@h/db                        | must start with postgres:// or postgresql://
        h:5432/db                                    | must start with postgres:// or postgresql://
        postgres://                                  | the host is missing
        postgres://u:s3cret@/db                      | the host is missing
        postgres:///db                               | the host is missing
        postgres://h/db                              | the user is missing
        postgres://:s3cret@h/db                      | the user is missing
        postgres://u:s3cret@h                        | the name of the database is missing
        postgres://u:s3cret@h/                       | the name of the database is missing
        postgres://u:s3cret@h:0/db                   | the port is 0, not 1 to 65535
        postgres://u:s3cret@h:70000/db               | the port is 70000, not 1 to 65535
        postgres://u:s3cret@h:x/db                   | the port is not a number
        postgres://u:s3cret/x@h/db                   | the port is not a number
        postgres://u:s3cret#x@h/db                   | must be written %23
        postgres://u:s3cret%zz@h/db                  | the password is not percent-encoded
        postgres://u:s3cret@h1,h2/db                 | several hosts are not supported
        postgres://u:s3cret@::1/db                   | an IPv6 address must be in brackets
        postgres://u:s3cret@[::1/db                  | the address in brackets has no end
        postgres://u:s3cret@h/db?sslmode=maybe       | sslmode is 'maybe', not disable, allow, prefer
        postgres://u:s3cret@h/db?target=any          | parameter 'target' is not supported
        postgres://u:s3cret@h/db?sslmode=verify-full | sslmode=verify-full needs sslrootcert
        """)
    void parse_invalidText_saysWhatIsWrongWithoutThePassword(String text, String reason) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("DATABASE_URL: ")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }

    @ParameterizedTest
    @CsvSource({
        "'', PREFER",
        "?sslmode=disable, DISABLE",
        "?sslmode=allow, ALLOW",
        "?sslmode=prefer, PREFER",
        "?sslmode=require, REQUIRE",
        "?sslmode=verify-ca&sslrootcert=/ca.pem, VERIFY_CA",
        "?sslrootcert=/ca.pem&sslmode=verify-full, VERIFY_FULL"
    })
    void parse_sslmode_reachesBothDrivers(String query, SslMode mode) {
        DatabaseUrl url = DatabaseUrl.parse("postgres://u:p@h/db" + query);

        assertThat(url.sslMode()).isEqualTo(mode);
        assertThat(url.connectOptions().getSslMode()).isEqualTo(mode);
        assertThat(url.jdbcUrl()).contains("sslmode=" + mode.value);
    }

    @Test
    void connectOptions_verifyFull_believesTheCertificateAndChecksTheName() {
        DatabaseUrl url = DatabaseUrl.parse("postgres://u:p@h/db?sslmode=verify-full&sslrootcert=/etc/ca%20x.pem");

        assertThat(url.rootCertificate()).isEqualTo(Optional.of(Path.of("/etc/ca x.pem")));
        assertThat(url.connectOptions().getSslOptions().getHostnameVerificationAlgorithm())
                .isEqualTo("HTTPS");
        assertThat(url.connectOptions().getSslOptions().isTrustAll()).isFalse();
        assertThat(url.jdbcUrl()).endsWith("&sslrootcert=%2Fetc%2Fca%20x.pem");
    }

    @Test
    void connectOptions_always_keepPreparedStatementsAndBoundPipelining() {
        PgConnectOptions options = DatabaseUrl.parse("postgres://u:p@h:6000/db").connectOptions();

        assertThat(options.getCachePreparedStatements()).isTrue();
        assertThat(options.getPipeliningLimit()).isEqualTo(DatabaseUrl.PIPELINING_LIMIT);
        assertThat(options.getHost()).isEqualTo("h");
        assertThat(options.getPort()).isEqualTo(6000);
        assertThat(options.getProperties()).containsEntry("application_name", "bandolier");
    }

    @Test
    void toString_withPassword_masksIt() {
        DatabaseUrl url = DatabaseUrl.parse("postgres://u:s3cret@h/db?sslmode=require");

        assertThat(url).hasToString("postgres://u:****@h:5432/db?sslmode=require");
        assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://h:5432/db?sslmode=require&ApplicationName=bandolier");
    }
}
