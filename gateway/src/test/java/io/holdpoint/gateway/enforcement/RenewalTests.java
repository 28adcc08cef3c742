package io.holdpoint.gateway.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.grant.Grant;
import io.holdpoint.gateway.grant.Grants;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls of a grant that is read again with the same policy. */
class RenewalTests {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final OneCall one = new OneCall("delete_all");

    @AfterEach
    void close() {
        one.close();
    }

    @Test
    void aCallWhoseServerIsAsItWasIsCurrent() {
        assertThat(isCurrentUnder(false)).isTrue();
    }

    @Test
    void aCallWhoseServerIsTrustedOtherwiseIsNotCurrent() {
        assertThat(isCurrentUnder(true)).isFalse();
    }

    private boolean isCurrentUnder(boolean trusted) {
        var call = one.call().under(grant(false));
        return new Renewal(() -> new Grants(List.of(grant(trusted))), Clock.systemUTC()).isCurrent(call);
    }

    private static Grant grant(boolean trusted) {
        var server = OneCall.server(TIMEOUT, trusted);
        return OneCall.grantWith(OneCall.access(server, "{\"version\":\"1\",\"default\":\"allow\"}"));
    }
}
