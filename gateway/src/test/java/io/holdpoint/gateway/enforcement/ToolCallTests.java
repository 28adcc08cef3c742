package io.holdpoint.gateway.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.mcp.Revision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolCallTests {

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
}
