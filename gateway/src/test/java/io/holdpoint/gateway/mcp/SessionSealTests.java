package io.holdpoint.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionSealTests {

    private static final SessionSeal SEAL = new SessionSeal(new byte[32]);

    @ParameterizedTest
    @CsvSource({"abc, claude-code", "a.b..c, 'Müller 漢😀'", "!~.x, ''", ".a., x.y"})
    void theGrantAndServerItWasGivenForOpenIt(String id, String client) {
        var sealed = SEAL.seal(id, "grant", "server", client);
        assertThat(SEAL.open(sealed, "grant", "server")).contains(new SessionSeal.Session(id, client));
    }

    @Test
    void theAgentSeesVisibleAscii() {
        assertThat(SEAL.seal("abc", "grant", "server", "Müller\n漢")).matches("[!-~]+");
    }

    @ParameterizedTest
    @CsvSource({"other, server", "grant, other", "grants, erver", "gran, tserver", "'', grantserver"})
    void anotherGrantOrServerDoesNotOpenIt(String grant, String server) {
        assertThat(SEAL.open(SEAL.seal("abc", "grant", "server", "x"), grant, server))
                .isEmpty();
    }

    @Test
    void anotherKeyDoesNotOpenIt() {
        var other = new byte[32];
        other[31] = 1;
        assertThat(new SessionSeal(other).open(SEAL.seal("abc", "grant", "server", "x"), "grant", "server"))
                .isEmpty();
    }

    @Test
    void noChangedCharacterOpensIt() {
        var sealed = SEAL.seal("abc", "grant", "server", "cursor");
        for (var i = 0; i < sealed.length(); i++) {
            var changed = sealed.substring(0, i) + (sealed.charAt(i) == 'A' ? 'B' : 'A') + sealed.substring(i + 1);
            assertThat(SEAL.open(changed, "grant", "server")).as(changed).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "..", "...", "abc", "abc.", "abc.eA", "abc.eA.", ".eA.mac", "é.eA.mac", "a b.eA.m"})
    void whatWasNeverSealedDoesNotOpen(String presented) {
        assertThat(SEAL.open(presented, "grant", "server")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "é", "a\nb", "a\u007f"})
    void aServersIdThatIsNotVisibleAsciiIsRefused(String id) {
        assertThatThrownBy(() -> SEAL.seal(id, "grant", "server", "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLongClientNameIsCutBetweenCharacters() {
        var sealed = SEAL.seal("abc", "grant", "server", "x".repeat(63) + "😀");
        assertThat(SEAL.open(sealed, "grant", "server").orElseThrow().clientName())
                .isEqualTo("x".repeat(63));
    }

    @Test
    void aShortKeyIsRefused() {
        assertThatThrownBy(() -> new SessionSeal(new byte[16])).hasMessageContaining("16 bytes");
    }
}
