package io.blazedb.tck.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.tck.Database;
import io.blazedb.tck.EveryTarget;
import io.blazedb.tck.Sql;
import io.blazedb.tck.Target;
import io.blazedb.tck.tools.tracker.Comment;
import io.blazedb.tck.tools.tracker.Issue;
import io.blazedb.tck.tools.tracker.Person;
import jakarta.persistence.OptimisticLockException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.dialect.H2Dialect;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.exception.ConstraintViolationException;

/** Hibernate ORM with nothing but the URL: it finds its dialect, creates the schema, writes and reads. */
class HibernateTest {
    @EveryTarget
    void findsTheDialect(Database database) {
        try (SessionFactory factory = factory(database)) {
            assertThat(factory.unwrap(SessionFactoryImplementor.class)
                            .getJdbcServices()
                            .getDialect())
                    .isInstanceOf(H2Dialect.class);
        }
    }

    @EveryTarget
    void writesAndReadsAGraph(Database database) throws SQLException {
        try (SessionFactory factory = factory(database)) {
            long id = report(factory);
            factory.inTransaction(session -> {
                Issue issue = session.find(Issue.class, id);
                assertThat(issue.text()).hasSize(20_000);
                assertThat(issue.tags()).containsExactlyInAnyOrder("crash", "urgent");
                assertThat(issue.comments()).extracting(Comment::words).containsExactly("first", "second");
                assertThat(issue.watchers()).extracting(Person::name).containsExactly("bob");
            });
            try (Connection connection = database.connect()) {
                assertThat(Sql.rows(connection, "SELECT TITLE, STATUS, VERSION FROM ISSUE"))
                        .containsExactly("it breaks|IN_WORK|0");
            }
        }
    }

    @EveryTarget
    void orphansAreRemoved(Database database) throws SQLException {
        try (SessionFactory factory = factory(database)) {
            long id = report(factory);
            factory.inTransaction(
                    session -> session.find(Issue.class, id).comments().remove(0));
            try (Connection connection = database.connect()) {
                assertThat(Sql.rows(connection, "SELECT WORDS FROM COMMENT")).containsExactly("second");
            }
            factory.inTransaction(session -> session.remove(session.find(Issue.class, id)));
            try (Connection connection = database.connect()) {
                assertThat(Sql.value(connection, "SELECT (SELECT COUNT(*) FROM ISSUE), (SELECT COUNT(*) FROM COMMENT)"))
                        .isEqualTo("0|0");
            }
        }
    }

    @EveryTarget
    void concurrentChangeIsNoticed(Database database) {
        try (SessionFactory factory = factory(database)) {
            long id = report(factory);

            assertThatThrownBy(() -> factory.inTransaction(session -> {
                        Issue stale = session.find(Issue.class, id);
                        factory.inTransaction(
                                other -> other.find(Issue.class, id).tags().add("theirs"));
                        stale.tags().add("mine");
                    }))
                    .isInstanceOf(OptimisticLockException.class);
        }
    }

    @EveryTarget
    void duplicateIsAConstraintViolation(Database database) {
        try (SessionFactory factory = factory(database)) {
            report(factory);

            assertThatThrownBy(() -> factory.inTransaction(session -> session.persist(new Person("ann"))))
                    .isInstanceOf(ConstraintViolationException.class);
        }
    }

    @EveryTarget
    void queriesJoinAndGroup(Database database) {
        try (SessionFactory factory = factory(database)) {
            for (int i = 0; i < 30; i++) {
                int number = i;
                factory.inTransaction(session -> {
                    Issue issue = new Issue("issue " + number, "");
                    for (int c = 0; c < number % 4; c++) {
                        issue.comment("c" + c);
                    }
                    session.persist(issue);
                });
            }
            factory.inTransaction(session -> {
                List<Long> counts = session.createSelectionQuery(
                                "select count(c) from Issue i left join i.comments c"
                                        + " group by i.id having count(c) > 1 order by count(c), i.id",
                                Long.class)
                        .setMaxResults(10)
                        .list();
                assertThat(counts).hasSize(10).startsWith(2L).endsWith(3L);
                int done = session.createMutationQuery("update Issue set status = DONE where title like 'issue 1%'")
                        .executeUpdate();
                assertThat(done).isEqualTo(11);
            });
        }
    }

    @EveryTarget
    void batchesWrite(Database database) throws SQLException {
        try (SessionFactory factory = factory(database)) {
            factory.inTransaction(session -> {
                for (int i = 0; i < 500; i++) {
                    session.persist(new Issue("issue " + i, "text " + i));
                }
            });
            try (Connection connection = database.connect()) {
                assertThat(Sql.value(connection, "SELECT COUNT(*), COUNT(DISTINCT ID) FROM ISSUE"))
                        .isEqualTo("500|500");
            }
        }
    }

    private static long report(SessionFactory factory) {
        return factory.fromTransaction(session -> {
            Person ann = new Person("ann");
            Person bob = new Person("bob");
            session.persist(ann);
            session.persist(bob);
            Issue issue = new Issue("it breaks", "x".repeat(20_000));
            issue.tags().add("crash");
            issue.tags().add("urgent");
            issue.watchers().add(bob);
            issue.comment("first");
            issue.comment("second");
            issue.assign(ann);
            session.persist(issue);
            return Objects.requireNonNull(issue.id());
        });
    }

    private static SessionFactory factory(Database database) {
        return new Configuration()
                .addAnnotatedClass(Person.class)
                .addAnnotatedClass(Issue.class)
                .addAnnotatedClass(Comment.class)
                .setProperty("hibernate.connection.url", database.url())
                .setProperty("hibernate.connection.username", Target.USER)
                .setProperty("hibernate.connection.password", Target.PASSWORD)
                .setProperty("hibernate.hbm2ddl.auto", "create")
                .setProperty("hibernate.jdbc.batch_size", "50")
                .buildSessionFactory();
    }
}
