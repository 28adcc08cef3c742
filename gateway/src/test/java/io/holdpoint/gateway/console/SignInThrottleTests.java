package io.holdpoint.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SignInThrottleTests {

    private final SignInThrottle throttle = new SignInThrottle(new HandClock());

    @Test
    void manyNamesThatNobodyHasMakeNoPersonsTriesForgotten() {
        tryFromEverywhere("ana", true, 5);
        for (int i = 0; i < 20_000; i++) {
            throttle.take("10.%d.%d.%d".formatted(i >> 16, i >> 8 & 0xff, i & 0xff), "name" + i, false);
        }
        assertThat(throttle.take("192.0.2.1", "ana", true)).isPresent();
    }

    @Test
    void caseAndBlanksMakeNoOtherName() {
        tryFromEverywhere("ana@example.org", true, 5);
        assertThat(throttle.take("192.0.2.1", " Ana@Example.org", true)).isPresent();
    }

    @Test
    void oneNetworksManyAddressesCountAsOne() {
        for (int i = 0; i < 50; i++) {
            throttle.take("2001:db8:1:2::" + Integer.toHexString(i), "name" + i, false);
        }
        assertThat(throttle.take("2001:db8:1:2:ffff::1", "ana", true)).isPresent();
        assertThat(throttle.take("2001:db8:1:3::1", "ana", true)).isEmpty();
    }

    private void tryFromEverywhere(String name, boolean isSomebodys, int times) {
        for (int i = 0; i < times; i++) {
            throttle.take("203.0.113." + i, name, isSomebodys);
        }
    }
}
