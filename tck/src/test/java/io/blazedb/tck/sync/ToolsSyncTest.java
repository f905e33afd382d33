package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.zaxxer.hikari.HikariDataSource;
import io.blazedb.tck.Sql;
import io.blazedb.tck.Target;
import io.blazedb.tck.tools.tracker.Comment;
import io.blazedb.tck.tools.tracker.Issue;
import io.blazedb.tck.tools.tracker.Person;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pools, Hibernate and jOOQ write at one database arrives at the other one, over the data of TPC-H too. */
class ToolsSyncTest {
    private static final double SCALE = 0.01;
    private static final int ISSUES = 40;
    private static final Table<Record> CUSTOMER = table(name("CUSTOMER"));
    private static final Field<Long> KEY = field(name("C_CUSTKEY"), Long.class);
    private static final Field<BigDecimal> BALANCE = field(name("C_ACCTBAL"), BigDecimal.class);
    private static final Field<String> NOTE = field(name("C_COMMENT"), String.class);

    @TempDir
    Path folder;

    @Test
    void whatToolsWriteOnBothSidesIsTheSameOnBoth() throws SQLException {
        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            TpcH.create(east.connection());
            TpcH.load(east.connection(), SCALE);
            east.connectTo(west);
            east.execute("SYNC TIMEOUT 60");

            hibernate(east);
            jooq(west);
            hikari(east);
            east.execute("SYNC TIMEOUT 60");

            for (String table : east.rows("SELECT TABLE_NAME FROM BLAZE.SYNC_TABLES WHERE SYNCED")) {
                assertThat(TableComparison.checksum(west.connection(), table))
                        .as(table)
                        .isEqualTo(TableComparison.checksum(east.connection(), table));
            }
            assertThat(east.rows("SELECT TABLE_NAME FROM BLAZE.SYNC_TABLES WHERE SYNCED"))
                    .contains("ISSUE", "ISSUE_PERSON", "ISSUE_TAGS");
            assertThat(west.value("SELECT COUNT(*) FROM ISSUE")).isEqualTo(Integer.toString(ISSUES));
            assertThat(west.value("SELECT COUNT(*) FROM COMMENT")).isEqualTo(Integer.toString(2 * ISSUES - 1));
            assertThat(east.value("SELECT COUNT(*) > 100 FROM CUSTOMER WHERE C_COMMENT = 'by jOOQ'"))
                    .isEqualTo("TRUE");
            assertThat(west.value("SELECT COUNT(*) > 0 FROM SUPPLIER WHERE S_COMMENT = 'by the pool'"))
                    .isEqualTo("TRUE");
        }
    }

    /** Tables made by Hibernate, a graph of objects in each transaction, one taken out again. */
    private static void hibernate(Node node) {
        try (SessionFactory factory = new Configuration()
                .addAnnotatedClass(Person.class)
                .addAnnotatedClass(Issue.class)
                .addAnnotatedClass(Comment.class)
                .setProperty("hibernate.connection.url", node.url())
                .setProperty("hibernate.connection.username", Target.USER)
                .setProperty("hibernate.connection.password", Target.PASSWORD)
                .setProperty("hibernate.hbm2ddl.auto", "create")
                .setProperty("hibernate.jdbc.batch_size", "50")
                .buildSessionFactory()) {
            for (int i = 0; i < ISSUES; i++) {
                int number = i;
                factory.inTransaction(session -> {
                    Person person = new Person("person " + number);
                    session.persist(person);
                    Issue issue = new Issue("issue " + number, "x".repeat(number * 500));
                    issue.assign(person);
                    issue.watchers().add(person);
                    issue.tags().add("tag " + number % 3);
                    issue.comment("first");
                    issue.comment("second");
                    session.persist(issue);
                });
            }
            factory.inTransaction(session -> session.createSelectionQuery("from Issue order by id", Issue.class)
                    .setMaxResults(1)
                    .getSingleResult()
                    .comments()
                    .remove(0));
        }
    }

    private static void jooq(Node node) throws SQLException {
        try (Connection connection = node.another()) {
            DSL.using(connection, SQLDialect.H2).transaction(configuration -> {
                int changed = configuration
                        .dsl()
                        .update(CUSTOMER)
                        .set(NOTE, "by jOOQ")
                        .set(BALANCE, BALANCE.plus(BigDecimal.TEN))
                        .where(KEY.mod(7L).eq(3L))
                        .execute();
                assertThat(changed).isGreaterThan(100);
            });
        }
    }

    private static void hikari(Node node) throws SQLException {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(node.url());
            pool.setUsername(Target.USER);
            pool.setPassword(Target.PASSWORD);
            for (int i = 1; i <= 20; i++) {
                try (Connection connection = pool.getConnection();
                        PreparedStatement update =
                                connection.prepareStatement("UPDATE SUPPLIER SET S_COMMENT = ? WHERE S_SUPPKEY = ?")) {
                    update.setString(1, "by the pool");
                    update.setLong(2, i);
                    update.executeUpdate();
                }
            }
            try (Connection connection = pool.getConnection()) {
                Sql.execute(connection, "DELETE FROM LINEITEM WHERE L_LINENUMBER = 7");
            }
        }
    }
}
