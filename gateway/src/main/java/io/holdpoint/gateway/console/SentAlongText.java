package io.holdpoint.gateway.console;

import io.holdpoint.gateway.policy.argument.Redaction;
import io.holdpoint.workflow.approval.SentAlong;
import java.nio.charset.CharacterCodingException;
import tools.jackson.databind.node.ObjectNode;

/**
 * What goes to a server beside the arguments, for people.
 *
 * @param json one JSON object with secrets masked by name; empty for nothing
 * @param unusual whether there is more than what every client of the protocol sends
 */
record SentAlongText(String json, boolean unusual) {

    static final SentAlongText NOTHING = new SentAlongText("", false);

    private static final String META = "_meta";
    private static final String PROTOCOL = "io.modelcontextprotocol/";

    static SentAlongText of(SentAlong along) {
        if (along.isEmpty()) {
            return NOTHING;
        }
        var all = Json.object();
        if (along.meta().length > 0) {
            all.set(META, read(along.meta()));
        }
        var unusual = !along.params().isEmpty()
                || !all.path(META).propertyNames().stream().allMatch(name -> name.startsWith(PROTOCOL));
        along.params().forEach(all::put);
        return new SentAlongText(Redaction.byName().show(all).json(), unusual);
    }

    private static ObjectNode read(byte[] meta) {
        try {
            return (ObjectNode) Json.read(meta);
        } catch (CharacterCodingException e) {
            throw new IllegalStateException("a message that was read strictly is stored as something else", e);
        }
    }
}
