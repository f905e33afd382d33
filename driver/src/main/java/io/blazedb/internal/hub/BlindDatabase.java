package io.blazedb.internal.hub;

import io.blazedb.SqlState;
import io.blazedb.sync.FrameStore;
import io.blazedb.sync.FrameStoreFailedException;
import io.blazedb.sync.FrameStoreLimits;
import io.blazedb.sync.FrameStoreUsage;
import io.blazedb.sync.internal.crypto.DatabaseMode;
import io.blazedb.sync.internal.log.FileLogDirectory;
import io.blazedb.sync.internal.log.LogOptions;
import io.blazedb.sync.internal.store.LogFrameStore;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** A database that the hub keeps for its members without being able to read it. Safe for several threads. */
public final class BlindDatabase implements HubDatabase {
    private final String name;
    private final FrameStore frames;

    private BlindDatabase(String name, FrameStore frames) {
        this.name = name;
        this.frames = frames;
    }

    static BlindDatabase open(String name, Path directory, FrameStoreLimits limits) throws SQLException {
        File disk = directory.toFile();
        try {
            return new BlindDatabase(
                    name,
                    LogFrameStore.open(
                            new FileLogDirectory(directory.resolve("frames")),
                            new FileLogDirectory(directory.resolve("contents")),
                            LogOptions.defaults(),
                            limits,
                            disk::getUsableSpace));
        } catch (IOException | FrameStoreFailedException e) {
            throw SqlState.STORAGE.error("Database " + name + " cannot be opened: " + e.getMessage(), e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public DatabaseMode mode() {
        return DatabaseMode.BLIND;
    }

    /** What its members gave it to keep. */
    public FrameStore frames() {
        return frames;
    }

    @Override
    public long bytes() {
        FrameStoreUsage usage = frames.usage();
        return usage.logBytes() + usage.contentBytes();
    }

    @Override
    public void close() throws SQLException {
        try {
            frames.close();
        } catch (FrameStoreFailedException e) {
            throw SqlState.STORAGE.error("Database " + name + " could not be closed in order: " + e.getMessage(), e);
        }
    }
}
