package io.holdpoint.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.GatewayUnderTest.Setup;
import io.holdpoint.workflow.people.PersonId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code approvals.allow-owner}: one person owns the grant and approves its calls, and nobody can overlook it. */
@OnDatabase(GatewayDatabases.H2)
class WorkingAloneTests {

    private static final PersonId CAI = new PersonId("cai");

    @TempDir
    private Path directory;

    @Test
    void anOwnerApprovesTheirOwnCallAndEachEntrySaysThatTheyMay(GatewayDatabases database) {
        try (var server = RecordingServer.offering("delete", "list");
                var gateway = GatewayUnderTest.start(setup(server).on(database))) {
            gateway.agent().call("list", "{}");
            var answer = gateway.agent().calling("delete", "{\"id\":\"s1\"}");
            gateway.approve(gateway.pending("s1"), CAI);
            assertThat(answer.join().text()).isNotEmpty();
            assertThat(server.calls("delete")).hasSize(1);
            assertThat(entries(gateway)).hasSizeGreaterThan(5).allMatch(entry -> entry.contains("\"allowOwner\":true"));
        }
    }

    private Setup setup(RecordingServer server) {
        var policy = """
                {"version":"1","default":"deny","tools":{"list":{},"delete":{"require_approval":{"approvers":["cai"]}}}}""";
        return Setup.of(directory, server, policy).approvals("allow-owner: true");
    }

    private static List<String> entries(GatewayUnderTest gateway) {
        return gateway.jdbc().queryForList("select body from audit_entry", byte[].class).stream()
                .map(body -> new String(body, StandardCharsets.UTF_8))
                .toList();
    }
}
