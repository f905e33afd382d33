package io.blazedb.tck.sync;

import io.blazedb.tck.contract.TypeCase;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Random values of every SQL type, as literals. */
final class RandomValue {
    private static final String LETTERS = "abcXYZ 0123'\u00e4\u00df\u4e2d\n\t%_\\\"";

    private RandomValue() {}

    /** Every type once, as it is declared. */
    static List<String> declarations() {
        return TypeCase.all().stream().map(TypeCase::declaration).distinct().toList();
    }

    static String of(String declaration, Random random) {
        if (random.nextInt(6) == 0) {
            return "NULL";
        }
        String word = declaration.split("[ (]", 2)[0];
        return switch (word) {
            case "BOOLEAN" -> random.nextBoolean() ? "TRUE" : "FALSE";
            case "TINYINT" -> String.valueOf((byte) random.nextInt());
            case "SMALLINT" -> String.valueOf((short) random.nextInt());
            case "BIGINT" -> "CAST(" + decimal(random, 18, 0) + " AS BIGINT)";
            case "NUMERIC" -> decimal(random, 28, random.nextInt(11));
            case "DECIMAL" -> decimal(random, 7, random.nextInt(3));
            case "DECFLOAT" -> random.nextInt(20) == 0 ? "CAST('-Infinity' AS DECFLOAT)" : decimal(random, 19, 9);
            case "REAL" -> floating(random, "REAL", String.valueOf(random.nextFloat() * 1000));
            case "DOUBLE", "FLOAT" -> floating(random, "DOUBLE PRECISION", String.valueOf(random.nextGaussian() * 1e9));
            case "DATE" -> "DATE '" + date(random) + "'";
            case "TIMESTAMP" ->
                declaration.endsWith("ZONE")
                        ? "TIMESTAMP WITH TIME ZONE '%s %s%s'".formatted(date(random), time(random), zone(random))
                        : "TIMESTAMP '%s %s'".formatted(date(random), time(random));
            case "CHAR" -> "'" + text(random, 5) + "'";
            case "VARCHAR", "VARCHAR_IGNORECASE" -> declaration.endsWith("ARRAY") ? array(random) : varchar(random);
            case "CLOB" -> "REPEAT('" + text(random, 9) + "', " + random.nextInt(3000) + ")";
            case "BLOB" -> "CAST(REPEAT('" + text(random, 9) + "', " + random.nextInt(3000) + ") AS BLOB)";
            case "BINARY" -> "X'" + hex(random, 3) + "'";
            case "VARBINARY" -> "X'" + hex(random, random.nextInt(11)) + "'";
            case "UUID" -> "UUID '" + new java.util.UUID(random.nextLong(), random.nextLong()) + "'";
            case "ENUM" -> random.nextBoolean() ? "'red'" : "'green'";
            case "JSON" -> "JSON '{\"a\":[%d,null,\"x\"]}'".formatted(random.nextInt());
            case "GEOMETRY" -> "GEOMETRY 'POINT (%d %d)'".formatted(random.nextInt(), random.nextInt());
            default -> ofCase(declaration, random);
        };
    }

    /** One of those that the contracts use. */
    private static String ofCase(String declaration, Random random) {
        if (declaration.equals("INTEGER")) {
            return String.valueOf(random.nextInt());
        }
        List<String> known = TypeCase.all().stream()
                .filter(type -> type.declaration().equals(declaration))
                .map(TypeCase::literal)
                .toList();
        return known.get(random.nextInt(known.size()));
    }

    private static String decimal(Random random, int digits, int scale) {
        BigInteger unscaled = new BigInteger(1 + random.nextInt(digits * 3), random);
        String text = new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), scale).toPlainString();
        return text;
    }

    private static String floating(Random random, String type, String usual) {
        return switch (random.nextInt(20)) {
            case 0 -> "CAST('NaN' AS " + type + ")";
            case 1 -> "CAST('-Infinity' AS " + type + ")";
            case 2 -> "CAST('-0.0' AS " + type + ")";
            default -> "CAST(" + usual + " AS " + type + ")";
        };
    }

    private static LocalDate date(Random random) {
        return LocalDate.of(1 + random.nextInt(9998), 1 + random.nextInt(12), 1 + random.nextInt(28));
    }

    private static String time(Random random) {
        return "%02d:%02d:%02d.%09d"
                .formatted(random.nextInt(24), random.nextInt(60), random.nextInt(60), random.nextInt(1_000_000_000));
    }

    private static String zone(Random random) {
        return "%s%02d:%02d".formatted(random.nextBoolean() ? "+" : "-", random.nextInt(15), random.nextInt(4) * 15);
    }

    private static String varchar(Random random) {
        return "'" + text(random, 10) + "'";
    }

    private static String array(Random random) {
        return random.nextInt(4) == 0 ? "ARRAY[]" : "ARRAY[NULL, '" + text(random, 5) + "']";
    }

    private static String text(Random random, int lengthMax) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(lengthMax + 1); i > 0; i--) {
            char letter = LETTERS.charAt(random.nextInt(LETTERS.length()));
            text.append(letter == '\'' ? "''" : String.valueOf(letter));
        }
        return text.toString();
    }

    private static String hex(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
