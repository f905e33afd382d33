package io.blazedb.tck.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.tck.SyncNetwork;
import io.blazedb.tck.SyncedDatabase;
import io.blazedb.tck.SyncedDatabases;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@SyncNetwork(
        databases = 3,
        schema = {"CREATE TABLE T(ID BIGINT PRIMARY KEY, NAME VARCHAR(20) UNIQUE)", "INSERT INTO T VALUES(1, 'one')"})
class SyncNetworkTest {
    private static final String ALL = "SELECT * FROM T ORDER BY ID";

    @Test
    void allBeginWithTheSame(SyncedDatabases network) throws SQLException {
        network.assertConverged();

        for (SyncedDatabase database : network.all()) {
            assertThat(database.rows(ALL)).as(database.name()).containsExactly("1|one");
        }
    }

    @Test
    void aCutLineHoldsBackAndAHealedOneDelivers(SyncedDatabases network) throws SQLException {
        network.isolate(3);
        network.at(1).execute("INSERT INTO T VALUES(2, 'two')");
        network.at(3).execute("INSERT INTO T VALUES(3, 'two')");
        network.at(2).execute("SYNC WITH N1");

        assertThat(network.at(2).rows(ALL)).containsExactly("1|one", "2|two");
        assertThat(network.at(3).rows(ALL)).containsExactly("1|one", "3|two");
        assertThat(network.at(3).rows("SELECT DISTINCT STATE FROM BLAZE.CONNECTIONS WHERE 'N3' IN (SOURCE, TARGET)"))
                .containsExactly("OFFLINE");
        assertThatThrownBy(() -> network.at(3).execute("SYNC TIMEOUT 0")).isInstanceOf(SQLException.class);

        network.heal();
        network.assertConverged();
        // Within one millisecond either may be the first to claim the name; all agree which.
        assertThat(network.at(3).rows(ALL)).hasSize(2).containsAnyOf("2|two", "3|two");
        assertThat(network.at(3).rows("SELECT KIND, STATUS FROM BLAZE.CONFLICTS"))
                .containsExactly("UNIQUE|HIDDEN");
    }

    @Test
    void oneWayIsCutAndTheOtherIsNot(SyncedDatabases network) throws SQLException {
        network.cutOneWay(1, 2);
        network.cutOneWay(1, 3);
        network.at(1).execute("INSERT INTO T VALUES(2, 'from one')");
        network.at(2).execute("INSERT INTO T VALUES(3, 'from two')");
        network.at(3).execute("SYNC WITH N2");

        assertThat(network.at(3).rows(ALL)).containsExactly("1|one", "3|from two");
        network.heal();
        network.assertConverged();
    }

    @Test
    void aDelayedLineDeliversLater(SyncedDatabases network) throws SQLException {
        Duration delay = Duration.ofMillis(300);
        network.delay(1, 2, delay);
        network.cut(1, 3);
        long before = System.nanoTime();
        network.at(1).execute("INSERT INTO T VALUES(2, 'two')", "SYNC WITH N2");

        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before)).isGreaterThanOrEqualTo(300);
        assertThat(network.at(2).rows(ALL)).containsExactly("1|one", "2|two");
    }

    @Test
    @SyncNetwork(databases = 2, pattern = "HUB AND SPOKE HUB N1", servers = 1)
    void aMethodMayHaveANetworkOfItsOwn(SyncedDatabases network) throws SQLException {
        assertThat(network.all()).hasSize(2);
        assertThat(network.at(1).rows("SELECT NODE, ROLE FROM BLAZE.NODES ORDER BY NODE"))
                .containsExactly("N1|SERVER", "N2|CLIENT");
    }

    @Test
    void differencesAreNamed(SyncedDatabases network) throws SQLException {
        network.at(2).execute("CREATE TABLE U(A INT)");

        assertThatThrownBy(network::assertConverged)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("U");
    }
}
