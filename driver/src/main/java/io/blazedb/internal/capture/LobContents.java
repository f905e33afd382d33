package io.blazedb.internal.capture;

import java.util.Arrays;
import org.h2.engine.Database;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.db.LobStorageMap;
import org.h2.mvstore.db.LobStorageMap.BlobMeta;
import org.h2.value.ValueLob;
import org.h2.value.lob.LobDataDatabase;
import org.h2.value.lob.LobDataInMemory;

/**
 * Tells whether a large object of a row is the one that the row had before, without reading it. H2 gives it another
 * number whenever its row is written, but the copy shares the stored bytes. Safe for use by several threads.
 */
final class LobContents {
    private final MVMap<Long, BlobMeta> stored;

    LobContents(Database database) {
        this.stored = LobStorageMap.openLobMap(database.getStore().getTransactionStore());
    }

    /** Two objects that were written apart may be alike and are not the same. */
    boolean same(ValueLob one, ValueLob other) {
        if (one.getValueType() != other.getValueType() || one.octetLength() != other.octetLength()) {
            return false;
        }
        if (one.getLobData() instanceof LobDataInMemory a && other.getLobData() instanceof LobDataInMemory b) {
            return Arrays.equals(a.getSmall(), b.getSmall());
        }
        return one.getLobData() instanceof LobDataDatabase a
                && other.getLobData() instanceof LobDataDatabase b
                && (a.getLobId() == b.getLobId() || shareBytes(a, b));
    }

    private boolean shareBytes(LobDataDatabase one, LobDataDatabase other) {
        BlobMeta a = stored.get(one.getLobId());
        BlobMeta b = stored.get(other.getLobId());
        return a != null && b != null && Arrays.equals(a.streamStoreId, b.streamStoreId);
    }
}
