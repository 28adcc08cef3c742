package io.holdpoint.gateway.authoring.draft;

import io.holdpoint.gateway.catalog.Category;
import io.holdpoint.gateway.catalog.Definition;
import io.holdpoint.gateway.document.Letters;
import io.holdpoint.gateway.upstream.Server;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Drafts a policy from a server's own tools, by what kind of thing each does (spec 03, Tools for people). */
public final class Suggestion {

    private static final List<Category> CATEGORIES = List.of(
            Category.READ,
            Category.WRITE,
            Category.EXECUTE,
            Category.UNKNOWN,
            Category.DESTRUCTIVE,
            Category.FINANCIAL);
    private static final int LONGEST_NAME = 200;
    private static final int SHOWN = 80;

    private final Draft draft = new Draft();
    private final Server server;

    private Suggestion(Server server) {
        this.server = server;
    }

    /**
     * Drafts a policy that denies what is not listed, and says beside each tool why it is treated as it is.
     *
     * @param tools all the server lists
     * @param now when it was asked
     */
    public static Draft of(Server server, List<Definition> tools, Instant now) {
        return new Suggestion(server).draft(tools, now);
    }

    private Draft draft(List<Definition> tools, Instant now) {
        head(tools, now);
        draft.policy().put("version", "1").put("default", "deny");
        var rules = draft.policy().putObject("tools");
        var unnameable = new ArrayList<String>();
        for (var tool : tools) {
            if (isName(tool.tool())) {
                new ToolSuggestion(draft, tool, server.trusted()).into(rules);
            } else {
                unnameable.add(tool.tool());
            }
        }
        tell(unnameable);
        return draft;
    }

    private void head(List<Definition> tools, Instant now) {
        draft.say("A draft for the server %s, made at %s from its own list of tools. Read each rule before you use it."
                .formatted(OneLine.quoted(server.name(), SHOWN), now.truncatedTo(ChronoUnit.SECONDS)));
        draft.say("%d tools: %s. Tools the server adds later are denied until you add them here."
                .formatted(tools.size(), counts(tools)));
        draft.say("What stands in quotes after a tool's class is the server's own description, not ours.");
    }

    private static String counts(List<Definition> tools) {
        return CATEGORIES.stream()
                .map(category -> tools.stream()
                                .filter(tool -> tool.category() == category)
                                .count()
                        + " " + category.label())
                .collect(Collectors.joining(", "));
    }

    private void tell(List<String> unnameable) {
        if (unnameable.isEmpty()) {
            return;
        }
        draft.comment(
                "/default",
                "Denied, because no rule can name them: a * in a name stands for any characters, and blanks around a"
                        + " name, letters that do not show and very long names are refused.");
        unnameable.forEach(name -> draft.comment("/default", "  " + OneLine.quoted(name, SHOWN)));
    }

    /** Whether a key of that name means this tool and no other. */
    private static boolean isName(String name) {
        return !name.isBlank()
                && name.equals(name.strip())
                && name.indexOf('*') < 0
                && name.length() <= LONGEST_NAME
                && name.codePoints().allMatch(letter -> letter == ' ' || Letters.show(letter));
    }
}
