package io.holdpoint.gateway.console.access;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names this console answers to. A page of another site whose name was pointed at this machine (DNS rebinding)
 * sends its own name as {@code Host} and is refused by that.
 */
final class KnownHosts {

    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9a-f:.]+]|[^:/?#@\\[\\]\\s]+)(?::[0-9]{1,5})?");
    private static final Pattern ORIGIN = Pattern.compile("https?://(.+)");
    private static final Set<String> ANY_ADDRESS = Set.of("0.0.0.0", "[::]");

    private final Set<String> known = new HashSet<>(List.of("localhost", "127.0.0.1", "[::1]"));
    private final Optional<String> publicAuthority;

    KnownHosts(ConsoleSettings settings) {
        var address = lower(settings.address());
        known.add(address.contains(":") && !address.startsWith("[") ? "[" + address + "]" : address);
        known.removeAll(ANY_ADDRESS);
        publicAuthority = settings.publicUrl().map(URI::getRawAuthority).map(KnownHosts::lower);
        settings.publicUrl().map(URI::getHost).map(KnownHosts::lower).ifPresent(known::add);
        settings.allowedHosts().stream().map(KnownHosts::lower).forEach(known::add);
    }

    /** @param authority a {@code Host} header's value; empty where there was none */
    boolean knows(Optional<String> authority) {
        return authority.map(KnownHosts::lower).filter(this::isKnown).isPresent();
    }

    /** Whether a page of this origin is one of ours, for a request that was sent to {@code host}. */
    boolean isOurs(String origin, Optional<String> host) {
        var match = ORIGIN.matcher(lower(origin));
        if (!match.matches()) {
            return false;
        }
        var authority = Optional.of(match.group(1));
        return authority.equals(host.map(KnownHosts::lower)) || authority.equals(publicAuthority);
    }

    private boolean isKnown(String authority) {
        var match = AUTHORITY.matcher(authority);
        return match.matches() && (known.contains(authority) || known.contains(match.group(1)));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
