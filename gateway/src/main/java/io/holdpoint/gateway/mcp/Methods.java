package io.holdpoint.gateway.mcp;

import java.text.Normalizer;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The methods of all revisions, and those that only look like one of them. */
final class Methods {

    static final String TOOLS_CALL = "tools/call";
    static final String INITIALIZE = "initialize";
    static final String CANCELLED = "notifications/cancelled";
    static final String NOTIFICATIONS = "notifications/";
    static final Set<String> ABOUT_A_TASK = Set.of("tasks/get", "tasks/update", "tasks/cancel", "tasks/result");

    private static final Set<String> REQUESTS = Set.of(
            INITIALIZE,
            "ping",
            "server/discover",
            "subscriptions/listen",
            "tools/list",
            TOOLS_CALL,
            "tasks/get",
            "tasks/update",
            "tasks/cancel",
            "tasks/result",
            "tasks/list",
            "resources/list",
            "resources/templates/list",
            "resources/read",
            "resources/subscribe",
            "resources/unsubscribe",
            "prompts/list",
            "prompts/get",
            "completion/complete",
            "logging/setLevel");

    private static final Set<String> NOTICES = Set.of(
            CANCELLED,
            "notifications/initialized",
            "notifications/progress",
            "notifications/message",
            "notifications/tasks",
            "notifications/tasks/status",
            "notifications/roots/list_changed");

    private static final Set<String> FOLDED = java.util.stream.Stream.concat(REQUESTS.stream(), NOTICES.stream())
            .map(Methods::fold)
            .collect(Collectors.toUnmodifiableSet());

    private static final List<String> FAMILIES = FOLDED.stream()
            .filter(method -> method.contains("/"))
            .map(method -> method.substring(0, method.indexOf('/') + 1))
            .distinct()
            .toList();

    private Methods() {}

    /** Whether a message with this method must have an id. */
    static boolean isRequest(String method) {
        return REQUESTS.contains(method);
    }

    /**
     * Whether a method is none that we know but becomes one, or one of its family, for a server that normalises (NFKC),
     * trims or ignores case.
     */
    static boolean resemblesAnother(String method) {
        if (REQUESTS.contains(method) || NOTICES.contains(method)) {
            return false;
        }
        var folded = fold(method);
        return FOLDED.contains(folded)
                || FAMILIES.stream().anyMatch(family -> folded.startsWith(family) && !method.startsWith(family));
    }

    private static String fold(String method) {
        var folded = new StringBuilder();
        Normalizer.normalize(method, Normalizer.Form.NFKC)
                .chars()
                .filter(c -> !isInvisible(c))
                .forEach(c -> folded.append(Character.toLowerCase(Character.toUpperCase((char) c))));
        return folded.toString();
    }

    private static boolean isInvisible(int c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT;
    }
}
