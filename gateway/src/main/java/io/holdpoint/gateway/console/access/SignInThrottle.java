package io.holdpoint.gateway.console.access;

import io.holdpoint.workflow.people.PersonId;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Slows guessing down. Failures count for a person, however the name is spelled: first by the network they come from,
 * so that a guesser elsewhere keeps nobody out, then from everywhere but the networks where that person signed in.
 * Names that nobody has count alike, and apart: so many that they are forgotten make nobody's own failures forgotten.
 * Failures of a network count too, but keep no right password out.
 */
@Component
final class SignInThrottle {

    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final int FREE_FROM_NETWORK = 5;
    private static final int FREE_FROM_EVERYWHERE = 50;
    private static final int FREE_OF_NETWORK = 50;
    private static final Duration PAUSE_OF_NETWORK = Duration.ofSeconds(10);
    private static final int ROOM = 10_000;

    /** A provider gives one customer so much of an IPv6 address. */
    private static final int NETWORK_BYTES = 8;

    private final Counters people;
    private final Counters strangers;
    private final Attempts networks;
    private final Set<String> known = Collections.synchronizedSet(Collections.newSetFromMap(new Recent()));

    SignInThrottle(Clock clock) {
        // The configuration bounds how many people there are.
        people = Counters.of(Integer.MAX_VALUE, clock);
        strangers = Counters.of(ROOM, clock);
        networks = new Attempts(FREE_OF_NETWORK, PAUSE_OF_NETWORK, ROOM, clock);
    }

    /**
     * Who is tried, from where.
     *
     * @param person whom the name belongs to; empty where nobody has it
     * @param name as typed
     */
    record Tried(Optional<PersonId> person, String name, String address) {

        private String who() {
            return person.map(PersonId::value).orElseGet(() -> folded(name.strip()));
        }

        /** The address, or the part of it that one customer has. */
        String network() {
            return networkOf(address);
        }

        private String whoAndWhere() {
            return network() + " " + who();
        }
    }

    /**
     * Counts a try as a failure.
     *
     * @return how long to wait, where it may not be tried now
     */
    Optional<Duration> take(Tried tried) {
        var counters = counters(tried);
        var wait = counters.fromNetwork().take(tried.whoAndWhere());
        if (wait.isPresent() || known.contains(tried.whoAndWhere())) {
            return wait;
        }
        return counters.fromEverywhere().take(tried.who());
    }

    /** The password was right. The person's failures elsewhere stay counted: they are somebody else's. */
    void succeeded(Tried tried) {
        people.fromNetwork().forget(tried.whoAndWhere());
        if (known.add(tried.whoAndWhere())) {
            people.fromEverywhere().giveBack(tried.who());
        }
    }

    /**
     * The password was wrong, or the name nobody's.
     *
     * @return how long to wait, where the network had too many of them
     */
    Optional<Duration> failed(Tried tried) {
        return networks.take(tried.network());
    }

    private Counters counters(Tried tried) {
        return tried.person().isPresent() ? people : strangers;
    }

    /** As {@link String#equalsIgnoreCase} takes characters for the same. */
    private static String folded(String text) {
        var folded = new StringBuilder(text.length());
        text.chars()
                .map(Character::toUpperCase)
                .map(Character::toLowerCase)
                .forEach(character -> folded.append((char) character));
        return folded.toString();
    }

    private static String networkOf(String address) {
        try {
            // A literal address is never looked up.
            return InetAddress.getByName(address) instanceof Inet6Address v6
                    ? HexFormat.of().formatHex(Arrays.copyOf(v6.getAddress(), NETWORK_BYTES))
                    : address;
        } catch (UnknownHostException e) {
            return address; // no literal: counted as it is
        }
    }

    /** Failures by name: from each network, and together. */
    private record Counters(Attempts fromNetwork, Attempts fromEverywhere) {

        static Counters of(int names, Clock clock) {
            return new Counters(
                    new Attempts(FREE_FROM_NETWORK, PAUSE, ROOM, clock),
                    new Attempts(FREE_FROM_EVERYWHERE, PAUSE, names, clock));
        }
    }

    /** The last {@link #ROOM} that were put there. */
    private static final class Recent extends LinkedHashMap<String, Boolean> {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > ROOM;
        }
    }
}
