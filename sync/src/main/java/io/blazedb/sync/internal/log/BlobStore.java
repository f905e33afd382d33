package io.blazedb.sync.internal.log;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Large values that records name instead of containing them. They live in files of their own beside the segments, and
 * go with the records: a file is deleted when the last record that names something in it was trimmed.
 *
 * <p>The order for a transaction: {@link #write} each value, {@link #force} once, append the record, and {@link
 * #named} for each value; or {@link #forget} if there will be no record. A power cut after the append finds every value
 * then. What a crash leaves undecided is kept until the log is trimmed beyond where it ended.
 *
 * <p>Safe for several threads. Writers take turns, so a stream must not wait for another blob. Interrupts disturb
 * nothing. A failed write is the caller's alone; a failed force stops the log.
 */
public final class BlobStore {
    /** A file larger than this takes no further blob; one blob may be larger. */
    private static final long FILE_BYTES = 16L << 20;

    private final LogDirectory directory;
    private final LogThread thread;
    private final LogHealth health;
    private final LongSupplier endLsn;
    private final @Nullable LogKey key;
    private final ConcurrentSkipListMap<Long, BlobFile> files = new ConcurrentSkipListMap<>();
    /** Who comes second waits until the first is done: its blob may be among what is being forced. */
    private final Object forcing = new Object();

    private @Nullable BlobFile active;
    private long lastNumber;

    BlobStore(LogDirectory directory, LogThread thread, LogHealth health, LongSupplier endLsn, @Nullable LogKey key) {
        this.directory = directory;
        this.thread = thread;
        this.health = health;
        this.endLsn = endLsn;
        this.key = key;
    }

    /** Finds the files of earlier runs, and deletes those that no record of the log can name any more. */
    void openAll(long firstLsn) throws IOException {
        for (String fileName : directory.list()) {
            if (BlobLayout.Name.isOne(fileName)) {
                BlobLayout.Name name = BlobLayout.Name.of(fileName);
                long bound = name.bound() == BlobLayout.Name.UNKNOWN ? endLsn.getAsLong() : name.bound();
                lastNumber = Math.max(lastNumber, name.number());
                DataFile data = thread.call(() -> directory.openData(fileName));
                files.put(name.number(), BlobFile.existing(data, name, bound, key));
            }
        }
        trim(firstLsn);
    }

    /** Writes all that the stream has. It is durable after the next {@link #force}. */
    public synchronized BlobId write(InputStream content) throws IOException {
        health.requireUsable();
        BlobFile file = active;
        if (file == null || file.size() > FILE_BYTES) {
            file = create();
            active = file;
        }
        return file.write(content);
    }

    /**
     * The content of a blob; a damaged one ends in a {@link LogCorruptedException}.
     *
     * @throws LogCorruptedException if its file is not there
     */
    public InputStream read(BlobId id) {
        return new BlobInputStream(file(id), id);
    }

    /** Makes everything durable that was written. */
    public void force() {
        synchronized (forcing) {
            health.requireUsable();
            try {
                boolean forced = false;
                for (BlobFile file : files.values()) {
                    forced |= file.force();
                }
                if (forced) {
                    thread.call(this::forceNames);
                }
            } catch (IOException e) {
                throw health.fail(e);
            }
        }
    }

    private boolean forceNames() throws IOException {
        directory.force();
        return true;
    }

    /** The record at this LSN, and none after it, names the blob. */
    public void named(BlobId id, long lsn) {
        file(id).decided(lsn);
    }

    /** No record will name the blob. */
    public void forget(BlobId id) {
        file(id).decided(-1);
    }

    /** Deletes the files that only records below this LSN name. */
    synchronized void trim(long lsn) throws IOException {
        for (BlobFile file : files.values()) {
            if (file.isUnusedBelow(lsn)) {
                if (active != null && active.equals(file)) {
                    active = null;
                }
                files.remove(file.name().number());
                file.close();
                directory.delete(file.name().toString());
            }
        }
    }

    /** Writes down in the names of the files what is known. */
    synchronized void close() throws IOException {
        trim(0);
        active = null;
        for (Map.Entry<Long, BlobFile> entry : files.entrySet()) {
            BlobFile file = entry.getValue();
            file.close();
            String name = file.name().toString();
            String finalName = file.finalName().toString();
            if (!name.equals(finalName)) {
                directory.rename(name, finalName);
            }
        }
        files.clear();
    }

    /** Its number grows with the log, so that it is never used again. */
    private BlobFile create() throws IOException {
        lastNumber = Math.max(lastNumber + 1, endLsn.getAsLong());
        long number = lastNumber;
        String name = new BlobLayout.Name(number, BlobLayout.Name.UNKNOWN).toString();
        BlobFile file = thread.call(() -> BlobFile.create(directory.openData(name), number, key));
        files.put(number, file);
        return file;
    }

    private BlobFile file(BlobId id) {
        BlobFile file = files.get(id.file());
        if (file == null) {
            BlobLayout.Name name = new BlobLayout.Name(id.file(), BlobLayout.Name.UNKNOWN);
            throw BlobLayout.damaged(name, id.position(), "the file is not there; only a trim of the log deletes it");
        }
        return file;
    }

    /** The directory. */
    @Override
    public String toString() {
        return directory.toString();
    }
}
