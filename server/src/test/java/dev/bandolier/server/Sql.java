package dev.bandolier.server;

import dev.bandolier.server.postgres.DatabaseUrl;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Plain SQL on a server's database: the oracle of tests, which shares no code with the server.
///
/// @param url the database
record Sql(DatabaseUrl url) {

    /// A connection of one's own, for what needs a transaction.
    Connection connect() throws SQLException {
        return DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
    }

    /// The rows of a query, each a list of its values as text; a missing value is null.
    List<List<String>> rows(String query, Object... values) {
        try (Connection connection = connect();
                PreparedStatement statement = prepared(connection, query, values);
                ResultSet rows = statement.executeQuery()) {
            List<List<String>> found = new ArrayList<>();
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    row.add(rows.getString(column));
                }
                found.add(row);
            }
            return found;
        } catch (SQLException failure) {
            throw new IllegalStateException(query, failure);
        }
    }

    /// The first column of a query.
    List<String> column(String query, Object... values) {
        return rows(query, values).stream().map(List::getFirst).toList();
    }

    /// The one value of a query.
    String value(String query, Object... values) {
        return rows(query, values).getFirst().getFirst();
    }

    /// The one whole number of a query.
    long number(String query, Object... values) {
        return new BigDecimal(value(query, values)).longValueExact();
    }

    /// Runs a statement; returns the number of rows that it changed.
    int update(String command, Object... values) {
        try (Connection connection = connect();
                PreparedStatement statement = prepared(connection, command, values)) {
            return statement.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException(command, failure);
        }
    }

    private static PreparedStatement prepared(Connection connection, String text, Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }
}
