package io.blazedb.sync.internal.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** One line of a file of vectors: {@code name=value} with bytes in hexadecimal digits. */
record Vector(Map<String, String> fields) {
    /** Those of a file beside this class. */
    static List<Vector> ofResource(String name) throws IOException {
        try (InputStream stream = Vector.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IOException("no file of vectors named " + name);
            }
            return parse(new String(stream.readAllBytes(), StandardCharsets.US_ASCII));
        }
    }

    /** Those of a file that {@code reduce.py} wrote. */
    static List<Vector> ofFile(Path file) throws IOException {
        return parse(Files.readString(file, StandardCharsets.US_ASCII));
    }

    private static List<Vector> parse(String text) {
        return text.lines().map(Vector::ofLine).toList();
    }

    private static Vector ofLine(String line) {
        Map<String, String> fields = new HashMap<>();
        for (String field : line.split(" ", -1)) {
            int equals = field.indexOf('=');
            fields.put(field.substring(0, equals), field.substring(equals + 1));
        }
        return new Vector(Map.copyOf(fields));
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    String text(String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no field " + name + " in " + fields.keySet());
        }
        return value;
    }

    byte[] bytes(String name) {
        return HexFormat.of().parseHex(text(name));
    }

    int number(String name) {
        return Integer.parseInt(text(name));
    }

    boolean isValid() {
        return text("result").equals("valid");
    }
}
