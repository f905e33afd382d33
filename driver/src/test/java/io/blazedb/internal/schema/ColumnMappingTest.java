package io.blazedb.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.sync.TableDefinition;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class ColumnMappingTest {
    @Test
    void columnsAreFoundByNameWhateverTheirOrder() throws SQLException {
        try (Database here = new Database();
                Database there = new Database()) {
            TableDefinition theirs = there.run(
                            "CREATE TABLE T (ID INT PRIMARY KEY, A INT, NEWER INT, G INT AS (A + 1), \"a\" INT)")
                    .read("T");
            here.run("CREATE TABLE T (\"a\" INT, G INT AS (A + 1), OLDER INT, A INT, ID INT PRIMARY KEY)");

            ColumnMapping mapping = ColumnMapping.of(theirs, here.table("T"));

            assertThat(mapping.count()).isEqualTo(5);
            assertThat(mapping.localColumn(0)).isEqualTo(4);
            assertThat(mapping.localColumn(1)).isEqualTo(3);
            assertThat(mapping.localColumn(4)).isEqualTo(0);
            assertThat(mapping.unknown()).containsExactly(2);
            assertThat(mapping.isKnown(2)).isFalse();
            assertThat(mapping.isGenerated(3)).isTrue();
            assertThat(mapping.isGenerated(1)).isFalse();
        }
    }

    @Test
    void anUnknownColumnHasNoPlace() throws SQLException {
        try (Database here = new Database();
                Database there = new Database()) {
            TableDefinition theirs = there.run("CREATE TABLE T (A INT, B INT)").read("T");
            ColumnMapping mapping =
                    ColumnMapping.of(theirs, here.run("CREATE TABLE T (A INT)").table("T"));

            assertThatThrownBy(() -> mapping.localColumn(1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("column 1 of table T");
        }
    }

    @Test
    void namesAreComparedAsTheDatabaseDoes() throws SQLException {
        try (Database here = new Database("CASE_INSENSITIVE_IDENTIFIERS=TRUE");
                Database there = new Database()) {
            TableDefinition theirs = there.run("CREATE TABLE T (\"Name\" INT)").read("T");
            here.run("CREATE TABLE T (NAME INT)");

            assertThat(ColumnMapping.of(theirs, here.table("T")).unknown()).isEmpty();
        }
    }
}
