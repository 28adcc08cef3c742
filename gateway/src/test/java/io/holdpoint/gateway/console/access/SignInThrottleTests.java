package io.holdpoint.gateway.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.console.HandClock;
import io.holdpoint.gateway.console.access.SignInThrottle.Tried;
import io.holdpoint.workflow.people.PersonId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInThrottleTests {

    private static final String HOME = "192.0.2.1";

    private final SignInThrottle throttle = new SignInThrottle(new HandClock());

    @Test
    void manyNamesThatNobodyHasMakeNoPersonsFailuresForgotten() {
        takeFromEverywhere(50);
        for (int i = 0; i < 20_000; i++) {
            throttle.take(stranger("name" + i, "10.%d.%d.%d".formatted(i >> 16, i >> 8 & 0xff, i & 0xff)));
        }
        assertThat(throttle.take(ana(HOME))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ana", "Ana@Example.org", "an\u0131@example.org", "AN\u0130@EXAMPLE.ORG"})
    void howeverAPersonIsSpelledTheFailuresAreTheirs(String name) {
        take(ana(HOME), 5);
        assertThat(throttle.take(new Tried(ana(HOME).person(), name, HOME))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {" I@Example.org", "\u0131@example.org", "\u0130@EXAMPLE.ORG"})
    void aStrangersNameIsFoldedAsAPersonsIsFound(String name) {
        take(stranger("i@example.org", HOME), 5);
        assertThat(throttle.take(stranger(name, HOME))).isPresent();
    }

    @Test
    void whoGuessesElsewhereKeepsNobodyOut() {
        take(ana("203.0.113.7"), 100);
        assertThat(throttle.take(ana(HOME))).isEmpty();
    }

    @Test
    void fromManyNetworksAPersonIsGuessedNoFaster() {
        takeFromEverywhere(50);
        assertThat(throttle.take(ana("198.51.100.1"))).isPresent();
    }

    @Test
    void guessesFromEverywhereKeepNobodyOutWhereTheySignedInBefore() {
        throttle.take(ana(HOME));
        throttle.succeeded(ana(HOME));
        takeFromEverywhere(200);
        assertThat(throttle.take(ana(HOME))).isEmpty();
    }

    @Test
    void whereSomebodySignedInBeforeIsGuessedNoFaster() {
        throttle.take(ana(HOME));
        throttle.succeeded(ana(HOME));
        take(ana(HOME), 5);
        assertThat(throttle.take(ana(HOME))).isPresent();
    }

    @Test
    void signingInIsNoFailure() {
        for (int i = 0; i < 200; i++) {
            var tried = ana("10.0.0." + i);
            assertThat(throttle.take(tried)).isEmpty();
            throttle.succeeded(tried);
        }
    }

    @Test
    void oneNetworksManyAddressesCountAsOne() {
        for (int i = 0; i < 50; i++) {
            throttle.failed(stranger("name" + i, "2001:db8:1:2::" + Integer.toHexString(i)));
        }
        assertThat(throttle.failed(ana("2001:db8:1:2:ffff::1"))).isPresent();
        assertThat(throttle.failed(ana("2001:db8:1:3::1"))).isEmpty();
    }

    private void takeFromEverywhere(int times) {
        for (int i = 0; i < times; i++) {
            throttle.take(ana("203.0.113." + i));
        }
    }

    private void take(Tried tried, int times) {
        for (int i = 0; i < times; i++) {
            throttle.take(tried);
        }
    }

    private static Tried ana(String address) {
        return new Tried(Optional.of(new PersonId("ana")), "ana", address);
    }

    private static Tried stranger(String name, String address) {
        return new Tried(Optional.empty(), name, address);
    }
}
