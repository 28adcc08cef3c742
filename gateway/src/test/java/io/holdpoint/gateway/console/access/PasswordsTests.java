package io.holdpoint.gateway.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.workflow.people.PersonId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder.BCryptVersion;

class PasswordsTests {

    private static final PersonId ANA = new PersonId("ana");
    private static final PersonId BO = new PersonId("bo");
    private static final String PASSWORD = "correct horse battery staple";

    private final Passwords passwords =
            new Passwords(Map.of(ANA, hash(BCryptVersion.$2A, 10), BO, hash(BCryptVersion.$2B, 12)));

    @Test
    void aPersonsOwnPasswordMatches() {
        assertThat(passwords.match(Optional.of(ANA), PASSWORD)).isTrue();
    }

    @Test
    void anotherPasswordDoesNotMatch() {
        assertThat(passwords.match(Optional.of(ANA), PASSWORD + "r")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "correct horse battery staple"})
    void nobodyHasNoPassword(String password) {
        assertThat(passwords.match(Optional.empty(), password)).isFalse();
    }

    @Test
    void thePasswordOfEverybodyAndNobodyTakesTheSameWorkToTry() {
        assertThat(List.of(rounds(Optional.of(ANA)), rounds(Optional.of(BO)), rounds(Optional.empty())))
                .containsOnly(1L << 12);
    }

    @Test
    void whatIsTriedForNobodyIsRealWork() {
        // A hash that is malformed would be refused at once, and the time would tell.
        assertThat(PasswordHash.parse(PasswordHash.ofNobody(12).text())).isPresent();
    }

    @Test
    void itsTextHasNoHash() {
        assertThat(passwords.toString()).contains("ana").doesNotContain("$2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"$2A", "$2B", "$2Y"})
    void aHashOfEachVersionIsTaken(String version) {
        var bare = new BCryptPasswordEncoder(BCryptVersion.valueOf(version), 10).encode(PASSWORD);
        assertThat(PasswordHash.parse(bare).orElseThrow().matches(PASSWORD)).isTrue();
    }

    @Test
    void aHashMadeHereIsReadAsItIsPrinted() {
        var made = PasswordHash.of(PASSWORD);
        assertThat(PasswordHash.parse(made.text())).contains(made);
        assertThat(made.text()).startsWith("{bcrypt}$2");
        assertThat(made.matches(PASSWORD)).isTrue();
    }

    private long rounds(Optional<PersonId> person) {
        return passwords.work(person).stream()
                .mapToLong(hash -> 1L << hash.cost())
                .sum();
    }

    private static PasswordHash hash(BCryptVersion version, int cost) {
        return PasswordHash.parse(new BCryptPasswordEncoder(version, cost).encode(PASSWORD))
                .orElseThrow();
    }
}
