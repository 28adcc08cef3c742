package io.holdpoint.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.GatewayUnderTest.Setup;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The policy published on catalogue pages, word for word, under load. */
@OnDatabase(GatewayDatabases.H2)
class LimitsUnderLoadTests {

    private static final String PUBLISHED = """
            {"version":"1","default":"deny","tools":{"start_dicom_export_job":{"limits":[{"counter":"start_dicom_export_job_rate","window":"minute","max":10,"scope":"grant"}]}}}""";

    @TempDir
    private Path directory;

    @Test
    void of200ParallelCallsExactlyTenReachTheServer(GatewayDatabases database) {
        try (var server = RecordingServer.offering("start_dicom_export_job", "delete_study");
                var gateway = GatewayUnderTest.start(
                        Setup.of(directory, server, PUBLISHED).on(database))) {
            MinuteBoundary.stayAwayFrom();
            var answers = burst(gateway.agent(), 200);
            assertThat(server.calls("start_dicom_export_job")).hasSize(10);
            assertThat(answers).filteredOn(answer -> !answer.isError()).hasSize(10);
            assertThat(answers).filteredOn(TestAgent.Answer::isError).allSatisfy(answer -> {
                assertThat(answer.decided()).isEqualTo("limit");
                assertThat(answer.decision().path("retryAfterMs").asLong()).isBetween(1L, 60_000L);
            });
        }
    }

    private static List<TestAgent.Answer> burst(TestAgent agent, int calls) {
        var answers = IntStream.range(0, calls)
                .mapToObj(n -> agent.calling("start_dicom_export_job", "{\"n\":%d}".formatted(n)))
                .toList();
        return answers.stream().map(answer -> answer.join()).toList();
    }
}
