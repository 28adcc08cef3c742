package io.holdpoint.gateway.configuration;

import io.holdpoint.gateway.policy.Policy;
import java.util.Objects;

/**
 * A policy as it was read from its file.
 *
 * @param name as the configuration names it, relative to the configuration's directory
 * @param bytes the file's bytes, whose SHA-256 the policy names
 */
public record PolicyFile(String name, byte[] bytes, Policy policy) {

    public PolicyFile {
        Objects.requireNonNull(name);
        bytes = bytes.clone();
        Objects.requireNonNull(policy);
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }
}
