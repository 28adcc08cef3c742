package io.holdpoint.gateway.mcp;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.json.JsonFactory;

/** Reads and changes single members of a JSON object and leaves every other byte of its members as it is. */
public final class ObjectEdit {

    private static final int DEPTH = 1000;
    private static final String META = "_meta";
    private static final JsonFactory JSON = StrictJson.factory(DEPTH);

    private ObjectEdit() {}

    /** The names of an object's members. */
    public static Set<String> names(byte[] object) {
        return members(object).keySet();
    }

    /** A member's value, as JSON. */
    public static Optional<byte[]> member(byte[] object, String name) {
        return Optional.ofNullable(members(object).get(name));
    }

    /** The object without members of these names. */
    public static byte[] without(byte[] object, Set<String> names) {
        var members = members(object);
        members.keySet().removeAll(names);
        return written(members);
    }

    /**
     * A result with one more member in its {@code _meta}.
     *
     * @param value JSON
     */
    public static byte[] withMeta(byte[] result, String key, String value) {
        var members = members(result);
        var meta = members(members.getOrDefault(META, "{}".getBytes(StandardCharsets.US_ASCII)));
        meta.put(key, value.getBytes(StandardCharsets.UTF_8));
        members.put(META, written(meta));
        return written(members);
    }

    private static Map<String, byte[]> members(byte[] object) {
        var members = new LinkedHashMap<String, byte[]>();
        try (var cursor = new Cursor(JSON, object)) {
            cursor.next();
            while (cursor.nextMember()) {
                var name = cursor.name();
                cursor.next();
                members.put(name, cursor.span().of(object));
            }
        }
        return members;
    }

    private static byte[] written(Map<String, byte[]> members) {
        var json = new JsonBytes().raw("{");
        var separator = "";
        for (var member : members.entrySet()) {
            json.raw(separator).text(member.getKey()).raw(":").raw(member.getValue());
            separator = ",";
        }
        return json.raw("}").toBytes();
    }
}
