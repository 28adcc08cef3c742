package io.holdpoint.gateway.listener;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** The agents' listener: HTTP/1.1 on Netty, MCP only. Nothing that blocks may run on its event loops. */
public final class AgentListener implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(AgentListener.class);
    private static final int BACKLOG = 4096;
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 << 10, 256 << 10);

    private final AgentSettings settings;
    private final AgentRequests requests;
    private final EventLoopGroup loops;
    private final HeadCheck heads;
    private final Map<EventLoop, AgentConnections> connections = new ConcurrentHashMap<>();
    private @Nullable Channel channel;

    /** @param loops the event loops, shared with the connections to servers; epoll or NIO */
    public AgentListener(AgentSettings settings, AgentRequests requests, EventLoopGroup loops) {
        this.settings = settings;
        this.requests = requests;
        this.loops = loops;
        this.heads = new HeadCheck(settings);
    }

    @Override
    public void start() {
        var bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(EventLoops.isEpoll(loops) ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(new Initializer());
        channel = bootstrap
                .bind(new InetSocketAddress(settings.address(), settings.port()))
                .syncUninterruptibly()
                .channel();
        log.info("agents are served at http://{}:{}/mcp/", settings.address(), port());
    }

    @Override
    public void stop() {
        Objects.requireNonNull(channel).close().syncUninterruptibly();
        channel = null;
        connections.forEach((loop, open) -> loop.execute(open::closeAll));
        log.info("agents are not served any more");
    }

    @Override
    public boolean isRunning() {
        return channel != null;
    }

    /** Starts last and stops first: whatever answers agents is there before and after. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    /** The bound port. */
    public int port() {
        return ((InetSocketAddress) Objects.requireNonNull(channel).localAddress()).getPort();
    }

    private AgentConnections on(EventLoop loop) {
        return connections.computeIfAbsent(loop, unused -> {
            var fresh = new AgentConnections();
            loop.scheduleAtFixedRate(fresh::cutStale, 1, 1, TimeUnit.SECONDS);
            return fresh;
        });
    }

    private final class Initializer extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel agent) {
            agent.pipeline()
                    .addLast(
                            new AgentRequestDecoder(),
                            new HttpResponseEncoder(),
                            new AgentConnection(settings, heads, requests, on(agent.eventLoop())));
        }
    }
}
