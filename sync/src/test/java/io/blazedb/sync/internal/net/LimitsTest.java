package io.blazedb.sync.internal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits, names and addresses, without a network. */
class LimitsTest {
    @Test
    void defaultsKeepTheirOwnRules() {
        NetLimits limits = NetLimits.defaults();

        for (NetLimit limit : NetLimit.values()) {
            assertThat(limits.with(limit, limit.byDefault()).of(limit)).isEqualTo(limit.byDefault());
            assertThat(limit.setting()).matches("[a-z][A-Za-z]+(Max|Millis)");
        }
    }

    @Test
    void limitOutOfRangeIsRefused() {
        assertThatThrownBy(() -> NetLimits.defaults().with(NetLimit.CONNECTIONS_MAX, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("connectionsMax: 0 (expected: 1 to 1000000)");
    }

    @Test
    void backlogHoldsTwoMessages() {
        NetLimits limits = NetLimits.defaults();
        int least = 2 * (66_560 + NetLimit.FRAME_BYTES);

        assertThat(limits.with(NetLimit.BACKLOG_BYTES_MAX, least).of(NetLimit.BACKLOG_BYTES_MAX))
                .isEqualTo(least);
        assertThatThrownBy(() -> limits.with(NetLimit.BACKLOG_BYTES_MAX, least - 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: >= 133376, two messages");
    }

    @Test
    void networkOfAnIpv6AddressCountsAsOne() throws UnknownHostException {
        Headcount headcount = new Headcount(NetLimits.defaults().with(Map.of(NetLimit.ADDRESS_CONNECTIONS_MAX, 2)));

        assertThat(headcount.enter(InetAddress.getByName("2001:db8:1:2::1"))).isTrue();
        assertThat(headcount.enter(InetAddress.getByName("2001:db8:1:2:ffff::2")))
                .isTrue();
        assertThat(headcount.enter(InetAddress.getByName("2001:db8:1:2:3::3"))).isFalse();
        assertThat(headcount.enter(InetAddress.getByName("2001:db8:1:3::1"))).isTrue();
        headcount.leave(InetAddress.getByName("2001:db8:1:2::1"), true);
        assertThat(headcount.enter(InetAddress.getByName("2001:db8:1:2:3::3"))).isTrue();
        assertThat(headcount.connections()).isEqualTo(3);
        assertThat(headcount.halfOpen()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "wss://hub.example:8443/orders, true, hub.example, 8443, orders",
        "wss://hub.example/orders, true, hub.example, 8443, orders",
        "WSS://[2001:db8::7]:1/a.b-c_D9, true, 2001:db8::7, 1, a.b-c_D9",
        "wss://192.0.2.7:65535/b%C3%BCcher, true, 192.0.2.7, 65535, bücher",
        "ws://127.0.0.1:80/orders, false, 127.0.0.1, 80, orders",
        "ws://[::1]:80/orders, false, ::1, 80, orders",
        "ws://localhost:80/orders, false, localhost, 80, orders"
    })
    void urlIsRead(String url, boolean encrypted, String host, int port, String database) {
        HubAddress hub = HubAddress.parse(url);

        assertThat(hub).isEqualTo(new HubAddress(encrypted, host, port, database));
        assertThat(HubAddress.parse(hub.toString())).isEqualTo(hub);
    }

    @ParameterizedTest
    @CsvSource({
        "ws://hub.example:80/orders, 'ws:// to host hub.example'",
        "ws://127.0.0.1.example:80/orders, 'ws:// to host 127.0.0.1.example'",
        "https://hub.example/orders, has the scheme https",
        "hub.example/orders, has the scheme none",
        "wss://hub.example, has the path ''",
        "wss://hub.example/a/b, has the path '/a/b'",
        "wss://user:secret@hub.example/orders, has more than host",
        "wss://hub.example/orders?token=secret, has more than host",
        "wss://hub.example/orders#secret, has more than host",
        "wss:///orders, has no host",
        "wss://hub.example:0/orders, Port 0",
        "wss://hub.example:65536/orders, Port 65536",
        "wss://hub example/secret, wrong at character"
    })
    void otherUrlIsRefusedWithoutItsSecrets(String url, String fault) {
        assertThatThrownBy(() -> HubAddress.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(fault)
                .hasMessageContaining("expected")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "_", "Orders-2.0", "bücher", "注文", "हिन्दी"})
    void nameSurvivesItsPath(String name) {
        assertThat(DatabasePath.decode(DatabasePath.encode(name))).contains(name);
    }

    @Test
    void nameMayHave64Letters() {
        String longest = "注".repeat(64);

        assertThat(DatabasePath.decode(DatabasePath.encode(longest))).contains(longest);
        assertThat(DatabasePath.decode(DatabasePath.encode(longest + "a"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "-a", ".a", "a/b", "a\\b", "a b", "a\u0000", "u\u0308", "health", "READY"})
    void otherNameIsRefused(String name) {
        assertThat(DatabasePath.isName(name)).isFalse();
        assertThat(DatabasePath.decode(DatabasePath.encode(name))).isEmpty();
    }
}
