package io.blazedb.tck.contract;

import java.util.List;
import java.util.stream.Stream;

/** Every way to write that is known: tests of visibility, of crashes and of synchronisation run each of them. */
public final class WaysToWrite {
    static final List<String> TABLE = List.of("CREATE TABLE T(ID INT PRIMARY KEY, NOTE VARCHAR(40))");
    static final String ALL = "SELECT ID, NOTE FROM T ORDER BY ID";

    private WaysToWrite() {}

    public static List<WayToWrite> all() {
        return Stream.of(StatementWays.all(), JdbcWays.all(), HiddenWays.all(), SchemaWays.all(), SettingWays.all())
                .flatMap(List::stream)
                .toList();
    }
}
