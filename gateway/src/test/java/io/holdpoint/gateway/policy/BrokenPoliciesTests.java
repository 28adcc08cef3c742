package io.holdpoint.gateway.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.holdpoint.gateway.document.FaultyDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Policies of which exactly one thing is broken: refused, and the fault stands in the line of what is broken. */
class BrokenPoliciesTests {

    /** For each key a value of a type that it never has. */
    private static final Map<String, String> WRONG_TYPE = Map.ofEntries(
            entry("$schema", "5"),
            entry("version", "1"),
            entry("description", "5"),
            entry("default", "true"),
            entry("hide", "5"),
            entry("list", "7"),
            entry("all_tools", "[]"),
            entry("tools", "[]"),
            entry("by_risk", "\"x\""),
            entry("require", "{}"),
            entry("deny_if", "{}"),
            entry("limits", "{}"),
            entry("require_approval", "\"yes\""),
            entry("redact", "\"args.a\""),
            entry("risk", "3"),
            entry("channel_args", "[]"),
            entry("action", "{}"),
            entry("rate_limit", "5"),
            entry("path", "5"),
            entry("op", "5"),
            entry("conditions", "null"),
            entry("on_deny", "[]"),
            entry("counter", "5"),
            entry("window", "true"),
            entry("max", "\"ten\""),
            entry("scope", "5"),
            entry("amount", "5"),
            entry("flow", "5"),
            entry("with", "[]"),
            entry("approvers", "\"ana\""),
            entry("expires_after", "5"),
            entry("approved_for", "false"),
            entry("reason", "5"),
            entry("reason_required", "\"yes\""),
            entry("allow_owner", "1"),
            entry("allow_edit", "\"no\""),
            entry("min_assurance", "5"));

    private static final Map<String, List<String>> OUT_OF_RANGE = Map.of(
            "max", List.of("0", "-1", "1e16", "1e-19"),
            "window", List.of("\"0s\"", "\"367d\"", "\"minutes\""),
            "expires_after", List.of("\"0s\"", "\"400d\"", "\"PT-1S\""),
            "approved_for", List.of("\"0h0m\"", "\"9000h\""),
            "approvals", List.of("0", "1001", "1.5", "1e400"));

    private static final Map<String, Set<String>> REQUIRED = Map.of(
            "limits", Set.of("window", "max"),
            "deny_if", Set.of("conditions"),
            "conditions", Set.of("path", "op", "value"));

    private static final Set<String> WORDS = Set.of("op", "scope", "risk", "channel_args", "action", "min_assurance");

    /**
     * Something broken.
     *
     * @param lines where the fault may stand
     * @param message what it says, among other things
     */
    private record Broken(String file, String text, Set<Integer> lines, String message) {}

    /** A member of an object of the grammar, which has no names of the user's own. */
    private record Member(ObjectNode owner, String place, String key) {
        String pointer() {
            return place + "/" + key.replace("~", "~0").replace("/", "~1");
        }

        /** The key that the owner, or the list it is in, stands under. */
        String role() {
            var steps = List.of(place.split("/"));
            var last = steps.get(steps.size() - 1);
            return steps.size() > 1 && last.matches("\\d+") ? steps.get(steps.size() - 2) : last;
        }

        JsonNode value() {
            return owner.get(key);
        }
    }

    @Property(tries = 1000, seed = "20261123", shrinking = ShrinkingMode.OFF)
    void aBrokenPolicyIsRefusedInTheLineOfWhatIsBroken(@ForAll long seed, @ForAll boolean json) {
        var random = new Random(seed);
        var document = MadeUpPolicy.document(random);
        var broken = random.nextInt(4) == 0 ? torn(document, json, random) : wrong(document, json, random);
        var refused =
                catchThrowable(() -> Policy.read(broken.file(), broken.text().getBytes(UTF_8), Policies.CONTEXT));

        assertThat(refused).as(broken.text()).isInstanceOf(FaultyDocument.class);
        assertThat(((FaultyDocument) refused).faults())
                .as("%s in line %s of%n%s", broken.message(), broken.lines(), broken.text())
                .anySatisfy(fault -> {
                    assertThat(fault.line()).isIn(broken.lines());
                    assertThat(fault.toString()).contains(broken.message());
                });
    }

    /** Not JSON or YAML any more, or with a key twice. */
    private static Broken torn(ObjectNode document, boolean json, Random random) {
        var printed = print(document, json);
        int at = 1 + random.nextInt(printed.lines().size() - 1);
        var line = printed.lines().get(at);
        boolean isMember = line.matches("\\s*\"[^\"]*\": [^\\[{]+,?")
                && !line.stripLeading().startsWith("-");
        if (random.nextBoolean() && isMember) {
            var twice = json && !line.endsWith(",") ? line + "," : line;
            printed.lines().add(at, twice);
            return broken(json, printed, Set.of(at + 2), "is there twice; remove one");
        }
        var strays = json ? List.of("@", "nul", "'a'", "\\", "+1", "\u0000") : List.of("@", "`", "}", "]");
        printed.lines().add(at, strays.get(random.nextInt(strays.size())));
        return broken(json, printed, Set.of(at + 1, at + 2), json ? "is not JSON here" : "is not YAML here");
    }

