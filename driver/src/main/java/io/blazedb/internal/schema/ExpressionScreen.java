package io.blazedb.internal.schema;

import io.blazedb.internal.schema.SqlTokens.Kind;
import java.util.Optional;
import java.util.Set;

/**
 * Looks through SQL text of a peer before H2's parser may see it: parsing alone is not harmless, since H2 opens the
 * file of a CSVREAD while it parses. What passes has no subquery, sequence, parameter or variable, closes the brackets
 * it opens and no more, is small enough for the parser's stack, and calls nothing but the functions named here, which
 * read nothing but their arguments, the clock and a random generator. For one text.
 */
final class ExpressionScreen {
    private static final int CHARS_MAX = 64 * 1024;
    private static final int TOKENS_MAX = 4_000;
    /** Each level takes about a dozen frames of the parser. */
    private static final int DEPTH_MAX = 64;

    /** Words that begin a query, a sequence or a pseudo column. */
    private static final Set<String> REFUSED = Set.of(
            "SELECT", "TABLE", "VALUES", "EXPLAIN", "NEXT", "CURRENT", "NEXTVAL", "CURRVAL", "ROWNUM", "_ROWID_",
            "INTO");

    /** Words of expressions and types that a bracket may follow. */
    private static final Set<String> KEYWORDS = Set.of(
            "IN",
            "AND",
            "OR",
            "NOT",
            "WHEN",
            "THEN",
            "ELSE",
            "CASE",
            "BETWEEN",
            "SYMMETRIC",
            "ASYMMETRIC",
            "LIKE",
            "ILIKE",
            "REGEXP",
            "ESCAPE",
            "FROM",
            "FOR",
            "CAST",
            "ROW",
            "ANY",
            "ALL",
            "ARRAY",
            "IS",
            "OF",
            "AT",
            "ZONE",
            "INTERVAL",
            "DAY",
            "HOUR",
            "MINUTE",
            "MONTH",
            "SECOND",
            "YEAR",
            "CHARACTER",
            "VARYING",
            "OBJECT",
            "VARCHAR_IGNORECASE",
            "BINARY",
            "NUMERIC",
            "DECIMAL",
            "DECFLOAT",
            "FLOAT",
            "TIME",
            "TIMESTAMP",
            "ENUM",
            "GEOMETRY",
            "JSON",
            "JAVA_OBJECT",
            "CURRENT_TIME",
            "CURRENT_TIMESTAMP",
            "LOCALTIME",
            "LOCALTIMESTAMP");

    private static final Set<String> FUNCTIONS = Set.of(
            "ABS",
            "MOD",
            "FLOOR",
            "CEIL",
            "CEILING",
            "ROUND",
            "ROUNDMAGIC",
            "SIGN",
            "TRUNC",
            "TRUNCATE",
            "SIN",
            "COS",
            "TAN",
            "COT",
            "SINH",
            "COSH",
            "TANH",
            "ASIN",
            "ACOS",
            "ATAN",
            "ATAN2",
            "LOG",
            "LOG10",
            "LN",
            "EXP",
            "SQRT",
            "POWER",
            "DEGREES",
            "RADIANS",
            "PI",
            "GCD",
            "LCM",
            "BITAND",
            "BITOR",
            "BITXOR",
            "BITNOT",
            "BITNAND",
            "BITNOR",
            "BITXNOR",
            "BITGET",
            "BITCOUNT",
            "LSHIFT",
            "RSHIFT",
            "ULSHIFT",
            "URSHIFT",
            "ROTATELEFT",
            "ROTATERIGHT",
            "EXTRACT",
            "DATE_TRUNC",
            "DATEADD",
            "DATEDIFF",
            "TIMESTAMPADD",
            "TIMESTAMPDIFF",
            "LAST_DAY",
            "FORMATDATETIME",
            "PARSEDATETIME",
            "DAYNAME",
            "MONTHNAME",
            "QUARTER",
            "WEEK",
            "DAY_OF_WEEK",
            "DAY_OF_YEAR",
            "ISO_WEEK",
            "ISO_YEAR",
            "ISO_DAY_OF_WEEK",
            "DAY_OF_MONTH",
            "NOW",
            "CURDATE",
            "CURTIME",
            "SYSDATE",
            "TODAY",
            "CARDINALITY",
            "ARRAY_MAX_CARDINALITY",
            "TRIM_ARRAY",
            "ARRAY_CONTAINS",
            "ARRAY_SLICE",
            "ARRAY_APPEND",
            "ARRAY_CAT",
            "ARRAY_GET",
            "ARRAY_LENGTH",
            "LOCATE",
            "POSITION",
            "INSTR",
            "INSERT",
            "REPLACE",
            "LPAD",
            "RPAD",
            "TRANSLATE",
            "UPPER",
            "LOWER",
            "UCASE",
            "LCASE",
            "ASCII",
            "CHAR",
            "CHR",
            "STRINGENCODE",
            "STRINGDECODE",
            "STRINGTOUTF8",
            "UTF8TOSTRING",
            "HEXTORAW",
            "RAWTOHEX",
            "SPACE",
            "QUOTE_IDENT",
            "LEFT",
            "RIGHT",
            "REPEAT",
            "SUBSTRING",
            "SUBSTR",
            "TO_CHAR",
            "CHAR_LENGTH",
            "CHARACTER_LENGTH",
            "LENGTH",
            "OCTET_LENGTH",
            "BIT_LENGTH",
            "TRIM",
            "LTRIM",
            "RTRIM",
            "BTRIM",
            "REGEXP_LIKE",
            "REGEXP_REPLACE",
            "REGEXP_SUBSTR",
            "XMLATTR",
            "XMLCDATA",
            "XMLCOMMENT",
            "XMLNODE",
            "XMLSTARTDOC",
            "XMLTEXT",
            "COMPRESS",
            "EXPAND",
            "SOUNDEX",
            "DIFFERENCE",
            "JSON_OBJECT",
            "JSON_ARRAY",
            "ENCRYPT",
            "DECRYPT",
            "COALESCE",
            "GREATEST",
            "LEAST",
            "NULLIF",
            "IFNULL",
            "NVL",
            "NVL2",
            "DECODE",
            "CASEWHEN",
            "CONVERT",
            "CONCAT",
            "CONCAT_WS",
            "HASH",
            "ORA_HASH",
            "RAND",
            "RANDOM",
            "SECURE_RAND",
            "RANDOM_UUID",
            "UUID",
            "TRUNCATE_VALUE",
            "ZERO");

