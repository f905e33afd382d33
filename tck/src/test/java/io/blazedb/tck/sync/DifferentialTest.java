package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.tck.Sql;
import io.blazedb.tck.Target;
import io.blazedb.tck.Volume;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one database writes stands in the other as plain H2 has it after the same transactions: every type. */
class DifferentialTest {
    private static final int TRANSACTIONS = 2_000;
    private static final int TRANSACTIONS_FULL = 200_000;
    private static final int BETWEEN_LOOKS = 250;
    private static final List<String> TYPES = RandomValue.declarations();

    @TempDir
    Path folder;

    @Test
    void thePeerHasWhatPlainH2Has() throws SQLException {
        long seed = Volume.seed();
        Random random = new Random(seed);
        try (Connection model = Target.connect(Target.H2_FILE.url(folder.resolve("model")));
                Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            for (Connection one : List.of(model, east.connection())) {
                Sql.execute(one, schema());
            }
            east.connectTo(west);
            east.sync();
            int total = Volume.isFull() ? TRANSACTIONS_FULL : TRANSACTIONS;
            for (int done = 0; done < total; done += BETWEEN_LOOKS) {
                Node writer = random.nextBoolean() ? east : west;
                for (int i = 0; i < BETWEEN_LOOKS; i++) {
                    transaction(random, model, writer.connection(), "seed " + seed + ", transaction " + (done + i));
                }
                writer.sync();
                for (Node node : List.of(east, west)) {
                    assertThat(TableComparison.differences(model, node.connection()))
                            .as("seed %d, transaction %d, %s", seed, done, node.name())
                            .isEmpty();
                }
            }
            assertThat(east.rows("SELECT * FROM BLAZE.CONFLICTS"))
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    private static String[] schema() {
        String columns = IntStream.range(0, TYPES.size())
                .mapToObj(i -> "C" + i + " " + TYPES.get(i))
                .collect(Collectors.joining(", "));
        return new String[] {
            "CREATE TABLE WIDE(ID BIGINT PRIMARY KEY, " + columns + ")",
            "CREATE TABLE DATED(NAME VARCHAR_IGNORECASE(10), BORN DATE, N NUMERIC(12, 3), NOTE CLOB,"
                    + " PRIMARY KEY(NAME, BORN, N))",
            "CREATE TABLE TAGGED(ID UUID PRIMARY KEY, CODE BINARY(3) UNIQUE, AT TIMESTAMP(9) WITH TIME ZONE)",
        };
    }

    /** Both have to answer alike, errors included. */
    private static void transaction(Random random, Connection model, Connection node, String as) throws SQLException {
        List<String> statements = new ArrayList<>();
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            statements.add(statement(random));
        }
        boolean rollsBack = random.nextInt(10) == 0;
        List<String> expected = run(model, statements, rollsBack);
        List<String> answers = run(node, statements, rollsBack);
        assertThat(answers).as("%s: %s", as, statements).isEqualTo(expected);
    }

    private static List<String> run(Connection connection, List<String> statements, boolean rollsBack)
            throws SQLException {
        List<String> answers = new ArrayList<>();
        connection.setAutoCommit(false);
        for (String statement : statements) {
            try (java.sql.Statement one = connection.createStatement()) {
                answers.add(String.valueOf(one.executeUpdate(statement)));
            } catch (SQLException e) {
                answers.add(e.getSQLState());
            }
        }
        if (rollsBack) {
            connection.rollback();
        }
        connection.setAutoCommit(true);
        return answers;
    }

    private static String statement(Random random) {
        int id = random.nextInt(200);
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> insertWide(random, id);
            case 3, 4, 5 -> "UPDATE WIDE SET " + settings(random) + " WHERE ID = " + id;
            case 6 -> "UPDATE WIDE SET " + settings(random) + " WHERE MOD(ID, 50) = " + id % 50;
            case 7 -> "DELETE FROM WIDE WHERE ID = " + id;
            case 8 -> "UPDATE WIDE SET ID = 399 - ID WHERE ID IN (%d, %d)".formatted(id, 399 - id);
            case 9 -> insertDated(random);
            case 10 -> dated(random);
            default -> tagged(random);
        };
    }

    private static String insertWide(Random random, int id) {
        String values = TYPES.stream().map(type -> RandomValue.of(type, random)).collect(Collectors.joining(", "));
        return (random.nextInt(4) == 0 ? "MERGE" : "INSERT") + " INTO WIDE VALUES(" + id + ", " + values + ")";
    }

    private static String settings(Random random) {
        return random.ints(1 + random.nextInt(4), 0, TYPES.size())
                .distinct()
                .mapToObj(i -> "C" + i + " = " + RandomValue.of(TYPES.get(i), random))
                .collect(Collectors.joining(", "));
    }

    private static String insertDated(Random random) {
        return "INSERT INTO DATED VALUES('%s', DATE '2024-01-%02d', %s, REPEAT('x', %d))"
                .formatted(name(random), 1 + random.nextInt(9), number(random), random.nextInt(20_000));
    }

    private static String dated(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> "UPDATE DATED SET BORN = BORN + 1, NOTE = NULL WHERE NAME = '%s'".formatted(name(random));
            case 1 -> "UPDATE DATED SET NAME = UPPER(NAME) WHERE N = " + number(random);
            default ->
                "DELETE FROM DATED WHERE NAME = '%s' AND BORN > DATE '2024-01-%02d'"
                        .formatted(name(random), 1 + random.nextInt(9));
        };
    }

    private static String name(Random random) {
        return List.of("ann", "Ann", "bob", "b\u00e4r", "").get(random.nextInt(5));
    }

    private static String number(Random random) {
        return random.nextInt(3) + List.of("", ".5", ".500", ".125").get(random.nextInt(4));
    }

    private static String tagged(Random random) {
        String id = "UUID '00000000-0000-0000-0000-0000000000%02x'".formatted(random.nextInt(40));
        return switch (random.nextInt(4)) {
            case 0, 1 ->
                "INSERT INTO TAGGED VALUES(%s, X'0000%02x', %s)"
                        .formatted(id, random.nextInt(40), RandomValue.of("TIMESTAMP(9) WITH TIME ZONE", random));
            case 2 ->
                "UPDATE TAGGED SET CODE = X'0000%02x', AT = AT + INTERVAL '1' HOUR WHERE ID = %s"
                        .formatted(random.nextInt(40), id);
            default -> "DELETE FROM TAGGED WHERE ID = " + id;
        };
    }
}
