package io.holdpoint.gateway.upstream;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.CodecException;
import io.netty.handler.ssl.SslContext;
import io.netty.resolver.NoopAddressResolverGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens connections: looks the name up, tries each address once, shakes hands. Reports on the event loop. */
final class Dialler {

    private final HostAddresses hosts;
    private final Supplier<SslContext> tls;

    Dialler(HostAddresses hosts, Supplier<SslContext> tls) {
        this.hosts = hosts;
        this.tls = tls;
    }

    void dial(EventLoop loop, Class<? extends Channel> channel, Endpoint endpoint, Connection connection) {
        hosts.find(endpoint.host())
                .whenComplete((addresses, fault) ->
                        loop.execute(() -> new Attempt(loop, channel, endpoint, connection).found(addresses, fault)));
    }

    /** What people can do something with; other faults show their kind only, for their texts may hold anything. */
    static String reason(Throwable fault) {
        var wrapped = fault instanceof CompletionException || fault instanceof CodecException;
        var cause = wrapped && fault.getCause() != null ? fault.getCause() : fault;
        if (cause instanceof UnknownHostException) {
            return "its host name is not known";
        }
        return cause instanceof IOException && cause.getMessage() != null
                ? cause.getMessage()
                : cause.getClass().getSimpleName();
    }

    /** The kind of channel that works on the loop. */
    static Class<? extends Channel> channelOf(EventLoop loop) {
        if (loop instanceof IoEventLoopGroup io && io.isIoType(EpollIoHandler.class)) {
            return EpollSocketChannel.class;
        }
        if (loop instanceof IoEventLoopGroup io && io.isIoType(NioIoHandler.class)) {
            return NioSocketChannel.class;
        }
        throw new IllegalArgumentException("event loop " + loop.getClass().getName() + " is neither epoll nor NIO");
    }

    /** One try to open a connection, address after address. */
    private final class Attempt {

        private final EventLoop loop;
        private final Class<? extends Channel> channel;
        private final Endpoint endpoint;
        private final Connection connection;
        private List<InetAddress> addresses = List.of();
        private int next;

        Attempt(EventLoop loop, Class<? extends Channel> channel, Endpoint endpoint, Connection connection) {
            this.loop = loop;
            this.channel = channel;
            this.endpoint = endpoint;
            this.connection = connection;
        }

        void found(@Nullable List<InetAddress> found, @Nullable Throwable fault) {
            if (found == null || fault != null) {
                giveUp(fault == null ? new UnknownHostException() : fault);
                return;
            }
            addresses = found;
            connect();
        }

        private void connect() {
            if (connection.isClosed()) {
                return;
            }
            var trying = new Bootstrap()
                    .group(loop)
                    .channel(channel)
                    .resolver(NoopAddressResolverGroup.INSTANCE)
                    .option(ChannelOption.TCP_NODELAY, true)
                    .option(ChannelOption.SO_KEEPALIVE, true)
                    // The connection's own limit covers name, TCP and TLS together.
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect(new InetSocketAddress(addresses.get(next++), endpoint.port()));
            connection.trying(trying.channel());
            trying.addListener((ChannelFuture tried) -> tried(tried));
        }

        private void tried(ChannelFuture tried) {
            if (connection.isClosed()) {
                tried.channel().close();
            } else if (tried.isSuccess()) {
                connected(tried.channel());
            } else if (next < addresses.size()) {
                connect();
            } else {
                giveUp(tried.cause());
            }
        }

        private void connected(Channel channel) {
            if (endpoint.secure()) {
                shakeHands(channel);
            } else {
                channel.pipeline().addLast(new AnswerDecoder(connection), connection);
                connection.opened();
            }
        }

        private void shakeHands(Channel channel) {
            var handler = tls.get().newHandler(channel.alloc(), endpoint.host(), endpoint.port());
            handler.setHandshakeTimeoutMillis(0);
            channel.pipeline().addLast(handler, new AnswerDecoder(connection), connection);
            handler.handshakeFuture().addListener(shaken -> {
                if (shaken.isSuccess()) {
                    connection.opened();
                } else {
                    giveUp(shaken.cause());
                }
            });
        }

        private void giveUp(Throwable fault) {
            connection.notOpened(endpoint + " cannot be connected to: " + reason(fault));
        }
    }
}
