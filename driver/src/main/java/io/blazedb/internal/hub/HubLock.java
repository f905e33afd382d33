package io.blazedb.internal.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says that this process owns the directory: the running hub for as long as it runs, a command while no hub runs. It
 * ends with the process, however that ends.
 */
final class HubLock implements AutoCloseable {
    /** Those of this JVM: to close any channel of a locked file would end the process's lock of it. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final HubDirectory directory;
    private final FileChannel channel;

    private HubLock(HubDirectory directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /** Empty if another process has it, or this one already. */
    static Optional<HubLock> tryTake(HubDirectory directory) throws SQLException {
        if (!OWN.add(directory.root())) {
            return Optional.empty();
        }
        boolean taken = false;
        try {
            PrivateFiles.makeFile(directory.lockFile());
            FileChannel channel = FileChannel.open(directory.lockFile(), StandardOpenOption.WRITE);
            try {
                taken = channel.tryLock() != null;
                if (taken) {
                    byte[] holder = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
                    channel.truncate(0);
                    channel.write(ByteBuffer.wrap(holder), 0);
                    return Optional.of(new HubLock(directory, channel));
                }
            } finally {
                if (!taken) {
                    channel.close();
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw directory.failed(directory.lockFile(), e);
        } finally {
            if (!taken) {
                OWN.remove(directory.root());
            }
        }
    }

    /** The process that has it, as far as can be told. */
    static String holder(HubDirectory directory) throws SQLException {
        if (OWN.contains(directory.root())) {
            return "process " + ProcessHandle.current().pid();
        }
        try {
            String pid = Files.readString(directory.lockFile(), StandardCharsets.US_ASCII);
            return pid.matches("[0-9]{1,10}") ? "process " + pid : "another process";
        } catch (IOException e) {
            throw directory.failed(directory.lockFile(), e);
        }
    }

    @Override
    public void close() throws SQLException {
        try {
            channel.close();
        } catch (IOException e) {
            throw directory.failed(directory.lockFile(), e);
        } finally {
            OWN.remove(directory.root());
        }
    }
}
