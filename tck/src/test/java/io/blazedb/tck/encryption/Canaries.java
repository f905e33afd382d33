package io.blazedb.tck.encryption;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Texts that are planted in a database, and the search for them in every byte of every file. Used by one thread. */
final class Canaries {
    private static final List<Charset> FORMS =
            List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE);

    private final Set<String> texts;
    private final Set<String> found = new TreeSet<>();
    private int files;

    Canaries(String... texts) {
        this.texts = new TreeSet<>(List.of(texts));
    }

    /** Looks at all files of the folder as they are now, whatever their names. */
    void search(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            walk.filter(Files::isRegularFile).forEach(this::look);
        }
    }

    /** Those of the files that H2 makes for large results. */
    void searchTemporaryFiles() throws IOException {
        try (Stream<Path> list = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            list.filter(file -> file.getFileName().toString().startsWith("h2tmp"))
                    .forEach(this::look);
        }
    }

    private void look(Path file) {
        try {
            String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            files++;
            for (String text : texts) {
                for (Charset form : FORMS) {
                    if (bytes.contains(new String(text.getBytes(form), StandardCharsets.ISO_8859_1))) {
                        found.add(text);
                    }
                }
            }
        } catch (NoSuchFileException e) {
            return; // a temporary file of somebody else, gone by now
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Set<String> all() {
        return texts;
    }

    Set<String> found() {
        return found;
    }

    int files() {
        return files;
    }
}