    private static Broken wrong(ObjectNode document, boolean json, Random random) {
        var members = new ArrayList<Member>();
        collect(document, "", members);
        while (true) {
            var member = members.get(random.nextInt(members.size()));
            var broken = switch (random.nextInt(6)) {
                case 0 -> misspelt(document, member, json, random);
                case 1 -> set(document, member, json, WRONG_TYPE.get(member.key()), member.key() + " ");
                case 2 -> outOfRange(document, member, json, random);
                case 3 -> missing(document, member, json);
                case 4 -> wrongWord(document, member, json);
                default -> badRegex(document, member, json);
            };
            if (broken.isPresent()) {
                return broken.get();
            }
        }
    }

    private static Optional<Broken> misspelt(ObjectNode document, Member member, boolean json, Random random) {
        if (member.place().endsWith("/with")) {
            return Optional.empty();
        }
        var key = misspell(member.key(), random);
        member.owner().set(key, member.owner().remove(member.key()));
        var printed = print(document, json);
        int line = printed.lineOf(member.place() + "/" + key);
        return found(json, printed, line, key + " is unknown; did you mean " + member.key() + "?");
    }

    private static String misspell(String word, Random random) {
        int at = 1 + random.nextInt(word.length() - 1);
        var doubled = word + word.charAt(word.length() - 1);
        if (word.length() < 5) {
            return doubled;
        }
        return random.nextBoolean() ? word.substring(0, at) + word.substring(at + 1) : doubled;
    }

    private static Optional<Broken> outOfRange(ObjectNode document, Member member, boolean json, Random random) {
        var values = OUT_OF_RANGE.get(member.key());
        boolean seconds = member.key().equals("window") && member.role().equals("rate_limit");
        return values == null || seconds
                ? Optional.empty()
                : set(document, member, json, values.get(random.nextInt(values.size())), member.key() + " ");
    }

    private static Optional<Broken> missing(ObjectNode document, Member member, boolean json) {
        boolean required = REQUIRED.getOrDefault(member.role(), Set.of()).contains(member.key())
                || member.place().isEmpty() && Set.of("version", "default").contains(member.key());
        if (!required) {
            return Optional.empty();
        }
        member.owner().remove(member.key());
        var printed = print(document, json);
        return found(json, printed, printed.lineOf(member.place()), " " + member.key() + "; add");
    }

    private static Optional<Broken> wrongWord(ObjectNode document, Member member, boolean json) {
        if (!WORDS.contains(member.key())) {
            return Optional.empty();
        }
        var word = member.value().stringValue();
        var wrong = word + word.charAt(word.length() - 1);
        return set(document, member, json, "\"" + wrong + "\"", "(did you mean " + word + "?)");
    }

    private static Optional<Broken> badRegex(ObjectNode document, Member member, boolean json) {
        boolean isRegex = member.key().equals("value")
                && member.owner().path("op").asString().equals("regex");
        return isRegex ? set(document, member, json, "\"a(\"", "is not a regular expression of RE2") : Optional.empty();
    }

    private static Optional<Broken> set(
            ObjectNode document, Member member, boolean json, @Nullable String value, String message) {
        if (value == null) {
            return Optional.empty();
        }
        member.owner().set(member.key(), Policies.tree(value));
        var printed = print(document, json);
        return found(json, printed, printed.lineOf(member.pointer()), message);
    }

    private static Optional<Broken> found(boolean json, PrintedPolicy printed, int line, String message) {
        return Optional.of(broken(json, printed, Set.of(line), message));
    }

    private static Broken broken(boolean json, PrintedPolicy printed, Set<Integer> lines, String message) {
        return new Broken(json ? "policy.json" : "policy.yaml", printed.text(), lines, message);
    }

    private static PrintedPolicy print(ObjectNode document, boolean json) {
        return json ? PrintedPolicy.json(document) : PrintedPolicy.yaml(document);
    }

    private static void collect(JsonNode value, String place, List<Member> members) {
        value.properties().forEach(entry -> {
            var member = new Member((ObjectNode) value, place, entry.getKey());
            if (!place.equals("/tools")
                    && !place.endsWith("/with")
                    && !entry.getKey().equals("other")) {
                members.add(member);
            }
            if (!entry.getKey().equals("value")) {
                collect(entry.getValue(), member.pointer(), members);
            }
        });
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            collect(value.get(i), place + "/" + i, members);
        }
    }
}
