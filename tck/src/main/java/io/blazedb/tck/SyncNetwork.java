package io.blazedb.tck;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test method a network of synced databases, as a parameter of type {@link SyncedDatabases}: files of their
 * own in a temporary folder, connected with each other when the test begins, gone when it ends.
 *
 * <pre>{@code
 * @SyncNetwork(databases = 3)
 * class StockTest {
 *     @Test
 *     void salesAddUp(SyncedDatabases shops) throws SQLException {
 *         shops.at(1).execute("CREATE TABLE STOCK(ID BIGINT PRIMARY KEY, N INT)", "INSERT INTO STOCK VALUES(1, 10)");
 *         shops.sync();
 *         shops.cut(1, 2);
 *         shops.at(2).execute("UPDATE STOCK SET N = 9");
 *         shops.heal();
 *         shops.assertConverged();
 *     }
 * }
 * }</pre>
 */
@java.lang.annotation.Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SyncNetworkExtension.class)
public @interface SyncNetwork {
    /** How many databases; 2 to 16. They are nodes N1, N2, ... */
    int databases() default 2;

    /** How they are connected: the words after PATTERN in CREATE TOPOLOGY, such as {@code HUB AND SPOKE HUB N1}. */
    String pattern() default "MESH";

    /** Which of them, by number from 1, have the role SERVER. */
    int[] servers() default {};

    /** Settings behind the URL of each, such as {@code ;MODE=PostgreSQL}. */
    String settings() default "";

    /** Runs at the first database before the others are connected. */
    String[] schema() default {};
}
