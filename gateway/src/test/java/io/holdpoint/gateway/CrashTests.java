package io.holdpoint.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.GatewayUnderTest.Setup;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code kill -9} at the moments that matter: one call was held and another one at work when the gateway died. */
@OnDatabase(GatewayDatabases.H2)
class CrashTests {

    private static final String POLICY = """
            {"version":"1","default":"deny","tools":{"delete":{"require_approval":true},"export":{"require_approval":true}}}""";

    private static RecordingServer server;
    private static GatewayProcess gateway;
    private static JsonNode held;
    private static JsonNode atWork;

    @BeforeAll
    static void killWhileCallsAreHeldAndAtWork(GatewayDatabases database, @TempDir Path directory)
            throws InterruptedException {
        server = RecordingServer.offering("delete", "export");
        gateway = new GatewayProcess(Setup.of(directory, server, POLICY).on(database));
        gateway.ready();
        var received = server.hangOn("export");
        gateway.agent().calling("export", "{\"id\":\"s2\"}");
        atWork = gateway.approvalIn("pending");
        gateway.approve(atWork);
        assertThat(received.await(GatewayUnderTest.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        gateway.agent().calling("delete", "{\"id\":\"s1\"}");
        held = gateway.approvalIn("pending");
        gateway.kill();
        gateway.restart();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        server.close();
    }

    @Test
    void aCallHeldWhenTheGatewayIsKilledRunsExactlyOnceAfterApproval() {
        gateway.approve(held);
        assertThat(gateway.agent().call("delete", "{\"id\":\"s1\"}").text()).isEqualTo("did delete");
        assertThat(gateway.approvalIn("succeeded").path("id")).isEqualTo(held.path("id"));
        assertThat(server.calls("delete")).hasSize(1);
    }

    @Test
    void aCallKilledBetweenItsFirstByteAndItsAnswerIsUnknownAndNeverRunsAgain() {
        assertThat(gateway.approvalIn("unknown").path("id")).isEqualTo(atWork.path("id"));
        assertThat(gateway.agent().call("export", "{\"id\":\"s2\"}").decided()).isEqualTo("unknown");
        assertThat(server.calls("export")).hasSize(1);
    }
}
