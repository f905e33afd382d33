package io.blazedb.internal.hub;

import io.blazedb.sync.Role;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A line of the file of tokens: {@code <check sum> <what> <id> ...}, single spaces between. The check sum is the
 * CRC-32C of the check sum of the line before and of what follows it, in eight hexadecimal digits.
 */
sealed interface TokenLine {
    int CRC_DIGITS = 8;

    String id();

    /** The line without its check sum. */
    String content();

    /** {@code issue <id> <verifier> <database> <user> <role> <member|admin> <grant|none> <created> <expires>}. */
    record Issued(TokenEntry entry, String verifier) implements TokenLine {
        static final int PARTS = 10;

        @Override
        public String id() {
            return entry.id();
        }

        @Override
        public String content() {
            return String.join(
                    " ",
                    "issue",
                    entry.id(),
                    verifier,
                    entry.database(),
                    entry.user(),
                    entry.role().name().toLowerCase(Locale.ROOT),
                    entry.admin() ? "admin" : "member",
                    entry.grant() ? "grant" : "none",
                    Long.toString(entry.createdMillis()),
                    Long.toString(entry.expiresMillis()));
        }

        /** Without its verifier. */
        @Override
        public String toString() {
            return "issue " + entry;
        }

        static Issued of(String[] parts) {
            TokenEntry entry = new TokenEntry(
                    parts[1],
                    parts[3],
                    parts[4],
                    Role.valueOf(parts[5].toUpperCase(Locale.ROOT)),
                    parts[6].equals("admin"),
                    parts[7].equals("grant"),
                    Long.parseLong(parts[8]),
                    Long.parseLong(parts[9]),
                    TokenEntry.State.OPEN,
                    "");
            return new Issued(entry, parts[2]);
        }
    }

    /** {@code use <id> <node> <when>}. */
    record Used(String id, String node, long millis) implements TokenLine {
        static final int PARTS = 4;

        @Override
        public String content() {
            return "use " + id + " " + node + " " + millis;
        }
    }

    /** {@code revoke <id> <when>}. */
    record Revoked(String id, long millis) implements TokenLine {
        static final int PARTS = 3;

        @Override
        public String content() {
            return "revoke " + id + " " + millis;
        }
    }

    /** The whole line after one with this check sum. */
    default String text(int before) {
        return String.format("%08x %s", crc(before, content()), content());
    }

    /** What the line says, if its check sum holds. */
    static Optional<TokenLine> read(String line, int before) {
        if (!line.matches("[0-9a-f]{8} .+")) {
            return Optional.empty();
        }
        String content = line.substring(CRC_DIGITS + 1);
        return chain(line) == crc(before, content) ? parse(content.split(" ", -1)) : Optional.empty();
    }

    /** The check sum that a line has. */
    static int chain(String line) {
        return Integer.parseUnsignedInt(line.substring(0, CRC_DIGITS), 16);
    }

    private static Optional<TokenLine> parse(String[] parts) {
        try {
            return switch (parts[0] + " " + parts.length) {
                case "issue " + Issued.PARTS -> Optional.of(Issued.of(parts));
                case "use " + Used.PARTS -> Optional.of(new Used(parts[1], parts[2], Long.parseLong(parts[3])));
                case "revoke " + Revoked.PARTS -> Optional.of(new Revoked(parts[1], Long.parseLong(parts[2])));
                default -> Optional.empty();
            };
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static int crc(int before, String content) {
        CRC32C crc = new CRC32C();
        crc.update(Integer.toHexString(before).getBytes(StandardCharsets.US_ASCII));
        crc.update(content.getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }
}
