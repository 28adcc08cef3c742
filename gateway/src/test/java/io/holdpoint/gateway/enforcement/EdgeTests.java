package io.holdpoint.gateway.enforcement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class EdgeTests {

    @Test
    void theAgentIsAnsweredAfterAnError() {
        try (var one = new OneCall("x")) {
            Edge.guarding(one.call(), EdgeTests::fail).run();
            assertThat(one.sent()).contains("The call was not made because of a fault in the gateway");
        }
    }

    @Test
    void theThreadGoesOnAfterAnError() {
        assertThatCode(Edge.guarding("looking", EdgeTests::fail)::run).doesNotThrowAnyException();
    }

    private static void fail() {
        throw new StackOverflowError("not a real one");
    }
}
