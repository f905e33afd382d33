package io.blazedb.tck.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Copies of a database's files, and how they are put back. The database is closed meanwhile, unless a test says so. */
final class Backup {
    private final Path copies;

    private Backup(Path copies) {
        this.copies = copies;
    }

    /** Copies all files of a database. */
    static Backup of(Path folder, String name) throws IOException {
        Path copies = Files.createTempDirectory(folder, "backup-");
        Backup backup = new Backup(copies);
        copy(file(folder, name), file(copies, name));
        copy(log(folder, name), log(copies, name));
        return backup;
    }

    /** As {@link #of}, and leaves something in the place of the file that nobody can open. */
    static Backup hiding(Path folder, String name) throws IOException {
        Backup hidden = of(folder, name);
        delete(file(folder, name));
        Files.createDirectory(file(folder, name));
        return hidden;
    }

    static Path file(Path folder, String name) {
        return folder.resolve(name + ".mv.db");
    }

    static Path log(Path folder, String name) {
        return folder.resolve(name + ".blaze");
    }

    /** Puts H2's file and the log back, as when a disk is put back: the file system sees the directories it had. */
    void restore(Path folder, String name) throws IOException {
        restoreFile(folder, name);
        for (Path path : walk(log(folder, name))) {
            if (!path.equals(log(folder, name))) {
                Files.delete(path);
            }
        }
        Files.createDirectories(log(folder, name));
        for (Path path : walk(log(copies, name))) {
            Path relative = log(copies, name).relativize(path);
            if (!path.equals(log(copies, name))) {
                Files.copy(path, log(folder, name).resolve(relative), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    void restoreFile(Path folder, String name) throws IOException {
        delete(file(folder, name));
        copy(file(copies, name), file(folder, name));
    }

    void restoreLog(Path folder, String name) throws IOException {
        delete(log(folder, name));
        copy(log(copies, name), log(folder, name));
    }

    /** Puts both back as copies in the place of what is there: the log has a directory of its own. */
    void replace(Path folder, String name) throws IOException {
        restoreFile(folder, name);
        Path fresh = folder.resolve(name + ".fresh");
        copy(log(copies, name), fresh);
        delete(log(folder, name));
        Files.move(fresh, log(folder, name));
    }

    /** Puts a copy of the files in another place. */
    void restoreAs(Path folder, String name, String newName) throws IOException {
        copy(file(copies, name), file(folder, newName));
        copy(log(copies, name), log(folder, newName));
    }

    static void copy(Path from, Path to) throws IOException {
        for (Path path : walk(from)) {
            Path target = to.resolve(from.relativize(path).toString());
            Files.copy(path, from.equals(path) ? to : target, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    static void delete(Path root) throws IOException {
        for (Path path : walk(root).stream().sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(path);
        }
    }

    private static List<Path> walk(Path root) throws IOException {
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.toList();
        }
    }
}
