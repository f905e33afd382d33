package io.blazedb.internal.jdbc.url;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What becomes of each setting that H2 knows: passed on when its value has the right form, taken by the engine, or
 * refused with the reason. A setting that is not in the table is unknown.
 *
 * <p>H2 2.4.240 builds {@code SET name value} from a setting and runs it, so no value may hold more than its pattern
 * allows; a semicolon or a backslash is in none of them.
 */
final class H2Settings {
    private static final String BOOLEAN = "(?i)TRUE|FALSE|ON|OFF|YES|NO|[TFYN01]";
    private static final String NUMBER = "\\d{1,10}";
    private static final String TRUTH = "(?i)TRUE|FALSE|[01]";
    private static final String NAME = "[\\p{L}_][\\p{L}\\p{N}_$]*|\"[^\";\\\\]+\"";
    private static final String NAMES = "(" + NAME + ")(\\s*,\\s*(" + NAME + "))*";
    private static final String CLASS_LOADING = "it makes the database load a class by name";
    private static final String STORAGE = "the engine decides when the database is written, so that the log and the"
            + " database agree after a crash; DURABILITY={FULL | NORMAL | OFF} says what a commit waits for";
    private static final String TRACE =
            "trace files hold data and passwords in clear; use a logging framework above JDBC instead";
    private static final String LOCKING = "only one process may hold the database, or the log would diverge from it;"
            + " leave it away, and use CONNECT TO SHARE to work from a second process";

    private static final Map<String, SettingRule> RULES = rules();

    private H2Settings() {}

    /** The rule of a setting, whose name is given in capitals. */
    static Optional<SettingRule> rule(String key) {
        return Optional.ofNullable(RULES.get(key));
    }

    private static Map<String, SettingRule> rules() {
        Map<String, SettingRule> rules = new HashMap<>();
        passed(rules);
        taken(rules);
        refused(rules);
        return Map.copyOf(rules);
    }

    private static void passed(Map<String, SettingRule> rules) {
        List.of("CASE_INSENSITIVE_IDENTIFIERS", "DATABASE_TO_LOWER", "DATABASE_TO_UPPER", "DEFAULT_CONNECTION")
                .forEach(key -> pass(rules, key, BOOLEAN));
        List.of("DROP_RESTRICT", "OPTIMIZE_DISTINCT", "OPTIMIZE_IN_LIST", "OPTIMIZE_IN_SELECT", "OPTIMIZE_OR")
                .forEach(key -> pass(rules, key, BOOLEAN));
        List.of("OPTIMIZE_TWO_EQUALS", "OPTIMIZE_SIMPLE_SINGLE_ROW_SUBQUERIES", "RECOMPILE_ALWAYS", "REUSE_SPACE")
                .forEach(key -> pass(rules, key, BOOLEAN));
        List.of("COMPRESS", "ZERO_BASED_ENUMS", "IGNORE_CATALOGS", "IGNORECASE", "JMX", "OLD_INFORMATION_SCHEMA")
                .forEach(key -> pass(rules, key, BOOLEAN));
        List.of("AUTOCOMMIT", "IGNORE_UNKNOWN_SETTINGS", "NO_UPGRADE", "PASSWORD_HASH")
                .forEach(key -> pass(rules, key, BOOLEAN));
        List.of("OPTIMIZE_EVALUATABLE_SUBQUERIES", "OPTIMIZE_INSERT_FROM_SELECT", "SHARE_LINKED_CONNECTIONS")
                .forEach(key -> pass(rules, key, BOOLEAN));
        List.of("OPTIMIZE_REUSE_RESULTS", "QUERY_STATISTICS", "LAZY_QUERY_EXECUTION", "BUILTIN_ALIAS_OVERRIDE")
                .forEach(key -> pass(rules, key, TRUTH));
        List.of("VARIABLE_BINARY", "TRUNCATE_LARGE_LENGTH").forEach(key -> pass(rules, key, TRUTH));
        List.of("ANALYZE_AUTO", "ANALYZE_SAMPLE", "AUTO_COMPACT_FILL_RATE", "LOB_TIMEOUT", "MAX_COMPACT_TIME")
                .forEach(key -> pass(rules, key, NUMBER));
        List.of("MAX_QUERY_TIMEOUT", "QUERY_CACHE_SIZE", "MAX_LOG_SIZE", "LOCK_TIMEOUT", "DEFAULT_LOCK_TIMEOUT")
                .forEach(key -> pass(rules, key, NUMBER));
        List.of("CACHE_SIZE", "MAX_MEMORY_ROWS", "THROTTLE", "MAX_MEMORY_UNDO", "MAX_LENGTH_INPLACE_LOB")
                .forEach(key -> pass(rules, key, NUMBER));
        List.of("MAX_OPERATION_MEMORY", "CREATE_BUILD", "QUERY_TIMEOUT", "QUERY_STATISTICS_MAX_ENTRIES")
                .forEach(key -> pass(rules, key, NUMBER));
        List.of("NETWORK_TIMEOUT", "PAGE_SIZE", "ESTIMATED_FUNCTION_TABLE_ROWS")
                .forEach(key -> pass(rules, key, NUMBER));
        pass(rules, "DEFAULT_ESCAPE", "[^;\\\\]?");
        pass(rules, "MODE", "[A-Za-z0-9]+");
        pass(rules, "DEFAULT_TABLE_TYPE", "(?i)MEMORY|CACHED|[01]");
        pass(rules, "COLLATION", "(?i)[A-Z0-9_]+( STRENGTH (PRIMARY|SECONDARY|TERTIARY|IDENTICAL))?");
        pass(rules, "ALLOW_LITERALS", "(?i)ALL|NONE|NUMBERS|[012]");
        pass(rules, "SCHEMA", NAME);
        pass(rules, "SCHEMA_SEARCH_PATH", NAMES);
        pass(rules, "CATALOG", NAME);
        pass(rules, "NON_KEYWORDS", "[A-Za-z_]+(\\s*,\\s*[A-Za-z_]+)*");
        pass(rules, "TIME ZONE", "[A-Za-z0-9_+\\-/: ]{1,64}");
        pass(rules, "DEFAULT_NULL_ORDERING", "(?i)LOW|HIGH|FIRST|LAST");
        pass(rules, "CACHE_TYPE", "(?i)(SOFT_)?(LRU|TQ)");
        rules.put("LOCK_MODE", SettingRule.pass("[123]", "0 lets a statement see a table while it is being changed"));
    }

