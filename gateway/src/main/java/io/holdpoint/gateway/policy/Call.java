package io.holdpoint.gateway.policy;

import io.holdpoint.workflow.Risk;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call as a policy sees it.
 *
 * @param arguments the arguments, numbers exact; empty where the call has none
 * @param risk the tool's class in the catalogue
 */
public record Call(String server, String tool, ObjectNode arguments, Risk risk) {

    public Call {
        Objects.requireNonNull(server);
        Objects.requireNonNull(tool);
        Objects.requireNonNull(arguments);
        Objects.requireNonNull(risk);
    }
}
