package io.holdpoint.gateway;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import io.netty.util.ResourceLeakTracker;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a class after whose tests a buffer of Netty's was lost. It watches all of them: {@code gateway/pom.xml} sets
 * {@code io.netty.leakDetection.level} to paranoid. JUnit finds it as a service, before any class asks for a buffer.
 */
public final class LeakWatch implements AfterAllCallback {

    private static final long PATIENCE_MILLIS = 10_000;
    private static final Queue<String> LOST = new ConcurrentLinkedQueue<>();
    private static final AtomicBoolean USED = new AtomicBoolean();

    static {
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new ResourceLeakDetectorFactory() {
            @Override
            public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int interval, long active) {
                return new Detector<>(resource, interval);
            }

            @Override
            public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int interval) {
                return new Detector<>(resource, interval);
            }
        });
    }

    private static final class Detector<T> extends ResourceLeakDetector<T> {

        Detector(Class<T> resource, int interval) {
            super(resource, interval);
        }

        @Override
        public ResourceLeakTracker<T> track(T resource) {
            USED.set(true);
            return super.track(resource);
        }

        @Override
        protected boolean needReport() {
            return true;
        }

        @Override
        protected void reportTracedLeak(String resource, String records) {
            LOST.add(resource + records);
        }

        @Override
        protected void reportUntracedLeak(String resource) {
            LOST.add(resource);
        }
    }

    /** What was lost since the last time somebody asked, each with where it was used. */
    static List<String> lost() {
        collectGarbage();
        // Netty looks for lost ones whenever it hands out another.
        ByteBufAllocator.DEFAULT.buffer(1).release();
        USED.set(false);
        var lost = List.copyOf(LOST);
        LOST.clear();
        return lost;
    }

    /** Until an object nobody has any more is seen to be gone: so are the buffers nobody has. */
    private static void collectGarbage() {
        for (var round = 0; round < 2; round++) {
            var gone = new ReferenceQueue<Object>();
            var watched = new WeakReference<>(new Object(), gone);
            System.gc();
            try {
                if (gone.remove(PATIENCE_MILLIS) != watched) {
                    throw new AssertionError("no garbage is collected, so no leak is found");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (!USED.get()) {
            return;
        }
        var lost = lost();
        if (!lost.isEmpty()) {
            throw new AssertionError("buffers were lost:\n" + String.join("\n", lost));
        }
    }
}
