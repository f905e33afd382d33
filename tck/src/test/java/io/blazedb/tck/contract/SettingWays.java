package io.blazedb.tck.contract;

import static io.blazedb.tck.contract.WaysToWrite.ALL;
import static io.blazedb.tck.contract.WaysToWrite.TABLE;

import io.blazedb.tck.contract.WayToWrite.Trait;
import java.util.List;
import java.util.stream.Stream;

/** Writing around statements that act on the database as a whole: they must not take committed rows away. */
final class SettingWays {
    private static final List<String> STATEMENTS = List.of(
            "CHECKPOINT",
            "CHECKPOINT SYNC",
            "ANALYZE",
            "SET WRITE_DELAY 5000",
            "SET RETENTION_TIME 0",
            "SET REFERENTIAL_INTEGRITY FALSE",
            "SET REFERENTIAL_INTEGRITY TRUE",
            "SET EXCLUSIVE 1",
            "SET DB_CLOSE_DELAY 0",
            "SET CLUSTER ''",
            "SET MAX_LOG_SIZE 16",
            "SET CACHE_SIZE 1000",
            "SET LOCK_MODE 3",
            "SET MODE PostgreSQL",
            "SET IGNORECASE TRUE");

    private SettingWays() {}

    static List<WayToWrite> all() {
        return Stream.concat(
                        STATEMENTS.stream().map(SettingWays::around),
                        Stream.of(WayToWrite.sql(
                                        "shutdown",
                                        TABLE,
                                        List.of("INSERT INTO T VALUES(1, 'a')", "SHUTDOWN"),
                                        ALL,
                                        "1|a")
                                .with(Trait.MAY_BE_REFUSED, Trait.CLOSES)))
                .toList();
    }

    private static WayToWrite around(String statement) {
        List<String> undo = statement.startsWith("SET EXCLUSIVE") ? List.of("SET EXCLUSIVE 0") : List.of("SELECT 1");
        List<String> action = Stream.of(
                        List.of("INSERT INTO T VALUES(1, 'a')", statement, "INSERT INTO T VALUES(2, 'b')"), undo)
                .flatMap(List::stream)
                .toList();
        return WayToWrite.sql(statement, TABLE, action, ALL, "1|a", "2|b").with(Trait.MAY_BE_REFUSED);
    }
}
