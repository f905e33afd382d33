package io.blazedb.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sync.ColumnDefinition;
import io.blazedb.sync.ColumnDefinition.Source;
import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.TableDefinition.Action;
import io.blazedb.sync.TableDefinition.ForeignKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParentsFirstTest {
    @Test
    void parentsComeBeforeTheirChildren() {
        List<TableDefinition> tables = List.of(table("C", "B"), table("B", "A"), table("D"), table("A"));

        assertThat(names(tables)).containsExactly("A", "B", "C", "D");
    }

    @Test
    void aTableMayReferToItselfAndToOneThatIsNotThere() {
        assertThat(names(List.of(table("B", "B", "A"), table("A", "A", "ELSEWHERE"))))
                .containsExactly("A", "B");
    }

    @Test
    void tablesInACircleComeAfterParentsOutsideIt() {
        List<TableDefinition> tables =
                List.of(table("X", "A"), table("A", "B"), table("B", "C"), table("C", "A", "P"), table("P"));

        List<String> ordered = names(tables);

        assertThat(ordered).containsExactlyInAnyOrder("X", "A", "B", "C", "P");
        assertThat(ordered.get(0)).isEqualTo("P");
        assertThat(ordered.get(4)).isEqualTo("X");
    }

    @Test
    void allDefinitionsOfATableStay() {
        List<TableDefinition> tables = List.of(table("B"), table("A"), table("B", "A"), table("A", "P"), table("P"));

        assertThat(ParentsFirst.order(tables))
                .containsExactly(tables.get(4), tables.get(1), tables.get(3), tables.get(0), tables.get(2));
    }

    @Test
    void aVeryLongChainIsOrdered() {
        List<TableDefinition> chain = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            chain.add(table("T" + i, "T" + (i + 1)));
        }

        List<String> ordered = names(chain);

        assertThat(ordered.get(0)).isEqualTo("T49999");
        assertThat(ordered.get(49_999)).isEqualTo("T0");
    }

    private static List<String> names(List<TableDefinition> tables) {
        return ParentsFirst.order(tables).stream().map(TableDefinition::name).toList();
    }

    private static TableDefinition table(String name, String... parents) {
        List<ForeignKey> keys = Arrays.stream(parents)
                .map(parent -> new ForeignKey(
                        "", List.of(0), "PUBLIC", parent, List.of("ID"), Action.NO_ACTION, Action.NO_ACTION))
                .toList();
        return new TableDefinition(
                1,
                "PUBLIC",
                name,
                List.of(new ColumnDefinition("ID", "INTEGER", false, "", Source.WRITTEN)),
                List.of(0),
                List.of(),
                keys,
                List.of(),
                List.of());
    }
}
