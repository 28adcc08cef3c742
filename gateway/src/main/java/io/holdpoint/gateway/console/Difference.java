package io.holdpoint.gateway.console;

import io.holdpoint.gateway.console.VisibleText.Piece;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A member in which two definitions of a tool differ, laid out.
 *
 * @param before empty where it was not there
 * @param after empty where it is not there any more
 */
record Difference(List<Piece> member, List<Piece> before, List<Piece> after) {

    private static final int LONGEST = 20_000;

    /** The members that differ, in the order of the newer definition; none if only blanks or the members' order do. */
    static List<Difference> between(String older, String newer) {
        var before = parse(older);
        var after = parse(newer);
        var members = new LinkedHashSet<>(after.propertyNames());
        members.addAll(before.propertyNames());
        var differences = new ArrayList<Difference>();
        for (var member : members) {
            if (!before.path(member).equals(after.path(member))) {
                differences.add(new Difference(
                        VisibleText.of(ToolText.cut(member, LONGEST)),
                        shown(before.path(member)),
                        shown(after.path(member))));
            }
        }
        return List.copyOf(differences);
    }

    private static List<Piece> shown(JsonNode value) {
        return value.isMissingNode()
                ? List.of()
                : VisibleText.ofLines(JsonLines.of(ToolText.cut(value.toString(), LONGEST)));
    }

    private static JsonNode parse(String json) {
        try {
            return JsonMapper.shared().readTree(json);
        } catch (JacksonException e) {
            return JsonNodeFactory.instance.objectNode();
        }
    }
}