    /** Read by the engine, or already so: their harmless value is accepted and goes no further. */
    private static void taken(Map<String, SettingRule> rules) {
        rules.put("IFEXISTS", SettingRule.take(BOOLEAN, ""));
        rules.put("FORBID_CREATION", SettingRule.take(BOOLEAN, ""));
        rules.put("DB_CLOSE_DELAY", SettingRule.take("-1|" + NUMBER, ""));
        rules.put(
                "DB_CLOSE_ON_EXIT",
                SettingRule.take("(?i)FALSE", "the engine closes its databases itself, and in order, at exit"));
        rules.put("FILE_LOCK", SettingRule.take("(?i)FS", LOCKING));
        rules.put("AUTO_SERVER", SettingRule.take("(?i)FALSE", LOCKING));
        rules.put("AUTO_RECONNECT", SettingRule.take("(?i)FALSE", "there is no server to connect to again"));
        rules.put("REFERENTIAL_INTEGRITY", SettingRule.take("(?i)TRUE|1", "rows would be sent that no peer can apply"));
        rules.put("MV_STORE", SettingRule.take("(?i)TRUE", "BlazeDB needs H2's MVStore"));
        rules.put(
                "ACCESS_MODE_DATA",
                SettingRule.take(
                        "(?i)rw",
                        "a database with a log is written even by a reader;"
                                + " use a user with SELECT rights only, or CONNECT ... MODE READ ONLY"));
    }

    private static void refused(Map<String, SettingRule> rules) {
        refuse(rules, "AUTO_SERVER_PORT", LOCKING);
        refuse(rules, "CIPHER", "use ENCRYPT=TRUE and the property encryptionPassword, which protect the log as well");
        refuse(rules, "CLUSTER", "use CREATE TOPOLOGY and CONNECT, which replace H2's cluster");
        refuse(rules, "CREATE", "a database that does not exist is created unless IFEXISTS=TRUE");
        refuse(rules, "DATABASE_EVENT_LISTENER", CLASS_LOADING);
        refuse(rules, "JAVA_OBJECT_SERIALIZER", CLASS_LOADING);
        refuse(rules, "DEFAULT_TABLE_ENGINE", CLASS_LOADING + ", and its tables would not be captured");
        refuse(rules, "AUTHENTICATOR", CLASS_LOADING);
        refuse(rules, "AUTHREALM", CLASS_LOADING);
        refuse(rules, "AUTHZPWD", CLASS_LOADING);
        refuse(rules, "DEFRAG_ALWAYS", STORAGE);
        refuse(rules, "EXCLUSIVE", "sync needs its own connection to the database");
        refuse(rules, "OPEN_NEW", "every connection to one path shares one engine");
        refuse(rules, "READONLY", "use Connection.setReadOnly, or a user with SELECT rights only");
        refuse(rules, "RECOVER", "the engine recovers from its own log when it opens the database");
        refuse(rules, "RECOVER_TEST", "it is a test of H2's own");
        refuse(rules, "REDO_LOG_BINARY", "H2's MVStore does not support it");
        refuse(rules, "RETENTION_TIME", STORAGE);
        refuse(rules, "WRITE_DELAY", STORAGE);
        refuse(rules, "TRACE_LEVEL_FILE", TRACE);
        refuse(rules, "TRACE_LEVEL_SYSTEM_OUT", TRACE);
        refuse(rules, "TRACE_MAX_FILE_SIZE", TRACE);
        refuse(rules, "@", "use SET @name on the open connection");
        refuse(
                rules,
                "INIT",
                "a URL from outside could run any SQL;"
                        + " run the statements on the open connection, or start Java with -Dblazedb.allowInit=true");
    }

    private static void pass(Map<String, SettingRule> rules, String key, String pattern) {
        rules.put(key, SettingRule.pass(pattern, ""));
    }

    private static void refuse(Map<String, SettingRule> rules, String key, String reason) {
        rules.put(key, SettingRule.refuse(reason));
    }
}
