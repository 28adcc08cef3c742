package io.holdpoint.gateway.upstream;

import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** What a server announces about its idle connections, as in {@code Keep-Alive: timeout=5} (RFC 2068, 19.7.1.1). */
final class KeepAlive {

    private static final Pattern TIMEOUT = Pattern.compile("(?i)(?:^|[,;\\s])timeout\\s*=\\s*(\\d{1,6})");

    private KeepAlive() {}

    /** How long a connection may be unused and still be used again: a second less than announced. */
    static long usableNanos(String header) {
        var timeout = TIMEOUT.matcher(header);
        return timeout.find() ? TimeUnit.SECONDS.toNanos(Long.parseLong(timeout.group(1)) - 1) : Long.MAX_VALUE;
    }
}
