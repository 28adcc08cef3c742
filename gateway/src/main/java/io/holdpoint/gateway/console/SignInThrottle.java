package io.holdpoint.gateway.console;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Slows guessing down: by the name that is tried, and by the address it comes from. Names that nobody has count like
 * those of people, and apart from them: so many of them that they are forgotten make nobody's own count forgotten.
 * Behind a proxy all come from one address, so the limit for addresses is the wider one.
 */
@Component
final class SignInThrottle {

    private static final int FREE_PER_NAME = 5;
    private static final Duration PAUSE_PER_NAME = Duration.ofSeconds(30);
    private static final int FREE_PER_ADDRESS = 50;
    private static final Duration PAUSE_PER_ADDRESS = Duration.ofSeconds(10);
    private static final int MOST = 10_000;

    /** A provider gives one customer so much of an IPv6 address. */
    private static final int NETWORK_BYTES = 8;

    private final Attempts people;
    private final Attempts strangers;
    private final Attempts addresses;

    SignInThrottle(Clock clock) {
        people = new Attempts(FREE_PER_NAME, PAUSE_PER_NAME, MOST, clock);
        strangers = new Attempts(FREE_PER_NAME, PAUSE_PER_NAME, MOST, clock);
        addresses = new Attempts(FREE_PER_ADDRESS, PAUSE_PER_ADDRESS, MOST, clock);
    }

    /**
     * Counts a try.
     *
     * @param name as typed
     * @param isSomebodys whether a person has this name
     * @return how long to wait, where it may not be tried now
     */
    Optional<Duration> take(String address, String name, boolean isSomebodys) {
        var wait = addresses.take(network(address));
        return wait.isPresent() ? wait : names(isSomebodys).take(plain(name));
    }

    /** Somebody knew the password. The address stays counted: it may be a guesser's with one account of their own. */
    void succeeded(String name) {
        people.forget(plain(name));
    }

    private Attempts names(boolean isSomebodys) {
        return isSomebodys ? people : strangers;
    }

    private static String plain(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    private static String network(String address) {
        try {
            // A literal address is never looked up.
            return InetAddress.getByName(address) instanceof Inet6Address v6
                    ? HexFormat.of().formatHex(Arrays.copyOf(v6.getAddress(), NETWORK_BYTES))
                    : address;
        } catch (UnknownHostException e) {
            return address; // no literal: counted as it is
        }
    }
}
