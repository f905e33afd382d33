package io.blazedb.tck.bench;

import io.blazedb.tck.Sql;
import io.blazedb.tck.Target;
import java.sql.SQLException;

/**
 * Writes to the database at a URL until its log holds so many bytes since the checkpoint, says the rows, and is gone.
 */
final class KilledMain {
    private KilledMain() {}

    public static void main(String[] arguments) throws SQLException {
        long bytes = Long.parseLong(arguments[1]);
        Items items = new Items(Target.connect(arguments[0]));
        Sql.execute(
                items.connection(), "CREATE TOPOLOGY replay"); // BLAZE.STATUS is made by the first of our statements
        do {
            for (int i = 0; i < Items.BATCH; i++) {
                items.insert();
            }
        } while (Long.parseLong(Sql.value(items.connection(), "SELECT LOG_LAST - CHECKPOINT FROM BLAZE.STATUS"))
                < bytes);
        System.out.println(items.lastId());
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }
}
