package io.holdpoint.gateway.console;

import io.holdpoint.workflow.approval.Approval;
import io.holdpoint.workflow.approval.FlowPosition;
import java.util.List;
import java.util.Optional;

/**
 * What stands around an approval.
 *
 * @param sentAlong what goes to the server beside the arguments
 * @param flowPosition where its flow waits; empty once it is decided
 * @param lastEqual the approval of the equal call that ran last
 * @param unsettledEquals those of equal calls that are {@code UNKNOWN} and not settled, newest first
 */
record Surroundings(
        SentAlongText sentAlong,
        List<FlowPosition> flowPosition,
        Optional<Approval> lastEqual,
        List<Approval> unsettledEquals) {

    Surroundings {
        flowPosition = List.copyOf(flowPosition);
        unsettledEquals = List.copyOf(unsettledEquals);
    }
}
