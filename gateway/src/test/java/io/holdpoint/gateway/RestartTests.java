package io.holdpoint.gateway;

import static io.holdpoint.gateway.GatewayUnderTest.ANA;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.GatewayUnderTest.Setup;
import io.holdpoint.workflow.approval.ApprovalState;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What changed between a question and its answer, while the gateway was stopped and started again. */
@OnDatabase(GatewayDatabases.H2)
class RestartTests {

    private final RecordingServer server = RecordingServer.offering("delete");

    @TempDir
    private Path directory;

    private Setup setup;
    private GatewayUnderTest gateway;

    @BeforeEach
    void start(GatewayDatabases database) {
        setup = Setup.of(directory, server, policy("{\"require_approval\":true}"))
                .on(database);
        gateway = GatewayUnderTest.start(setup);
    }

    private static String policy(String rule) {
        return "{\"version\":\"1\",\"default\":\"deny\",\"tools\":{\"delete\":%s}}".formatted(rule);
    }

    @AfterEach
    void stop() {
        gateway.close();
        server.close();
    }

    private void restart(String rule) {
        gateway.close();
        gateway = GatewayUnderTest.start(setup.under(policy(rule)));
    }

    @Test
    void anApprovalIsVoidedAtOnceWhenTheToolsDefinitionChangedMeanwhile() {
        gateway.agent().calling("delete", "{\"id\":\"s1\"}");
        var approval = gateway.pending("s1");
        server.redefine("delete", "Deletes everything");
        restart("{\"require_approval\":true}");
        assertThat(gateway.until(approval, ApprovalState.VOIDED).decidedReason())
                .contains("the tool's definition changed");
        assertThat(server.calls("delete")).isEmpty();
    }

    @Test
    void anApprovalIsVoidedWhenItsRuleChangedMeanwhile() {
        gateway.agent().calling("delete", "{\"id\":\"s1\"}");
        var approval = gateway.pending("s1");
        restart("{\"require_approval\":{\"reason_required\":true}}");
        gateway.reviewWithReason(approval, ANA, "fine");
        assertVoidedBecause("the policy's rule for it changed");
    }

    private void assertVoidedBecause(String reason) {
        var answer = gateway.agent().call("delete", "{\"id\":\"s1\"}");
        assertThat(answer.decided()).isEqualTo("voided");
        assertThat(answer.text()).contains(reason);
        assertThat(server.calls("delete")).isEmpty();
    }
}
