package io.holdpoint.gateway.enforcement;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.springframework.beans.factory.DisposableBean;

/**
 * Few threads that open approvals. Calls of one grant go through one of them, one after the other: so equal calls meet
 * instead of racing, and a grant's number of pending approvals is exact on a node.
 */
final class HoldWorkers implements DisposableBean {

    private static final int WORKERS = 16;
    private static final int MOST_WAITING = 20_000;

    private final List<Workers> workers = new ArrayList<>();

    HoldWorkers() {
        for (var i = 0; i < WORKERS; i++) {
            workers.add(new Workers(1, MOST_WAITING, "hold-" + i));
        }
    }

    ExecutorService of(String grant) {
        return workers.get(Math.floorMod(grant.hashCode(), WORKERS));
    }

    @Override
    public void destroy() throws InterruptedException {
        workers.forEach(ExecutorService::shutdown);
        for (var worker : workers) {
            worker.destroy();
        }
    }
}
