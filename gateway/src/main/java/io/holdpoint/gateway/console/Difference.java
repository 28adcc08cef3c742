package io.holdpoint.gateway.console;

import io.holdpoint.gateway.catalog.ToolText;
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
    private static final int LONGEST_NAME = 200;
    private static final int MOST = 100;

    /**
     * The members that differ, in the order of the newer definition, the first hundred and how many more; none if only
     * blanks or the members' order do.
     */
    static List<Difference> between(String older, String newer) {
        var before = parse(older);
        var after = parse(newer);
        var members = new LinkedHashSet<>(after.propertyNames());
        members.addAll(before.propertyNames());
        members.removeIf(member -> before.path(member).equals(after.path(member)));
        var differences = new ArrayList<Difference>();
        members.stream()
                .limit(MOST)
                .forEach(member -> differences.add(of(member, before.path(member), after.path(member))));
        if (members.size() > MOST) {
            differences.add(new Difference(
                    VisibleText.of("… and %d more".formatted(members.size() - MOST)), List.of(), List.of()));
        }
        return List.copyOf(differences);
    }

    private static Difference of(String member, JsonNode before, JsonNode after) {
        return new Difference(VisibleText.of(ToolText.cut(member, LONGEST_NAME)), shown(before), shown(after));
    }

    private static List<Piece> shown(JsonNode value) {
        return value.isMissingNode() ? List.of() : VisibleText.ofLines(JsonLines.beginning(value.toString(), LONGEST));
    }

    private static JsonNode parse(String json) {
        try {
            return JsonMapper.shared().readTree(json);
        } catch (JacksonException e) {
            return JsonNodeFactory.instance.objectNode();
        }
    }
}
