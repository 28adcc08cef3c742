package io.holdpoint.gateway.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.catalog.Category;
import io.holdpoint.gateway.catalog.Definition;
import io.holdpoint.gateway.mcp.Revision;
import io.holdpoint.workflow.Risk;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolCallTests {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "V2025_11_25, session-1, session-1",
        "V2025_11_25, '', agent",
        "V2026_07_28, '', agent",
        "V2026_07_28, session-1, agent",
    })
    void aSessionIsTheMcpSessionOrTheGrantWhereTheRevisionHasNone(Revision revision, String sent, String counted) {
        try (var one = new OneCall("delete", revision, sent)) {
            assertThat(one.call().scopes().session()).isEqualTo(counted);
        }
    }

    @ParameterizedTest
    @CsvSource({"90, true", "91, false"})
    void aListedToolIsOfItsClassForNinetySeconds(int seconds, boolean known) {
        try (var one = new OneCall("delete")) {
            var call = one.call().withDefinition(listed(NOON));
            assertThat(call.hasKnownRisk(NOON.plusSeconds(seconds))).isEqualTo(known);
        }
    }

    @Test
    void ofAToolThatIsNotListedNoClassIsKnown() {
        try (var one = new OneCall("delete")) {
            var absent = new Definition("delete", Definition.ABSENT, "", Category.UNKNOWN, Risk.HIGH, NOON);
            assertThat(one.call().withDefinition(absent).hasKnownRisk(NOON)).isFalse();
        }
    }

    @Test
    void ofAServerThatIsTrustedOtherwiseNothingIsKnown() {
        var now = OneCall.access(
                OneCall.server(Duration.ofSeconds(5), true), "{\"version\":\"1\",\"default\":\"allow\"}");
        try (var one = new OneCall("delete")) {
            var call = one.call().withDefinition(listed(NOON)).under(OneCall.grantWith(now));
            assertThat(call.definition().isRead()).isFalse();
        }
    }

    private static Definition listed(Instant readAt) {
        return new Definition("delete", "ab".repeat(32), "{}", Category.DESTRUCTIVE, Risk.CRITICAL, readAt);
    }
}
