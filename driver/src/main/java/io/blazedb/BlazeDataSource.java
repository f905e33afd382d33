package io.blazedb;

import io.blazedb.internal.jdbc.Sessions;
import io.blazedb.internal.jdbc.url.ConnectionSettings;
import io.blazedb.internal.jdbc.url.UrlParser;
import java.io.PrintWriter;
import java.io.Serial;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.ConnectionBuilder;
import java.sql.SQLException;
import java.sql.ShardingKey;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import javax.naming.Reference;
import javax.naming.Referenceable;
import javax.naming.StringRefAddr;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to one URL. A bean, because pools and containers set it up by property names. Set it up in one
 * thread; then several may use it.
 */
public final class BlazeDataSource implements DataSource, ConnectionPoolDataSource, Referenceable, Serializable {
    @Serial
    private static final long serialVersionUID = 1;

    private final ConcurrentHashMap<String, String> properties = new ConcurrentHashMap<>();
    private String url = "";
    private int loginTimeout;
    private transient @Nullable PrintWriter logWriter;

    /** The URL, {@code jdbc:blaze:...}; empty when none was set. */
    public String getUrl() {
        return url;
    }

    public void setUrl(String url) {
        this.url = url;
    }

    /** The user, empty when none was set. */
    public String getUser() {
        return property(ConnectionProperty.USER);
    }

    public void setUser(String user) {
        setProperty(ConnectionProperty.USER, user);
    }

    public void setPassword(String password) {
        setProperty(ConnectionProperty.PASSWORD, password);
    }

    public void setEncryptionPassword(String password) {
        setProperty(ConnectionProperty.ENCRYPTION_PASSWORD, password);
    }

    /** What a property was set to, or its default. */
    public String property(ConnectionProperty property) {
        return properties.getOrDefault(property.key(), property.defaultValue());
    }

    public void setProperty(ConnectionProperty property, String value) {
        properties.put(property.key(), value);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return Sessions.connect(settings(Map.of()));
    }

    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        return Sessions.connect(settings(credentials(user, password)));
    }

    @Override
    public PooledConnection getPooledConnection() throws SQLException {
        return Sessions.connectPooled(settings(Map.of()));
    }

    @Override
    public PooledConnection getPooledConnection(@Nullable String user, @Nullable String password) throws SQLException {
        return Sessions.connectPooled(settings(credentials(user, password)));
    }

    @Override
    public ConnectionBuilder createConnectionBuilder() {
        return new Builder();
    }

    @Override
    public Reference getReference() {
        Reference reference = new Reference(getClass().getName(), BlazeDataSourceFactory.class.getName(), null);
        reference.add(new StringRefAddr("url", url));
        properties.forEach((key, value) -> reference.add(new StringRefAddr(key, value)));
        return reference;
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return logWriter;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {
        logWriter = out;
    }

    /** Kept for tools that ask; opening waits for no network. */
    @Override
    public void setLoginTimeout(int seconds) {
        loginTimeout = seconds;
    }

    @Override
    public int getLoginTimeout() {
        return loginTimeout;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("io.blazedb");
    }

    @Override
    public <T> T unwrap(Class<T> iface) throws SQLException {
        if (isWrapperFor(iface)) {
            return iface.cast(this);
        }
        throw SqlState.BAD_ARGUMENT.error(
                "A BlazeDataSource does not wrap " + iface + " (expected: an interface of its)");
    }

    @Override
    public boolean isWrapperFor(@Nullable Class<?> iface) {
        return iface != null && iface.isInstance(this);
    }

    /** Shows the URL without its settings, which may hold a password. */
    @Override
    public String toString() {
        int end = url.indexOf(';');
        return "BlazeDataSource[" + (end < 0 ? url : url.substring(0, end)) + ']';
    }

    private ConnectionSettings settings(Map<String, String> credentials) throws SQLException {
        if (!UrlParser.accepts(url)) {
            throw SqlState.BAD_URL.error(
                    url.isEmpty()
                            ? "The data source has no URL; call setUrl(\"jdbc:blaze:<path>\")"
                            : "The data source has a URL of another driver (expected: jdbc:blaze:...)");
        }
        Properties all = new Properties();
        all.putAll(properties);
        all.putAll(credentials);
        return UrlParser.parse(url, all);
    }

    private static Map<String, String> credentials(@Nullable String user, @Nullable String password) {
        return Map.of(
                ConnectionProperty.USER.key(),
                user == null ? "" : user,
                ConnectionProperty.PASSWORD.key(),
                password == null ? "" : password);
    }

    /** Takes user and password for one connection. */
    private final class Builder implements ConnectionBuilder {
        private @Nullable String user;
        private @Nullable String password;
        private boolean sharded;

        @Override
        public ConnectionBuilder user(@Nullable String username) {
            user = username;
            return this;
        }

        @Override
        public ConnectionBuilder password(@Nullable String secret) {
            password = secret;
            return this;
        }

        @Override
        public ConnectionBuilder shardingKey(@Nullable ShardingKey shardingKey) {
            sharded |= shardingKey != null;
            return this;
        }

        @Override
        public ConnectionBuilder superShardingKey(@Nullable ShardingKey superShardingKey) {
            sharded |= superShardingKey != null;
            return this;
        }

        @Override
        public Connection build() throws SQLException {
            if (sharded) {
                throw SqlState.NOT_SUPPORTED.error("A BlazeDB database has no shards; leave the sharding keys away");
            }
            return user == null && password == null ? getConnection() : getConnection(user, password);
        }
    }
}
