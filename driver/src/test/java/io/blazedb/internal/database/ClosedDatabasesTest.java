package io.blazedb.internal.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.internal.jdbc.url.UrlParser;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing of a database stays in memory when it is closed, in no thread that has used it. */
class ClosedDatabasesTest {
    private static final long WAIT_NANOS_MAX = TimeUnit.SECONDS.toNanos(60);

    @TempDir
    Path folder;

    @Test
    void whatWasClosedIsForgotten() throws Exception {
        List<WeakReference<BlazeDatabase>> closed = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            closed.add(writeTo("jdbc:blaze:" + folder.resolve("db" + i)));
        }
        closed.add(writeTo("jdbc:blaze:mem:gone"));

        long end = System.nanoTime() + WAIT_NANOS_MAX;
        while (closed.stream().anyMatch(one -> one.get() != null) && System.nanoTime() < end) {
            System.gc();
        }
        assertThat(closed).allMatch(one -> one.get() == null);
    }

    private static WeakReference<BlazeDatabase> writeTo(String url) throws Exception {
        Properties user = new Properties();
        user.setProperty("user", "sa");
        user.setProperty("password", "");
        try (Connection connection = DriverManager.getConnection(url, user);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE T(ID INT PRIMARY KEY, NOTE VARCHAR(20))");
            statement.execute("INSERT INTO T VALUES(1, 'one')");
            DatabaseSession session = (DatabaseSession) Databases.open().open(UrlParser.parse(url, user));
            WeakReference<BlazeDatabase> database = new WeakReference<>(session.database());
            session.close();
            return database;
        }
    }
}
