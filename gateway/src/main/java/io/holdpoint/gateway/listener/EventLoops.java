package io.holdpoint.gateway.listener;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.DefaultThreadFactory;

/** The event loops agents and servers are spoken to on: one for each core, on epoll where there is one. */
public final class EventLoops {

    private static final String LEAK_DETECTION = "io.netty.leakDetection.level";

    private EventLoops() {}

    /** Buffers are only watched for leaks if Netty's own system property says so: watching costs every call. */
    public static EventLoopGroup start() {
        if (System.getProperty(LEAK_DETECTION) == null) {
            ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        }
        var threads = new DefaultThreadFactory("loop");
        var handler = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        return new MultiThreadIoEventLoopGroup(Runtime.getRuntime().availableProcessors(), threads, handler);
    }

    static boolean isEpoll(EventLoopGroup loops) {
        return loops instanceof IoEventLoopGroup io && io.isIoType(EpollIoHandler.class);
    }
}
