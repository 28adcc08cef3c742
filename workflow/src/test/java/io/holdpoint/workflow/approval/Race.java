package io.holdpoint.workflow.approval;

import java.util.ArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Several threads that begin at the same moment. */
final class Race {

    private Race() {}

    /** Runs the work on each thread; what a thread throws fails the race. */
    static void of(int threads, IntConsumer work) {
        var start = new CyclicBarrier(threads);
        var pool = Executors.newFixedThreadPool(threads);
        try {
            var runs = new ArrayList<Future<?>>();
            for (var thread = 0; thread < threads; thread++) {
                var number = thread;
                runs.add(pool.submit(() -> {
                    start.await();
                    work.accept(number);
                    return true;
                }));
            }
            for (var run : runs) {
                run.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError("a thread of the race failed", e);
        } finally {
            pool.shutdownNow();
        }
    }
}
