package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.listener.AgentExchange;
import io.holdpoint.gateway.mcp.JsonRpc;
import io.holdpoint.gateway.mcp.Refusal;
import io.holdpoint.gateway.mcp.Unacceptable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The edge of a worker's or event loop's thread: whatever goes wrong inside, the agent is answered, the call is not
 * made, and the thread goes on.
 */
final class Edge {

    private static final Logger log = LoggerFactory.getLogger(Edge.class);
    private static final String RULE = "(fault)";

    private Edge() {}

    /** Work on one call. */
    static Runnable guarding(ToolCall call, Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (Unacceptable e) {
                onLoop(call, () -> Answers.json(call.exchange(), e.status(), JsonRpc.error(e)));
            } catch (Throwable e) {
                // The edge of the thread: an engine or a driver may throw anything, and a full memory or a stack too
                // deep must not leave this agent, or the calls behind this one, without an answer.
                log.error("{} was refused because of a fault", call.id(), e);
                onLoop(call, () -> refuse(call));
            }
        };
    }

    /** Work that belongs to no single call. */
    static Runnable guarding(String what, Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (Throwable e) {
                // The edge of the thread, for errors too: what is left undone is looked at again by housekeeping.
                log.error("{} failed", what, e);
            }
        };
    }

    private static void onLoop(ToolCall call, Runnable answer) {
        call.exchange().loop().execute(answer);
    }

    private static void refuse(ToolCall call) {
        AgentExchange exchange = call.exchange();
        if (exchange.isStarted()) {
            exchange.abort();
        } else {
            Answers.refuse(
                    call,
                    Refusal.of(Refusal.Kind.DENY, RULE, "The call was not made because of a fault in the gateway"));
        }
    }
}
