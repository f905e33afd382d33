package io.blazedb.internal.hub;

import io.blazedb.SqlState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * Where the parts of a hub are:
 *
 * <pre>
 * hub.properties         the settings; a directory without it is no hub
 * hub.lock               held by the one process that owns the directory
 * hub.sock               where the running hub takes commands
 * tokens                 who may enrol
 * keys/                  the hub's private keys
 * databases/NAME/        one directory a database
 *   database.properties    its mode; a directory without it was not finished
 *   frames/, contents/     of a blind one: what it keeps for its members
 *   NAME.mv.db, NAME.blaze of a smart one: an ordinary database
 * </pre>
 *
 * <p>All of it is for its owner alone.
 */
public record HubDirectory(Path root) {
    /** What a Unix socket's name may have: 108 with its end on Linux, 104 on others. */
    private static final int SOCKET_BYTES_MAX = 103;

    /** The hub in this directory. */
    public static HubDirectory open(Path data) throws SQLException {
        HubDirectory directory = new HubDirectory(data.toAbsolutePath().normalize());
        if (!Files.exists(directory.settingsFile())) {
            throw SqlState.HUB.error("No hub is in " + directory.root() + ": "
                    + directory.settingsFile().getFileName() + " is not there. Remedy: hub init --data " + data);
        }
        return directory;
    }

    /** Makes the directory of a new hub, but for its keys. What is there of one that was not finished is used. */
    static HubDirectory make(Path data) throws SQLException {
        HubDirectory directory = new HubDirectory(data.toAbsolutePath().normalize());
        directory.requireUsableName();
        try {
            if (Files.exists(directory.settingsFile())) {
                throw SqlState.HUB.error("A hub is in " + directory.root() + " already (expected: an empty directory)");
            }
            PrivateFiles.makeDirectory(directory.root());
            PrivateFiles.makeDirectory(directory.keys());
            PrivateFiles.makeDirectory(directory.databases());
        } catch (IOException e) {
            throw directory.failed(directory.root(), e);
        }
        return directory;
    }

    private void requireUsableName() throws SQLException {
        int bytes = socket().toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > SOCKET_BYTES_MAX) {
            throw SqlState.HUB.error("The name of the socket " + socket() + " has " + bytes + " bytes (expected: <= "
                    + SOCKET_BYTES_MAX + "). Remedy: a directory with a shorter name");
        }
        if (root.toString().indexOf(';') >= 0) {
            throw SqlState.HUB.error("The directory " + root + " has a semicolon in its name (expected: none)");
        }
    }

    Path settingsFile() {
        return root.resolve("hub.properties");
    }

    Path lockFile() {
        return root.resolve("hub.lock");
    }

    Path socket() {
        return root.resolve("hub.sock");
    }

    Path tokens() {
        return root.resolve("tokens");
    }

    /** Where the hub's private keys are. */
    public Path keys() {
        return root.resolve("keys");
    }

    Path databases() {
        return root.resolve("databases");
    }

    SQLException failed(Path file, IOException cause) {
        return SqlState.STORAGE.error(file + " cannot be read or written: " + cause.getMessage(), cause);
    }
}
