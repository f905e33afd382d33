package io.blazedb.sync.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.Dependency;
import io.blazedb.sync.Life;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Role;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.VersionVector;
import io.blazedb.sync.WrittenVersions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** V2: nobody can name a server write that it has not seen. */
class FenceCheckTest {
    private static final OriginId SERVER = new OriginId(1, 1);
    private static final OriginId CLIENT = new OriginId(2, 2);
    private static final long SEEN = 3;

    /** The n-th transaction of every origin has the clock reading 100 n. */
    private static final OriginHistory HISTORY = new OriginHistory() {
        @Override
        public Role role(OriginId origin) {
            return origin.equals(SERVER) ? Role.SERVER : Role.CLIENT;
        }

        @Override
        public long hlc(OriginId origin, long seq) {
            return 100 * seq;
        }
    };

    @Test
    void noFenceIsRight() {
        assertThat(isForged(CLIENT, Stamp.ZERO, Stamp.ZERO)).isFalse();
    }

    @Test
    void aServersOwnStampIsRightAndAClientsIsNot() {
        assertThat(isForged(SERVER, new Stamp(900, SERVER), new Stamp(900, SERVER)))
                .isFalse();
        assertThat(isForged(CLIENT, new Stamp(900, CLIENT), Stamp.ZERO)).isTrue();
        assertThat(isForged(CLIENT, Stamp.ZERO, new Stamp(900, CLIENT))).isTrue();
    }

    @Test
    void aServerWriteThatWasSeenIsRight() {
        assertThat(isForged(CLIENT, new Stamp(300, SERVER), new Stamp(200, SERVER)))
                .isFalse();
    }

    @Test
    void aServerWriteThatWasNotSeenIsForged() {
        assertThat(isForged(CLIENT, new Stamp(301, SERVER), Stamp.ZERO)).isTrue();
        assertThat(isForged(CLIENT, Stamp.ZERO, new Stamp(301, SERVER))).isTrue();
        assertThat(isForged(CLIENT, Stamp.ZERO, new Stamp(-1, SERVER))).isTrue();
    }

    @Test
    void aFenceOfAClientOrOfAStrangerIsForged() {
        assertThat(isForged(CLIENT, new Stamp(100, new OriginId(3, 3)), Stamp.ZERO))
                .isTrue();
        assertThat(isForged(SERVER, Stamp.ZERO, new Stamp(100, CLIENT))).isTrue();
    }

    @Test
    void theFenceOfADeleteIsCheckedToo() {
        RowChange delete = RowChange.delete(1, new byte[] {1}, new Life(new Stamp(400, SERVER), 2));

        assertThat(forged(CLIENT, delete)).isTrue();
    }

    private static boolean isForged(OriginId author, Stamp lifeFence, Stamp columnFence) {
        return forged(
                author,
                new RowChange(
                        1,
                        new byte[] {1},
                        RowChange.Kind.UPDATE,
                        new Life(lifeFence, 1),
                        new int[] {0, 2},
                        WrittenVersions.each(new Stamp[] {Stamp.ZERO, columnFence}, new long[] {1, 1}),
                        new byte[][] {{1}, {1}}));
    }

    private static boolean forged(OriginId author, RowChange change) {
        VersionVector dependencies =
                VersionVector.of(List.of(new Dependency(SERVER, SEEN), new Dependency(CLIENT, SEEN)));
        ChangeSet changeSet =
                new ChangeSet(author, 9, 900, HISTORY.role(author), List.of(), List.of(), List.of(change));
        return FenceCheck.forgedFence(changeSet, dependencies, HISTORY).isPresent();
    }
}
