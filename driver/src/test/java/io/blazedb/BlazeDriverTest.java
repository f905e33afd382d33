package io.blazedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import javax.sql.XADataSource;
import org.junit.jupiter.api.Test;

class BlazeDriverTest {
    private final BlazeDriver driver = new BlazeDriver();

    @Test
    void theDriverManagerFindsTheDriver() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:blaze:mem:", "sa", "")) {
            assertThat(connection).isInstanceOf(BlazeConnection.class);
            assertThat(connection.getMetaData().getURL()).isEqualTo("jdbc:blaze:mem:");
        }
    }

    @Test
    void foreignUrlsAreLeftToTheirDrivers() throws SQLException {
        assertThat(driver.connect("jdbc:h2:mem:", new Properties())).isNull();
        assertThat(driver.acceptsURL("jdbc:h2:mem:")).isFalse();
        assertThat(driver.acceptsURL("jdbc:blaze:mem:")).isTrue();
        assertThatThrownBy(() -> driver.acceptsURL(null)).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> driver.connect(null, new Properties())).isInstanceOf(SQLException.class);
    }

    @Test
    void theDriverLoadsWithoutH2() throws Exception {
        String[] classPath = System.getProperty("java.class.path").split(File.pathSeparator, -1);
        URL[] withoutH2 = Arrays.stream(classPath)
                .filter(entry -> !entry.contains("h2database"))
                .map(entry -> url(Path.of(entry)))
                .toArray(URL[]::new);
        assertThat(withoutH2).hasSizeLessThan(classPath.length);

        try (URLClassLoader loader = new URLClassLoader(withoutH2, ClassLoader.getPlatformClassLoader())) {
            Class<?> loaded = Class.forName(BlazeDriver.class.getName(), true, loader);
            Driver alone = (Driver) loaded.getDeclaredConstructor().newInstance();

            assertThat(loaded).isNotSameAs(BlazeDriver.class);
            assertThat(alone.acceptsURL("jdbc:blaze:mem:")).isTrue();
            assertThat(alone.getPropertyInfo("jdbc:blaze:mem:", new Properties()))
                    .isNotEmpty();
            assertThat(alone.connect("jdbc:h2:mem:", new Properties())).isNull();
        }
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void settingsReachTheDatabase() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:blaze:mem:;NON_KEYWORDS=KEY,VALUE;MODE=MySQL");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t(key INT, value INT)");
            ResultSet mode = statement.executeQuery(
                    "SELECT setting_value FROM information_schema.settings WHERE setting_name = 'MODE'");

            assertThat(mode.next()).isTrue();
            assertThat(mode.getString(1)).isEqualTo("MySQL");
        }
    }

    @Test
    void propertyInfoShowsEveryPropertyButNoPassword() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("password", "secret");

        DriverPropertyInfo[] all = driver.getPropertyInfo("jdbc:blaze:mem:a;NODE=laptop", properties);

        assertThat(all).hasSize(ConnectionProperty.values().length);
        assertThat(all).allSatisfy(info -> assertThat(info.description).isNotBlank());
        assertThat(info(all, ConnectionProperty.PASSWORD).value).isEmpty();
        assertThat(info(all, ConnectionProperty.NODE).value).isEqualTo("laptop");
        assertThat(info(all, ConnectionProperty.COMMIT).choices).containsExactly("LOCAL", "RECEIVED", "ACCEPTED");
        assertThat(driver.getPropertyInfo(null, null)).hasSameSizeAs(all);
    }

    @Test
    void theDriverKnowsItself() {
        assertThat(driver.getMajorVersion()).isZero();
        assertThat(driver.getMinorVersion()).isEqualTo(1);
        assertThat(driver.getParentLogger().getName()).isEqualTo("io.blazedb");
    }

    @Test
    void aDataSourceOpensItsUrl() throws SQLException {
        BlazeDataSource dataSource = dataSource();

        try (Connection connection = dataSource.getConnection();
                Connection other = dataSource.getConnection("sa", "pw");
                Connection built = dataSource
                        .createConnectionBuilder()
                        .user("sa")
                        .password("pw")
                        .build()) {
            connection.createStatement().execute("CREATE TABLE t(a INT)");
            assertThat(other.createStatement().executeQuery("SELECT * FROM t").next())
                    .isFalse();
            assertThat(built.isValid(1)).isTrue();
            assertThatThrownBy(() -> dataSource.getConnection("sa", "wrong")).isInstanceOf(SQLException.class);
        }
        assertThat(dataSource).isNotInstanceOf(XADataSource.class);
        assertThat(dataSource.toString()).doesNotContain("pw");
        assertThatThrownBy(() -> new BlazeDataSource().getConnection()).hasMessageContaining("setUrl");
    }

    @Test
    void aDataSourceSurvivesADirectoryAndAStream() throws Exception {
        BlazeDataSource dataSource = dataSource();

        Object fromDirectory =
                new BlazeDataSourceFactory().getObjectInstance(dataSource.getReference(), null, null, null);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(dataSource);
        }
        Object fromStream = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

        for (Object copy : List.of(fromDirectory, fromStream)) {
            assertThat(((BlazeDataSource) copy).getUrl()).isEqualTo(dataSource.getUrl());
            try (Connection connection = ((BlazeDataSource) copy).getConnection()) {
                assertThat(connection.isValid(1)).isTrue();
            }
        }
        assertThat(new BlazeDataSourceFactory().getObjectInstance("else", null, null, null))
                .isNull();
    }

    @Test
    void aPooledConnectionComesBackCleanAndClosed() throws SQLException {
        PooledConnection pooled = dataSource().getPooledConnection();
        List<ConnectionEvent> events = new ArrayList<>();
        pooled.addConnectionEventListener(new Recorder(events));
        Connection first = pooled.getConnection();
        first.createStatement().execute("CREATE TABLE t(a INT)");
        first.setAutoCommit(false);
        first.createStatement().execute("INSERT INTO t VALUES (1)");

        first.close();
        first.close();

        assertThat(events).hasSize(1);
        assertThat(first.isClosed()).isTrue();
        assertThatThrownBy(first::createStatement)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08003"));
        assertThatThrownBy(() -> first.setClientInfo("a", "b")).isInstanceOf(SQLException.class);
        Connection second = pooled.getConnection();
        assertThat(second.getAutoCommit()).isTrue();
        assertThat(second.createStatement().executeQuery("SELECT * FROM t").next())
                .isFalse();
        Connection third = pooled.getConnection();
        assertThat(second.isClosed()).isTrue();
        assertThat(third.isValid(1)).isTrue();
        pooled.close();
        assertThat(third.isClosed()).isTrue();
    }

    private static DriverPropertyInfo info(DriverPropertyInfo[] all, ConnectionProperty property) {
        return Arrays.stream(all)
                .filter(info -> info.name.equals(property.key()))
                .findFirst()
                .orElseThrow();
    }

    private static BlazeDataSource dataSource() {
        BlazeDataSource dataSource = new BlazeDataSource();
        dataSource.setUrl("jdbc:blaze:mem:" + UUID.randomUUID());
        dataSource.setUser("sa");
        dataSource.setPassword("pw");
        return dataSource;
    }

    private record Recorder(List<ConnectionEvent> events) implements ConnectionEventListener {
        @Override
        public void connectionClosed(ConnectionEvent event) {
            events.add(event);
        }

        @Override
        public void connectionErrorOccurred(ConnectionEvent event) {
            throw new AssertionError(event.getSQLException());
        }
    }
}
