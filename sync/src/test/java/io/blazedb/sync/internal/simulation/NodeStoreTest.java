package io.blazedb.sync.internal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.Dependency;
import io.blazedb.sync.Life;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Role;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.internal.session.Marks;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The model's own promise: its marks tell operations apart. */
class NodeStoreTest {
    private static final OriginId ORIGIN = new OriginId(1, 1);
    private static final OriginId OTHER = new OriginId(2, 1);
    private static final OriginId SEVENTH = new OriginId(1, 7);

    @Test
    void everyPartOfAnOperationIsInItsMark() throws IOException {
        Life life = new Life(Stamp.ZERO, 2);
        Life byServer = new Life(new Stamp(7, ORIGIN), 2);
        Dependency cause = new Dependency(OTHER, 1);
        List<ChangeSet> operations = List.of(
                deletion(ORIGIN, 1, 7, Role.SERVER, life),
                deletion(OTHER, 1, 7, Role.SERVER, life),
                deletion(ORIGIN, 2, 7, Role.SERVER, life),
                deletion(ORIGIN, 1, 6, Role.SERVER, life),
                deletion(SEVENTH, 1, 1, Role.SERVER, life),
                deletion(ORIGIN, 1, 7, Role.CLIENT, life),
                deletion(ORIGIN, 1, 7, Role.SERVER, byServer),
                deletion(ORIGIN, 1, 7, Role.SERVER, new Life(Stamp.ZERO, 4)),
                deletion(ORIGIN, 1, 7, Role.SERVER, life, cause));

        try (NodeStore store = new NodeStore(new SimulatedDisk(), Faults.NONE, new Ledger(1, false))) {
            assertThat(operations.stream().map(each -> store.after(Marks.START, each)))
                    .doesNotHaveDuplicates();
            assertThat(operations.stream().map(each -> store.after(1, each)))
                    .doesNotContainAnyElementsOf(operations.stream()
                            .map(each -> store.after(Marks.START, each))
                            .toList());
        }
    }

    private static ChangeSet deletion(OriginId origin, long seq, long hlc, Role role, Life life, Dependency... causes) {
        RowChange change = RowChange.delete(1, new byte[] {3}, life);
        return new ChangeSet(origin, seq, hlc, role, List.of(causes), List.of(), List.of(change));
    }
}
