package io.holdpoint.gateway.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The demo's configuration and policy, which `init` hands on as the first ones of a user's own. */
final class Templates {

    private Templates() {}

    /** The policy document. */
    static String policy() {
        return read("imaging.json");
    }

    /** {@code holdpoint.yaml}, each {@code @name@} in it replaced. */
    static String configuration(Map<String, String> values) {
        var text = read("holdpoint.yaml");
        for (var value : values.entrySet()) {
            text = text.replace("@" + value.getKey() + "@", value.getValue());
        }
        return text;
    }

    private static String read(String name) {
        try (var in = Templates.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its file " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
