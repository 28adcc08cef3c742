package io.holdpoint.gateway.configuration;

import io.holdpoint.gateway.document.Fields;
import io.holdpoint.gateway.document.Node;
import io.holdpoint.workflow.Sha256;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads {@code token} and {@code token-sha256}. No two holders may share one: an agent with a person's token would
 * approve its own calls. Never shows a token.
 */
final class Tokens {

    private static final int SHORT = 20;
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SENDABLE = Pattern.compile("[\\x21-\\x7e]+"); // RFC 6750, 2.1, and no blanks

    private final Reading reading;
    private final Map<String, String> holders = new HashMap<>();

    Tokens(Reading reading) {
        this.reading = reading;
    }

    /** The hash of the holder's token; empty if there is none, or after a fault. */
    Optional<String> read(Fields holder) {
        var plain = holder.any("token");
        var hashed = holder.any("token-sha256");
        if (plain.isPresent() && hashed.isPresent()) {
            reading.faults().at(plain.get(), "stands beside token-sha256; keep one of them");
        }
        var hash = hashed.isPresent() ? hashed(holder) : plain(holder);
        hash.ifPresent(value -> checkUnique(value, hashed.or(() -> plain).orElseThrow()));
        return hash;
    }

    private Optional<String> hashed(Fields holder) {
        var hash = holder.optionalText("token-sha256");
        if (hash.isPresent() && !SHA256.matcher(hash.get()).matches()) {
            var node = holder.any("token-sha256").orElseThrow();
            reading.faults().at(node, "is not a SHA-256; use 64 lower-case hex digits of the token's UTF-8 bytes");
            return Optional.empty();
        }
        return hash;
    }

    private Optional<String> plain(Fields holder) {
        var token = holder.optionalText("token");
        if (token.isEmpty()) {
            return Optional.empty();
        }
        var node = holder.any("token").orElseThrow();
        if (!SENDABLE.matcher(token.get()).matches()) {
            reading.faults().at(node, "cannot be sent as a bearer token; use visible ASCII without blanks");
            return Optional.empty();
        }
        warn(node, token.get());
        return token.map(Sha256::hex);
    }

    private void warn(Node node, String token) {
        if (!reading.placeholders().filled(node)) {
            reading.warn(node, "is in clear in the file; better token-sha256, or ${NAME} from the environment");
        }
        if (token.length() < SHORT) {
            reading.warn(node, "is shorter than %d characters; use a long random one".formatted(SHORT));
        }
    }

    private void checkUnique(String hash, Node node) {
        var other = holders.putIfAbsent(hash, node.path());
        if (other != null) {
            reading.faults().at(node, "is the same token as %s; give each its own".formatted(other));
        }
    }
}
