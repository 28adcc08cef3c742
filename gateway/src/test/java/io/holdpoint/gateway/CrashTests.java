package io.holdpoint.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.GatewayUnderTest.Setup;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code kill -9} at the moments that matter. */
class CrashTests {

    private static final String POLICY = """
            {"version":"1","default":"deny","tools":{"delete":{"require_approval":true}}}""";

    private final RecordingServer server = RecordingServer.offering("delete");

    @TempDir
    private Path directory;

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void aCallHeldWhenTheGatewayIsKilledRunsExactlyOnceAfterApproval(GatewayDatabases database) {
        try (var gateway = new GatewayProcess(setup().on(database)).ready()) {
            gateway.agent().calling("delete", "{\"id\":\"s1\"}");
            var held = gateway.approvalIn("pending");
            gateway.kill();
            gateway.restart();
            gateway.approve(held);
            assertThat(gateway.agent().call("delete", "{\"id\":\"s1\"}").text()).isEqualTo("did delete");
            assertThat(gateway.approvalIn("succeeded").path("id")).isEqualTo(held.path("id"));
            assertThat(server.calls("delete")).hasSize(1);
        }
    }

    @Test
    void aCallKilledBetweenItsFirstByteAndItsAnswerIsUnknownAndNeverRunsAgain() throws InterruptedException {
        var received = server.hangOn("delete");
        try (var gateway = new GatewayProcess(setup()).ready()) {
            gateway.agent().calling("delete", "{\"id\":\"s1\"}");
            gateway.approve(gateway.approvalIn("pending"));
            assertThat(received.await(20, TimeUnit.SECONDS)).isTrue();
            gateway.kill();
            gateway.restart();
            gateway.approvalIn("unknown");
            assertThat(gateway.agent().call("delete", "{\"id\":\"s1\"}").decided())
                    .isEqualTo("unknown");
            assertThat(server.calls("delete")).hasSize(1);
        }
    }

    private Setup setup() {
        return Setup.of(directory, server, POLICY);
    }
}
