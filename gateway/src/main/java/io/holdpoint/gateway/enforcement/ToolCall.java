package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.catalog.Category;
import io.holdpoint.gateway.catalog.Definition;
import io.holdpoint.gateway.grant.Grant;
import io.holdpoint.gateway.limit.Scopes;
import io.holdpoint.gateway.listener.AgentExchange;
import io.holdpoint.gateway.mcp.ArgumentTree;
import io.holdpoint.gateway.mcp.Message;
import io.holdpoint.gateway.mcp.Revision;
import io.holdpoint.gateway.policy.Policy;
import io.holdpoint.gateway.policy.RuleId;
import io.holdpoint.workflow.CallId;
import io.holdpoint.workflow.CallSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A {@code tools/call} that was read and belongs to a grant.
 *
 * @param session the server's own session id; empty where there is none
 * @param clientName the client's name for itself; never authority
 * @param definition what is remembered of the tool
 * @param shadow what the grant's shadow policy says, once it was asked
 */
record ToolCall(
        CallId id,
        AgentExchange exchange,
        Grant grant,
        Grant.Access access,
        Message message,
        Revision revision,
        String session,
        String clientName,
        Definition definition,
        Optional<Shadow> shadow) {

    /** Readings begin a minute apart and may take half of one; older is what a server that cannot be read had. */
    private static final Duration OLDEST = Duration.ofSeconds(90);

    ToolCall {
        Objects.requireNonNull(id);
        Objects.requireNonNull(exchange);
        Objects.requireNonNull(message);
    }

    String server() {
        return access.server().name();
    }

    String tool() {
        return message.name();
    }

    byte[] requestId() {
        return message.id().of(message.body());
    }

    /** @throws io.holdpoint.gateway.mcp.Unacceptable if a number in them is beyond what can be judged */
    ObjectNode arguments() {
        return ArgumentTree.of(message);
    }

    /** The same call with the tool's definition as read just now. */
    ToolCall withDefinition(Definition read) {
        return new ToolCall(id, exchange, grant, access, message, revision, session, clientName, read, shadow);
    }

    /**
     * The same call under its grant as it is now, which must have the call's server. Of one that is configured otherwise
     * nothing is known: its tools may be others, or of other classes because it is not trusted any more.
     */
    ToolCall under(Grant now) {
        var newAccess = Objects.requireNonNull(now.servers().get(server()));
        var known = newAccess.server().equals(access.server()) ? definition : unread(tool());
        return new ToolCall(id, exchange, now, newAccess, message, revision, session, clientName, known, shadow);
    }

    private static Definition unread(String tool) {
        return new Definition(tool, Definition.ABSENT, "", Category.UNKNOWN, Category.UNKNOWN.risk(), Instant.EPOCH);
    }

    ToolCall with(Shadow judged) {
        return new ToolCall(
                id, exchange, grant, access, message, revision, session, clientName, definition, Optional.of(judged));
    }

    /** Whether its server lists the tool, as far as is remembered. */
    boolean isListed() {
        return !definition.sha256().equals(Definition.ABSENT);
    }

    /**
     * Whether its tool is of the class that is remembered: a server's tools may not have been read yet, or not for long,
     * or the tool may have come after they were.
     */
    boolean hasKnownRisk(Instant now) {
        return isListed() && !definition.readAt().isBefore(now.minus(OLDEST));
    }

    /** Whom limits count this call for. Where the revision has no sessions, whatever the agent sends is none. */
    Scopes scopes() {
        var counted = revision.isModern() || session.isEmpty() ? grant.id() : session;
        return new Scopes(grant.id(), server(), counted);
    }

    /** The call as the log sees it, without its arguments. */
    CallSummary summary(RuleId rule) {
        return summary(rule, "");
    }

    /** The call as people see it. */
    CallSummary summary(RuleId rule, String shownArguments) {
        return new CallSummary(
                id,
                server(),
                tool(),
                grant.id(),
                grant.owner().value(),
                rule.value(),
                access.policy().map(Policy::sha256).orElse(""),
                access.policy()
                        .map(policy -> policy.risk(tool(), definition.risk()))
                        .orElse(definition.risk()),
                definition.category().label(),
                shownArguments);
    }
}
