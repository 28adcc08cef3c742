package io.holdpoint.workflow.approval;

import java.sql.SQLException;

/** Tells a store that fails inside the engine from a flow that does: the engine wraps both alike. */
final class StoreFault {

    private StoreFault() {}

    static boolean isBehind(Throwable fault) {
        for (var cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException) {
                return true;
            }
        }
        return false;
    }
}
