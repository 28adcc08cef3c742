package io.holdpoint.workflow.approval;

import java.util.Objects;

/**
 * A place in its drawing at which a flow waits.
 *
 * @param element the element's id
 * @param name what the drawing calls it; the id where it has no name
 */
public record FlowPosition(String element, String name) {

    public FlowPosition {
        Objects.requireNonNull(element);
        Objects.requireNonNull(name);
    }
}
