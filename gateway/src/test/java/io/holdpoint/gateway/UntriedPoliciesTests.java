package io.holdpoint.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.command.PolicyLine;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where there is no log of calls that a policy could be tried on. */
class UntriedPoliciesTests {

    @TempDir
    private Path directory;

    @BeforeEach
    void configure() throws IOException {
        Files.writeString(directory.resolve("holdpoint.yaml"), """
                holdpoint:
                  console: { port: 0 }
                  people: { ana: { name: Ana, email: ana@example.org, roles: [reviewer, auditor] } }
                """);
        Files.writeString(directory.resolve("new.json"), "{\"version\": \"1\", \"default\": \"deny\"}");
    }

    @Test
    void withoutATokenARunningGatewayIsNoticedByItsDatabase() throws IOException {
        Files.createDirectories(directory.resolve("data/keys"));
        Files.writeString(directory.resolve("data/keys/data.key"), "ab".repeat(32));
        var store = Files.createFile(directory.resolve("data/holdpoint.mv.db"));
        try (var file = FileChannel.open(store, StandardOpenOption.WRITE);
                var lock = file.lock()) {
            assertThat(lock.isValid()).isTrue();
            var ran = PolicyLine.simulate(directory, Map.of(), "new.json");
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err())
                    .contains("another holdpoint", "HOLDPOINT_TOKEN")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void whereNothingWasServedYetNothingIsMade() {
        var ran = PolicyLine.simulate(directory, Map.of(), "new.json");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("there is no database");
        assertThat(directory.resolve("data")).doesNotExist();
    }
}
