package io.blazedb.sync.internal.net;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The name of a database as the path of a URL: {@code /} and the name, percent-encoded as UTF-8. Names are 1 to 64
 * letters, digits, {@code _}, {@code -} and {@code .}, begin with a letter, a digit or {@code _}, and are in Unicode's
 * normal form C: so no two names look the same, and none leads out of a folder.
 */
public final class DatabasePath {
    static final int NAME_LENGTH_MAX = 64;
    /** What the server itself answers to. */
    private static final Set<String> RESERVED = Set.of("health", "ready");

    private DatabasePath() {}

    /** Whether a database may have this name. */
    public static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= NAME_LENGTH_MAX
                && isBeginning(name.codePointAt(0))
                && name.codePoints().allMatch(DatabasePath::isPart)
                && Normalizer.isNormalized(name, Normalizer.Form.NFC)
                && !RESERVED.contains(name.toLowerCase(Locale.ROOT));
    }

    private static boolean isBeginning(int character) {
        return Character.isLetterOrDigit(character) || character == '_';
    }

    private static boolean isPart(int character) {
        return isBeginning(character)
                || character == '-'
                || character == '.'
                || Character.getType(character) == Character.NON_SPACING_MARK
                || Character.getType(character) == Character.COMBINING_SPACING_MARK;
    }

    static String encode(String name) {
        StringBuilder path = new StringBuilder("/");
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            if (b >= 0 && isPart(b)) {
                path.append((char) b);
            } else {
                path.append(String.format(Locale.ROOT, "%%%02X", b));
            }
        }
        return path.toString();
    }

    /** The name in a path; empty unless the path is the encoding of an allowed name and nothing else. */
    static Optional<String> decode(String path) {
        if (path.isEmpty() || path.charAt(0) != '/' || path.length() > 1 + 3 * 4 * NAME_LENGTH_MAX) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.allocate(path.length());
        for (int i = 1; i < path.length(); i++) {
            char character = path.charAt(i);
            if (character != '%') {
                if (character >= 128 || !isPart(character)) {
                    return Optional.empty();
                }
                bytes.put((byte) character);
                continue;
            }
            int value = i + 2 < path.length() ? hex(path.charAt(i + 1)) << 4 | hex(path.charAt(i + 2)) : -1;
            if (value < 0) {
                return Optional.empty();
            }
            bytes.put((byte) value);
            i += 2;
        }
        return named(bytes.flip());
    }

    private static int hex(char character) {
        return character < 128 ? Character.digit(character, 16) : -1;
    }

    private static Optional<String> named(ByteBuffer bytes) {
        try {
            String name = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            return isName(name) ? Optional.of(name) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
