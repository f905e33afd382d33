package io.blazedb.internal.cli.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** The bug tracker of a small team: its tables, and the rows of its first months. */
final class Tracker {
    /** Parents first. */
    static final List<String> TABLES = List.of("person", "project", "bug", "comment");

    static final List<String> SCHEMA = List.of(
            "CREATE TABLE person (id INT PRIMARY KEY, name VARCHAR(40) NOT NULL, email VARCHAR(60) UNIQUE)",
            "CREATE TABLE project (id INT PRIMARY KEY, name VARCHAR(40) NOT NULL)",
            "CREATE TABLE bug (id INT PRIMARY KEY, project INT REFERENCES project, title VARCHAR(90) NOT NULL,"
                    + " status VARCHAR(10), priority VARCHAR(10), owner INT REFERENCES person, opened DATE)",
            "CREATE TABLE comment (id UUID DEFAULT RANDOM_UUID() PRIMARY KEY, bug INT REFERENCES bug,"
                    + " author INT REFERENCES person, text VARCHAR(200))");

    static final int BUGS = 240;
    private static final int COMMENTS = 480;

    private static final List<String> PEOPLE = List.of(
            "Alice Moreau", "Bob Tanaka", "Chidi Okafor", "Dana Novak", "Emil Larsen", "Farah Haddad", "Grace Kim");
    private static final List<String> PROJECTS = List.of("Web shop", "Mobile app", "Billing", "Warehouse", "Reports");
    private static final List<String> PARTS = List.of(
            "Checkout", "Search", "Login", "The invoice", "The stock list", "The CSV export", "The address form");
    private static final List<String> SYMPTOMS = List.of(
            "crashes",
            "is slow",
            "shows a wrong total",
            "loses its filter",
            "prints an empty page",
            "ignores the time zone",
            "sends its mail twice",
            "accepts a negative amount");
    private static final List<String> OCCASIONS = List.of(
            "after a long pause",
            "on a tablet",
            "with more than 100 items",
            "when the network drops",
            "for a guest",
            "at the end of the month",
            "in right-to-left languages");
    private static final List<String> STATES = List.of("open", "open", "open", "assigned", "assigned", "fixed");
    private static final List<String> PRIORITIES = List.of("low", "normal", "normal", "high");
    private static final List<String> REMARKS = List.of(
            "I can reproduce it with the build of today.",
            "Not since the last update, can you check again?",
            "Three customers reported it this week.",
            "The log says that the session was closed before.",
            "Found it: the cache is filled before the rights are checked.",
            "Fixed on my branch, please review.",
            "Same cause as the one of last month, I think.",
            "A workaround is to sign in again.");
    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 5);
    private static final long SEED = 240L;

    private final Random random = new Random(SEED);

    /** Inserts everybody, their projects, bugs and comments in one transaction. */
    void fill(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        people(connection);
        projects(connection);
        bugs(connection);
        comments(connection);
        connection.commit();
        connection.setAutoCommit(true);
    }

    private void people(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO person VALUES (?, ?, ?)")) {
            for (int id = 1; id <= PEOPLE.size(); id++) {
                String name = PEOPLE.get(id - 1);
                add(insert, id, name, name.replace(' ', '.').toLowerCase(Locale.ROOT) + "@example.org");
            }
            insert.executeBatch();
        }
    }

    private void projects(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO project VALUES (?, ?)")) {
            for (int id = 1; id <= PROJECTS.size(); id++) {
                add(insert, id, PROJECTS.get(id - 1));
            }
            insert.executeBatch();
        }
    }

    private void bugs(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO bug VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            for (int id = 1; id <= BUGS; id++) {
                add(
                        insert,
                        id,
                        1 + random.nextInt(PROJECTS.size()),
                        any(PARTS) + " " + any(SYMPTOMS) + " " + any(OCCASIONS),
                        any(STATES),
                        any(PRIORITIES),
                        1 + random.nextInt(PEOPLE.size()),
                        FIRST_DAY.plusDays(id / 2));
            }
            insert.executeBatch();
        }
    }

    private void comments(Connection connection) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO comment (bug, author, text) VALUES (?, ?, ?)")) {
            for (int i = 0; i < COMMENTS; i++) {
                add(insert, 1 + random.nextInt(BUGS), 1 + random.nextInt(PEOPLE.size()), any(REMARKS));
            }
            insert.executeBatch();
        }
    }

    private String any(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    private static void add(PreparedStatement insert, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            insert.setObject(i + 1, values[i]);
        }
        insert.addBatch();
    }
}
