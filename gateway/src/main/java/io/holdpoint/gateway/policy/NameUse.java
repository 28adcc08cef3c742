package io.holdpoint.gateway.policy;

import java.util.Objects;

/**
 * A place in a policy that names tools: a key under {@code tools}, or an entry of {@code hide}.
 *
 * @param name a tool's name or a glob
 * @param line where it stands, counted from 1
 */
public record NameUse(String name, RuleId rule, int line) {

    public NameUse {
        Objects.requireNonNull(name);
        Objects.requireNonNull(rule);
    }

    public boolean isGlob() {
        return !new Glob(name).isExact();
    }

    public boolean matches(String tool) {
        return new Glob(name).matches(tool);
    }
}
