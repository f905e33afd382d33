package io.blazedb.tck.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.constraint;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.table;

import io.blazedb.tck.Database;
import io.blazedb.tck.EveryTarget;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** jOOQ without generated code, its dialect said and not guessed from the URL. */
class JooqTest {
    private static final Table<Record> ORDERS = table(name("ORDERS"));
    private static final Field<Long> ID = field(name("ID"), SQLDataType.BIGINT.identity(true));
    private static final Field<String> CUSTOMER =
            field(name("CUSTOMER"), SQLDataType.VARCHAR(40).notNull());
    private static final Field<BigDecimal> AMOUNT = field(name("AMOUNT"), SQLDataType.NUMERIC(12, 2));

    @EveryTarget
    void insertReturnsTheKey(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            DSLContext jooq = create(connection);

            Record row = jooq.insertInto(ORDERS, CUSTOMER, AMOUNT)
                    .values("ann", new BigDecimal("9.50"))
                    .returning(ID, AMOUNT)
                    .fetchSingle();

            assertThat(row.get(ID)).isEqualTo(1);
            assertThat(row.get(AMOUNT)).isEqualByComparingTo("9.50");
        }
    }

    @EveryTarget
    void batchesAndQueries(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            DSLContext jooq = create(connection);
            var insert = jooq.batch(jooq.insertInto(ORDERS, CUSTOMER, AMOUNT).values((String) null, null));
            for (int i = 0; i < 100; i++) {
                insert = insert.bind("c" + i % 3, BigDecimal.valueOf(i));
            }
            assertThat(insert.execute()).hasSize(100).containsOnly(1);

            var totals = jooq.select(CUSTOMER, count(), sum(AMOUNT))
                    .from(ORDERS)
                    .groupBy(CUSTOMER)
                    .orderBy(CUSTOMER)
                    .fetch();
            assertThat(totals.getValues(CUSTOMER)).containsExactly("c0", "c1", "c2");
            assertThat(totals.get(0).value2()).isEqualTo(34);
            assertThat(totals.get(0).value3()).isEqualByComparingTo("1683");
        }
    }

    @EveryTarget
    void windowsAndPages(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            DSLContext jooq = create(connection);
            for (String customer : List.of("b", "a", "b", "c")) {
                jooq.insertInto(ORDERS, CUSTOMER).values(customer).execute();
            }

            var rows = jooq.select(
                            CUSTOMER, rowNumber().over().partitionBy(CUSTOMER).orderBy(ID))
                    .from(ORDERS)
                    .orderBy(CUSTOMER, ID)
                    .limit(2)
                    .offset(1)
                    .fetch();
            assertThat(rows.getValues(1)).isEqualTo(List.of(1, 2));
        }
    }

    @EveryTarget
    void mergeUpdatesOrInserts(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            DSLContext jooq = create(connection);
            for (String customer : List.of("ann", "bob")) {
                jooq.mergeInto(ORDERS)
                        .using(DSL.selectOne())
                        .on(ID.eq(7L))
                        .whenMatchedThenUpdate()
                        .set(CUSTOMER, customer)
                        .whenNotMatchedThenInsert(ID, CUSTOMER)
                        .values(7L, customer)
                        .execute();
            }

            assertThat(jooq.select(CUSTOMER).from(ORDERS).fetch(CUSTOMER)).containsExactly("bob");
        }
    }

    @EveryTarget
    void nestedTransactionRollsBackAlone(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            DSLContext jooq = create(connection);
            jooq.transaction(outer -> {
                outer.dsl().insertInto(ORDERS, CUSTOMER).values("kept").execute();
                assertThatThrownBy(() -> outer.dsl().transaction(inner -> {
                            inner.dsl()
                                    .insertInto(ORDERS, CUSTOMER)
                                    .values("gone")
                                    .execute();
                            throw new IllegalStateException("no");
                        }))
                        .isInstanceOf(IllegalStateException.class);
            });

            assertThat(jooq.select(CUSTOMER).from(ORDERS).fetch(CUSTOMER)).containsExactly("kept");
        }
    }

    @EveryTarget
    void errorsAreTranslated(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            DSLContext jooq = create(connection);

            assertThatThrownBy(() -> jooq.insertInto(ORDERS, ID).values(1L).execute())
                    .isInstanceOf(IntegrityConstraintViolationException.class);
        }
    }

    @EveryTarget
    void metaDataFindsTheTable(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            DSLContext jooq = create(connection);

            assertThat(jooq.meta().getTables("ORDERS"))
                    .singleElement()
                    .satisfies(found -> assertThat(found.fields())
                            .extracting(Field::getName)
                            .containsExactly("ID", "CUSTOMER", "AMOUNT"));
        }
    }

    private static DSLContext create(Connection connection) {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        DSLContext jooq = DSL.using(connection, SQLDialect.H2);
        jooq.createTable(ORDERS)
                .columns(ID, CUSTOMER, AMOUNT)
                .constraint(constraint(name("PK")).primaryKey(ID))
                .execute();
        return jooq;
    }
}