    private final SqlTokens tokens;
    private final int length;
    private int depth;
    private int prefixes;
    private Kind previous = Kind.SYMBOL;
    private String previousText = "";
    private String beforePrevious = "";

    private ExpressionScreen(String text) {
        tokens = new SqlTokens(text);
        length = text.length();
    }

    /** Why a text is refused, as the end of a sentence; empty when H2's parser may see it. */
    static Optional<String> objection(String text) {
        return new ExpressionScreen(text).walk();
    }

    private Optional<String> walk() {
        if (length > CHARS_MAX) {
            return Optional.of("has " + length + " characters (expected: <= " + CHARS_MAX + ")");
        }
        int count = 0;
        for (Kind kind = tokens.next(); kind != Kind.END; kind = tokens.next()) {
            if (++count > TOKENS_MAX) {
                return Optional.of("has more than " + TOKENS_MAX + " words and signs");
            }
            Optional<String> objection = objection(kind, tokens.text());
            if (objection.isPresent()) {
                return objection;
            }
            beforePrevious = previousText;
            previousText = tokens.text();
            previous = kind;
        }
        return depth == 0 ? Optional.empty() : Optional.of("leaves " + depth + " brackets open");
    }

    private Optional<String> objection(Kind kind, String text) {
        prefixes = text.equals("NOT") || text.equals("-") || text.equals("+") ? prefixes + 1 : 0;
        depth += depthOf(kind, text);
        if (depth < 0) {
            return Optional.of("closes a bracket that it did not open");
        }
        if (depth > DEPTH_MAX || prefixes > DEPTH_MAX) {
            return Optional.of("is nested deeper than " + DEPTH_MAX);
        }
        return switch (kind) {
            case STRANGE -> Optional.of("has '" + text + "', which no expression needs");
            case WORD -> REFUSED.contains(text) ? Optional.of("uses " + text) : Optional.empty();
            case QUOTED_NAME ->
                previous == Kind.WORD && previousText.equals("AS")
                        ? Optional.of("uses the type " + text)
                        : Optional.empty();
            case SYMBOL -> text.equals("(") ? objectionToCall() : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static int depthOf(Kind kind, String text) {
        if (kind == Kind.WORD) {
            return text.equals("CASE") ? 1 : text.equals("END") ? -1 : 0;
        }
        if (kind != Kind.SYMBOL) {
            return 0;
        }
        return switch (text) {
            case "(", "[" -> 1;
            case ")", "]" -> -1;
            default -> 0;
        };
    }

    private Optional<String> objectionToCall() {
        boolean known = switch (previous) {
            case WORD ->
                !beforePrevious.equals(".") && (KEYWORDS.contains(previousText) || FUNCTIONS.contains(previousText));
            case QUOTED_NAME -> false;
            default -> true;
        };
        return known ? Optional.empty() : Optional.of("calls " + previousText);
    }
}
