package io.holdpoint.gateway.enforcement;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;

/** Worker threads whose end is waited for: what they still do needs what ends after them. */
final class Workers extends ThreadPoolExecutor implements DisposableBean {

    private static final int STOP_SECONDS = 5;

    Workers(int threads, int mostWaiting, String name) {
        super(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(mostWaiting),
                task -> new Thread(task, name));
    }

    /** Never interrupts: an interrupt inside H2 would close the database's file for everybody. */
    @Override
    public void destroy() throws InterruptedException {
        shutdown();
        awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    }
}
