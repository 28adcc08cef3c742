package io.holdpoint.gateway.configuration;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Whether this machine can listen at an address and port, found out by doing so for a moment. Safe for any thread. */
public final class Listening {

    private static final int ANY_PORT = 0;
    private static final int FIRST_FREE_FOR_ALL = 1024;

    private final BiPredicate<String, Integer> canListen;

    private Listening(BiPredicate<String, Integer> canListen) {
        this.canListen = canListen;
    }

    /** This machine. */
    public static Listening here() {
        return new Listening(Listening::binds);
    }

    /** A machine where everything is free, for those who only want to know the rest. */
    public static Listening anywhere() {
        return new Listening((address, port) -> true);
    }

    /**
     * What is wrong with an address, after its name: {@code is "nohost.invalid", no host …}.
     *
     * @return empty if it is one of this machine
     */
    public Optional<String> faultOfAddress(String address) {
        if (canListen.test(address, ANY_PORT)) {
            return Optional.empty();
        }
        return Optional.of(
                new InetSocketAddress(address, ANY_PORT).isUnresolved()
                        ? "is \"%s\", no host that is known here; use an IP address such as 127.0.0.1"
                                .formatted(address)
                        : "is \"%s\", no address of this machine; use one of its own, such as 127.0.0.1"
                                .formatted(address));
    }

    /**
     * What is wrong with a port, after its name: {@code is 8080, in use already; …}.
     *
     * @param address one without a fault
     * @return empty if it is free
     */
    public Optional<String> faultOfPort(String address, int port) {
        if (canListen.test(address, port)) {
            return Optional.empty();
        }
        return Optional.of(
                port < FIRST_FREE_FOR_ALL
                        ? "is %d, in use already or not for this user; use one from 1024 on".formatted(port)
                        : "is %d, in use already; stop what uses it (another holdpoint?) or use another"
                                .formatted(port));
    }

    private static boolean binds(String address, int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, port), 1);
            return true;
        } catch (IOException e) {
            return false; // what is wrong with it is told by which of its parts fails
        }
    }
}
