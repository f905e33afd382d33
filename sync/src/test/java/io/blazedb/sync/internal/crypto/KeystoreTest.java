package io.blazedb.sync.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeystoreTest {
    private static final char[] PASSWORD = "correct horse \uD83D\uDE00".toCharArray();
    private static final char[] WRONG = "wrong".toCharArray();

    private final SeededRandom random = new SeededRandom(7);

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void begin() {
        file = folder.resolve("keystore");
    }

    @Test
    void opensWithItsPassword() throws Exception {
        Keystore keystore = new Keystore(file);
        assertThat(keystore.exists()).isFalse();
        MasterKey made = keystore.create(PASSWORD, PasswordCost.FLOOR, random);

        MasterKey opened = new Keystore(file).open(PASSWORD);

        assertThat(opened.h2FilePassword()).isEqualTo(made.h2FilePassword()).hasSize(64);
        assertThat(new String(opened.h2FilePassword())).matches("[0-9a-f]{64}");
        assertThat(opened.logKey()).isEqualTo(made.logKey()).hasSize(32);
        byte[] nonce = new byte[24];
        assertThat(opened.identityKey().seal(nonce, new byte[8], nonce))
                .isEqualTo(made.identityKey().seal(nonce, new byte[8], nonce));
        assertThat(opened.logKey())
                .isNotEqualTo(java.util.HexFormat.of().parseHex(new String(opened.h2FilePassword())));
    }

    @Test
    void wrongPasswordAndChangedFileAreOneError() throws Exception {
        Keystore keystore = new Keystore(file);
        keystore.create(PASSWORD, PasswordCost.FLOOR, random);
        byte[] content = Files.readAllBytes(file);
        byte[] changed = content.clone();
        changed[content.length - 1] ^= 1;

        Throwable wrong = org.assertj.core.api.Assertions.catchThrowable(() -> keystore.open(WRONG));
        SecretFile.write(file, changed);
        Throwable damaged = org.assertj.core.api.Assertions.catchThrowable(() -> keystore.open(PASSWORD));

        assertThat(wrong).isInstanceOf(WrongPasswordException.class).hasNoCause();
        assertThat(damaged)
                .isInstanceOf(WrongPasswordException.class)
                .hasNoCause()
                .hasMessage(wrong.getMessage());
    }

    @Test
    void everyChangedByteOfTheFileIsNoticed() throws Exception {
        Keystore keystore = new Keystore(file);
        keystore.create(PASSWORD, PasswordCost.FLOOR, random);
        byte[] content = Files.readAllBytes(file);

        for (int i = 0; i < content.length; i += i < 12 ? 1 : 17) {
            byte[] changed = content.clone();
            changed[i] ^= 0x40;
            SecretFile.write(file, changed);
            assertThatThrownBy(() -> keystore.open(PASSWORD))
                    .as("byte %d", i)
                    .isInstanceOfAny(WrongPasswordException.class, IOException.class);
        }
        for (int length : new int[] {0, 3, 20, content.length - 1}) {
            SecretFile.write(file, Arrays.copyOf(content, length));
            assertThatThrownBy(() -> keystore.open(PASSWORD)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void fileCannotTakeTheMemoryOfTheMachine() throws Exception {
        byte[] greedy = {'B', 'Z', 'K', 'S', 1, -1, -1, -1, -1, 7, 3, 1};
        SecretFile.write(file, Arrays.copyOf(greedy, 120));

        assertThatThrownBy(() -> new Keystore(file).open(PASSWORD))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("KiB of memory");
        assertThatThrownBy(() -> new PasswordCost(1024, 3, 1)).hasMessageContaining("19456");
    }

    @Test
    void newPasswordKeepsTheKeys() throws Exception {
        Keystore keystore = new Keystore(file);
        char[] before = keystore.create(PASSWORD, PasswordCost.FLOOR, random).h2FilePassword();

        assertThatThrownBy(() -> keystore.changePassword(WRONG, PASSWORD, PasswordCost.FLOOR, random))
                .isInstanceOf(WrongPasswordException.class);
        keystore.changePassword(PASSWORD, "next".toCharArray(), PasswordCost.FLOOR, random);

        assertThatThrownBy(() -> keystore.open(PASSWORD)).isInstanceOf(WrongPasswordException.class);
        assertThat(keystore.open("next".toCharArray()).h2FilePassword()).isEqualTo(before);
    }

    @Test
    void keystoreIsNeverReplacedByANewOne() throws Exception {
        Keystore keystore = new Keystore(file);
        keystore.create(PASSWORD, PasswordCost.FLOOR, random);

        assertThatThrownBy(() -> keystore.create(PASSWORD, PasswordCost.FLOOR, random))
                .isInstanceOf(FileAlreadyExistsException.class);
        keystore.open(PASSWORD);
    }

    @Test
    void onlyTheOwnerMayReadSecretFiles() throws Exception {
        new Keystore(file).create(PASSWORD, PasswordCost.FLOOR, random);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> new Keystore(file).open(PASSWORD))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void nodeKeysComeBackFromTheirFile() throws Exception {
        NodeKeys keys = NodeKeys.generate(random);
        for (boolean sealed : new boolean[] {false, true}) {
            Optional<XAes256Gcm> sealing = sealed ? Optional.of(new XAes256Gcm(new byte[32])) : Optional.empty();
            NodeKeysFile.write(file, keys, sealing, random);

            NodeKeys read = NodeKeysFile.read(file, sealing);

            assertThat(read.card("a", 1)).isEqualTo(keys.card("a", 1));
            assertThat(read.toSecretBytes()).isEqualTo(keys.toSecretBytes());
            byte[] content = Files.readAllBytes(file);
            boolean shown = new String(content, StandardCharsets.ISO_8859_1)
                    .contains(new String(keys.toSecretBytes(), StandardCharsets.ISO_8859_1));
            assertThat(shown)
                    .as("the scan finds the keys unless they are sealed")
                    .isNotEqualTo(sealed);
            for (int i = 0; i < content.length; i += 3) {
                byte[] changed = content.clone();
                changed[i] ^= 1;
                SecretFile.write(file, changed);
                assertThatThrownBy(() -> NodeKeysFile.read(file, sealing))
                        .as("byte %d, sealed %s", i, sealed)
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void keysOfAnotherDatabaseAreNotOpened() throws Exception {
        NodeKeysFile.write(file, NodeKeys.generate(random), Optional.of(new XAes256Gcm(new byte[32])), random);
        byte[] otherKey = new byte[32];
        otherKey[0] = 1;

        assertThatThrownBy(() -> NodeKeysFile.read(file, Optional.of(new XAes256Gcm(otherKey))))
                .hasMessageContaining("damaged, or of another database");
        assertThatThrownBy(() -> NodeKeysFile.read(file, Optional.empty())).isInstanceOf(IOException.class);
    }
}
