package io.blazedb.sync.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.sync.internal.wire.MalformedException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeCardTest {
    private final SeededRandom random = new SeededRandom(8);
    private final NodeKeys keys = NodeKeys.generate(random);
    private final NodeCard card = keys.card("Büro \uD83D\uDE00", 1_700_000_000_000L);

    @Test
    void cardComesBackFromItsBytes() throws Exception {
        byte[] bytes = card.toBytes();

        assertThat(NodeCard.read(bytes)).isEqualTo(card);
        assertThat(NodeCard.readPeer(bytes).node()).isEqualTo(keys.nodeId());
        assertThat(NodeCard.readPeer(bytes).dhPublicKey())
                .isEqualTo(keys.agreement().publicKey());
        assertThat(bytes.length).isLessThanOrEqualTo(NodeCard.BYTES_MAX);
        byte[] longest =
                keys.card("x".repeat(NodeCard.NAME_BYTES_MAX), Long.MAX_VALUE).toBytes();
        assertThat(longest.length).isBetween(NodeCard.BYTES_MAX - 1, NodeCard.BYTES_MAX);
    }

    @Test
    void nodeIdFollowsFromTheSignatureKey() {
        byte[] hash = Sha256.of(Label.NODE.with(card.signatureKey().toArray()));

        assertThat(card.nodeId().toBytes()).isEqualTo(Arrays.copyOf(hash, 16));
    }

    @Test
    void everyChangedByteIsNoticed() {
        byte[] bytes = card.toBytes();
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> NodeCard.read(changed))
                    .as("byte %d", i)
                    .isInstanceOfAny(ForgedException.class, MalformedException.class);
            byte[] shorter = Arrays.copyOf(bytes, i);
            assertThatThrownBy(() -> NodeCard.read(shorter)).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void keyOfAnotherNodeDoesNotFit() {
        NodeCard other = NodeKeys.generate(random).card("other", 1);
        NodeCard mixed = new NodeCard(
                card.signatureKey(),
                other.agreementKey(),
                card.sealingKey(),
                card.name(),
                card.createdMillis(),
                card.signature());

        assertThatThrownBy(() -> NodeCard.read(mixed.toBytes())).isInstanceOf(ForgedException.class);
        assertThatThrownBy(() -> NodeCard.readPeer(mixed.toBytes())).isInstanceOf(MalformedException.class);
    }

    @Test
    void secretsAreInNoText() throws Exception {
        HexFormat hex = HexFormat.of();
        InvitationKey invitation = InvitationKey.generate(random);
        GroupKey group = new Team(9).rotate();
        MasterKey master = new MasterKey(new byte[32]);
        String shown = List.of(keys, invitation, group, master, keys.sealing(), keys.agreement())
                .toString();

        String secret = hex.formatHex(keys.toSecretBytes());
        for (int at = 0; at + 16 <= secret.length(); at += 16) {
            boolean isPublic = isPublic(secret.substring(at, at + 16));
            assertThat(!isPublic && shown.contains(secret.substring(at, at + 16)))
                    .isFalse();
        }
        assertThat(shown)
                .contains("keys of node " + keys.nodeId())
                .doesNotContain(hex.formatHex(invitation.toSecretBytes()).substring(0, 16))
                .doesNotContain(hex.formatHex(group.toSecretBytes()).substring(0, 16));
    }

    private boolean isPublic(String digits) {
        HexFormat hex = HexFormat.of();
        return hex.formatHex(keys.sealing().publicKey().toArray()).contains(digits)
                || hex.formatHex(keys.agreement().publicKey()).contains(digits);
    }
}
