package io.holdpoint.workflow.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultTests {

    private static final byte[] VALUE = "{\"patient\":\"Jane Doe\"}".getBytes(StandardCharsets.UTF_8);

    private final Vault vault = new Vault(new byte[Vault.KEY_BYTES]);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16, 100_000})
    void aSealedValueOpensForItsPurpose(int length) {
        var value = new byte[length];
        assertThat(vault.open("result a", vault.seal("result a", value))).isEqualTo(value);
    }

    @Test
    void theSameKeyOpensItOnAnotherNode() {
        var other = new Vault(new byte[Vault.KEY_BYTES]);
        assertThat(other.open("result a", vault.seal("result a", VALUE))).isEqualTo(VALUE);
    }

    @Test
    void equalValuesAreSealedUnequally() {
        assertThat(vault.seal("result a", VALUE)).isNotEqualTo(vault.seal("result a", VALUE));
    }

    @Test
    void aSealedValueDoesNotShowTheValue() {
        assertThat(new String(vault.seal("result a", VALUE), StandardCharsets.ISO_8859_1))
                .doesNotContain("Jane");
    }

    @Test
    void itDoesNotOpenForAnotherPurpose() {
        assertNotOpenable(vault, "result b", vault.seal("result a", VALUE));
    }

    @Test
    void itDoesNotOpenWithAnotherKey() {
        var key = new byte[Vault.KEY_BYTES];
        key[31] = 1;
        assertNotOpenable(new Vault(key), "result a", vault.seal("result a", VALUE));
    }

    @Test
    void itDoesNotOpenWithAnyByteChanged() {
        var sealed = vault.seal("result a", VALUE);
        for (var i = 0; i < sealed.length; i++) {
            var changed = sealed.clone();
            changed[i] ^= 1;
            assertNotOpenable(vault, "result a", changed);
        }
    }

    @Test
    void itDoesNotOpenCutShort() {
        var sealed = vault.seal("result a", VALUE);
        for (var length = 0; length < sealed.length; length++) {
            assertNotOpenable(vault, "result a", Arrays.copyOf(sealed, length));
        }
    }

    @Test
    void theKeyGivenMayBeWipedAfterwards() {
        var key = new byte[Vault.KEY_BYTES];
        var made = new Vault(key);
        Arrays.fill(key, (byte) 9);
        assertThat(made.derive("links")).isEqualTo(vault.derive("links"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 31, 33})
    void aKeyOfAnotherLengthIsRefused(int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Vault(new byte[length]))
                .withMessage("the data key has %d bytes; it needs 32", length);
    }

    @Test
    void eachUseHasAKeyOfItsOwn() {
        assertThat(vault.derive("links")).isNotEqualTo(vault.derive("sessions"));
    }

    /** Computed with openssl: {@code printf links | openssl dgst -sha256 -mac HMAC -macopt hexkey:00…00}. */
    @Test
    void aDerivedKeyIsHmacSha256OfTheUse() {
        assertThat(HexFormat.of().formatHex(vault.derive("links")))
                .isEqualTo("6f62464cd74b06a8645beb733f32c8c8faa8f87a2a745b66fe94d2706274478f");
    }

    private static void assertNotOpenable(Vault vault, String purpose, byte[] sealed) {
        assertThatExceptionOfType(NotOpenable.class)
                .isThrownBy(() -> vault.open(purpose, sealed))
                .withMessageContaining("the stored " + purpose + " does not open with this data key");
    }
}
