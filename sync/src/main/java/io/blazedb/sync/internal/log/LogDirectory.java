package io.blazedb.sync.internal.log;

import java.io.IOException;
import java.util.List;

/**
 * The place where a log keeps its files: a directory of the disk, or memory.
 *
 * <p>The log calls {@link #create}, {@link #open}, {@link #extend}, {@link #openData} and {@link #force} on its own
 * threads only, which nobody interrupts; an implementation may use interruptible channels there and nowhere else. Safe
 * for several threads.
 */
public interface LogDirectory {
    /** The names of all files; empty if the directory does not exist yet. */
    List<String> list() throws IOException;

    /**
     * Makes a file of zeros whose space is allocated: writing into it cannot fail for want of space. The zeros are
     * durable after {@link LogFile#force}, the name after {@link #force}. A file that could not be made whole is not
     * left behind.
     */
    LogFile create(String name, int bytes) throws IOException;

    /** Opens a file with the size that it has. */
    LogFile open(String name) throws IOException;

    /** Fills a file that is too short up with zeros, and forces it. It must not be open. */
    void extend(String name, int bytes) throws IOException;

    /** Opens a file that grows at its end, and makes it if it is not there. */
    DataFile openData(String name) throws IOException;

    void rename(String from, String to) throws IOException;

    /** Deletes a file; a file that is not there is no error. */
    void delete(String name) throws IOException;

    /** Makes created, renamed and deleted names durable. */
    void force() throws IOException;
}
