package io.holdpoint.gateway.authoring.draft;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Writes paths to arguments as policies have them: {@code args.a}, {@code args["a.b"]}. */
public final class ArgumentName {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_$-]+");

    private ArgumentName() {}

    /** @param names from the outermost object inwards, each as it is */
    public static String path(List<String> names) {
        return names.stream().map(ArgumentName::step).collect(Collectors.joining("", "args", ""));
    }

    private static String step(String name) {
        return PLAIN.matcher(name).matches()
                ? "." + name
                : "[" + JsonMapper.shared().writeValueAsString(name) + "]";
    }
}
