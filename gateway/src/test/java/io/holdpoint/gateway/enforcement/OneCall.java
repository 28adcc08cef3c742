package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.catalog.Category;
import io.holdpoint.gateway.catalog.Definition;
import io.holdpoint.gateway.grant.Grant;
import io.holdpoint.gateway.listener.OneExchange;
import io.holdpoint.gateway.mcp.MessageReader;
import io.holdpoint.gateway.mcp.Revision;
import io.holdpoint.gateway.policy.Policy;
import io.holdpoint.gateway.policy.SmallInstallation;
import io.holdpoint.gateway.upstream.Server;
import io.holdpoint.workflow.CallId;
import io.holdpoint.workflow.Risk;
import io.holdpoint.workflow.people.PersonId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A tool call of a grant without a policy, and no network. */
final class OneCall implements AutoCloseable {

    private static final String BODY =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\",\"arguments\":%s}}";
    private static final Server SERVER =
            new Server("imaging", URI.create("http://localhost/mcp"), Map.of(), Set.of(), Duration.ofSeconds(5), false);
    private static final Grant.Access ACCESS = new Grant.Access(SERVER, Optional.empty());
    static final Grant GRANT = new Grant(
            "agent",
            new PersonId("cai"),
            "ab".repeat(32),
            Map.of("imaging", ACCESS),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty());

    private final OneExchange agent;
    private final ToolCall call;

    OneCall(String tool) {
        this(tool, Revision.V2025_11_25, "");
    }

    /** @param session the server's own session id */
    OneCall(String tool, Revision revision, String session) {
        this(tool, "{}", revision, session);
    }

    static OneCall with(String tool, String arguments) {
        return new OneCall(tool, arguments, Revision.V2025_11_25, "");
    }

    private OneCall(String tool, String arguments, Revision revision, String session) {
        var body = BODY.formatted(tool, arguments);
        agent = new OneExchange(body);
        call = new ToolCall(
                new CallId("call_1"),
                agent.exchange(),
                GRANT,
                ACCESS,
                new MessageReader(64).read(body.getBytes(StandardCharsets.UTF_8)),
                revision,
                session,
                "",
                new Definition(tool, Definition.ABSENT, "", Category.UNKNOWN, Risk.LOW, Instant.EPOCH),
                Optional.empty());
    }

    /** The grant with a policy on its server, and perhaps a shadow. */
    static Grant grantWith(Grant.Access access) {
        return new Grant(
                GRANT.id(),
                GRANT.owner(),
                GRANT.tokenSha256(),
                Map.of("imaging", access),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty());
    }

    /** What the grant may do on its server. */
    static Grant.Access access(String policy) {
        return access(SERVER, policy);
    }

    /** The same on a server that is configured so. */
    static Grant.Access access(Server server, String policy) {
        var read = Policy.read(
                "policy.json", policy.getBytes(StandardCharsets.UTF_8), SmallInstallation.approvedBy("leads"));
        return new Grant.Access(server, Optional.of(read));
    }

    /** The server, with this silence borne and trusted or not. */
    static Server server(Duration timeout, boolean trusted) {
        return new Server(SERVER.name(), SERVER.url(), Map.of(), Set.of(), timeout, trusted);
    }

    ToolCall call() {
        return call;
    }

    /** What the agent was answered since somebody last asked. */
    String sent() {
        return agent.sent();
    }

    @Override
    public void close() {
        agent.close();
    }
}
