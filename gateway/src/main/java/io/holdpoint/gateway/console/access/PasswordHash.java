package io.holdpoint.gateway.console.access;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * A bcrypt hash of somebody's password ({@code people.N.password-hash}). Never shown in a message. Immutable and safe
 * for any thread.
 */
public final class PasswordHash {

    /** Cheaper ones are guessed too fast (OWASP, Password Storage: at least 10). */
    public static final int LOWEST_COST = 10;

    /** Dearer ones take more than a second at each sign-in, and keep the processor from agents' calls. */
    public static final int HIGHEST_COST = 14;

    /** bcrypt reads no further, so a longer password would be less than it looks like. */
    public static final int MOST_BYTES = 72;

    private static final int NEW_COST = 12;
    private static final String PREFIX = "{bcrypt}";
    private static final Pattern FORM = Pattern.compile("(?:\\{bcrypt})?(\\$2[aby]\\$([0-9]{2})\\$[./A-Za-z0-9]{53})");

    private final String bcrypt;
    private final int cost;

    private PasswordHash(String bcrypt, int cost) {
        this.bcrypt = bcrypt;
        this.cost = cost;
    }

    /** Reads {@code {bcrypt}$2…} or a bare {@code $2a$}, {@code $2b$}, {@code $2y$}; empty if it is neither. */
    public static Optional<PasswordHash> parse(String text) {
        var match = FORM.matcher(text);
        return match.matches()
                ? Optional.of(new PasswordHash(match.group(1), Integer.parseInt(match.group(2))))
                : Optional.empty();
    }

    /**
     * Hashes a new password; takes a good part of a second.
     *
     * @throws IllegalArgumentException if it is longer than {@link #MOST_BYTES} in UTF-8
     */
    public static PasswordHash of(String password) {
        return new PasswordHash(Objects.requireNonNull(new BCryptPasswordEncoder(NEW_COST).encode(password)), NEW_COST);
    }

    /** A hash that no password has, and that takes as long to try as any other of its cost. */
    static PasswordHash ofNobody(int cost) {
        return new PasswordHash("$2a$%02d$".formatted(cost) + ".".repeat(53), cost);
    }

    boolean matches(String password) {
        return new BCryptPasswordEncoder().matches(password, bcrypt);
    }

    /** The power of two of its rounds. */
    public int cost() {
        return cost;
    }

    /** As it stands in the configuration. */
    public String text() {
        return PREFIX + bcrypt;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PasswordHash that && bcrypt.equals(that.bcrypt);
    }

    @Override
    public int hashCode() {
        return bcrypt.hashCode();
    }

    @Override
    public String toString() {
        return "PasswordHash[cost=%d]".formatted(cost);
    }
}
