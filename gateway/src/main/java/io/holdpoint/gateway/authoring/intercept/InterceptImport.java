package io.holdpoint.gateway.authoring.intercept;

import io.holdpoint.gateway.authoring.draft.Draft;
import io.holdpoint.gateway.authoring.draft.OneLine;
import io.holdpoint.gateway.document.DocumentReader;
import io.holdpoint.gateway.document.Fault;
import io.holdpoint.gateway.document.Faults;
import io.holdpoint.gateway.document.FaultyDocument;
import io.holdpoint.gateway.document.Fields;
import io.holdpoint.gateway.document.Letters;
import io.holdpoint.gateway.document.Node;
import io.holdpoint.gateway.document.Words;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Carries a policy of the gateway Intercept over (its version 1.1 and the approvals added after it), so that it decides
 * as it did there, or refuses with everything that cannot be carried over. The few differences that no writing of the
 * policy could avoid stand in comments; they are on the safe side but for {@link Note#NUMBERS}.
 */
public final class InterceptImport {

    private static final Set<String> KNOWN = Set.of("version", "description", "default", "hide", "tools");
    private static final Set<String> KNOWN_IN_TOOL = Set.of("rules");
    private static final String ALL = "*";
    private static final int SHOWN = 80;

    private final Draft draft = new Draft();
    private final Faults faults;
    private final Set<Note> notes = EnumSet.noneOf(Note.class);

    private InterceptImport(Faults faults) {
        this.faults = faults;
    }

    /**
     * Reads Intercept's policy and makes one of ours.
     *
     * @param file its name, for messages and the comment at the top
     * @throws FaultyDocument with everything that cannot be carried over
     */
    public static Draft of(String file, byte[] bytes) {
        var faults = new Faults();
        var draft = DocumentReader.read(file, bytes, faults).flatMap(document -> {
            if (!file.toLowerCase(Locale.ROOT).endsWith(".json")) { // JSON has nothing ambiguous
                PlainScalars.refuseAmbiguous(file, new String(bytes, StandardCharsets.UTF_8), faults);
            }
            return Fields.of(document, faults).map(fields -> new InterceptImport(faults).read(file, fields));
        });
        faults.throwIfAny();
        checkLoads(file, draft.orElseThrow());
        return draft.get();
    }

    private Draft read(String file, Fields document) {
        version(document);
        draft.policy().put("version", "1");
        document.optionalText("description").ifPresent(text -> draft.policy().put("description", text));
        var posture = document.word("default", Words.of("allow", "deny")).orElse("allow");
        draft.policy().put("default", posture);
        hide(document);
        tools(document);
        UnknownKeys.refuse(document.self(), KNOWN, faults);
        notes.add(posture.equals("deny") ? Note.LISTING : Note.NAMES);
        head(file);
        return draft;
    }

    private void head(String file) {
        draft.say("Carried over from Intercept's %s by `holdpoint policy import intercept`."
                .formatted(OneLine.quoted(file, SHOWN)));
        draft.say("It decides as it did there, but for this:");
        notes.forEach(note -> draft.say("- " + note.text()));
    }

    private void version(Fields document) {
        var version = document.require("version").any("version");
        boolean isOne = version.filter(
                        node -> node instanceof Node.Text text && text.value().equals("1")
                                || node instanceof Node.Num number
                                        && number.value().toString().equals("1"))
                .isPresent();
        if (version.isPresent() && !isOne) {
            faults.wrongValue(version.get(), "use \"1\", the only one there is");
        }
    }

    private void hide(Fields document) {
        var hidden = new HashSet<String>();
        for (var node :
                given(document, "hide").map(hide -> document.list("hide")).orElse(List.of())) {
            if (!(node instanceof Node.Text name)) {
                faults.wrongKind(node, "a tool's name");
            } else if (!hidden.add(name.value())) {
                faults.wrongValue(node, "it is there twice, remove one");
            } else if (isName(node, name.value())) {
                draft.policy().withArrayProperty("hide").add(name.value());
            }
        }
    }

    private void tools(Fields document) {
        var carried = draft.policy().putObject("tools");
        var tools = given(document, "tools").flatMap(node -> Fields.of(node, faults));
        tools.ifPresent(names -> names.self().members().forEach((name, node) -> {
            if (isName(node, name)) {
                var rule = carried.putObject(name);
                new InterceptTool(draft, name, rule, faults, notes).read(rules(node));
            }
        }));
    }

    private List<Node> rules(Node tool) {
        if (tool instanceof Node.Null) {
            return List.of();
        }
        var fields = Fields.of(tool, faults);
        fields.ifPresent(members -> UnknownKeys.refuse(members.self(), KNOWN_IN_TOOL, faults));
        return fields.filter(members -> given(members, "rules").isPresent())
                .map(members -> members.list("rules"))
                .orElse(List.of());
    }

    /** Intercept takes null for left out. */
    private static Optional<Node> given(Fields fields, String key) {
        return fields.any(key).filter(node -> !(node instanceof Node.Null));
    }

    private boolean isName(Node node, String name) {
        if (name.indexOf('*') >= 0 && !name.equals(ALL)) {
            faults.at(
                    node,
                    "has a * in its name, which Intercept takes for itself and Holdpoint for any characters;"
                            + " name the tools");
            return false;
        }
        boolean clean = !name.isBlank()
                && name.equals(name.strip())
                && name.codePoints().allMatch(Letters::show);
        if (!clean) {
            faults.at(
                    node,
                    "is a name that is blank, has blanks around it or letters in it that do not show; write the"
                            + " tool's exact name");
        }
        return clean;
    }

    /** Whatever we overlooked, our own loader refuses. */
    private static void checkLoads(String file, Draft draft) {
        try {
            draft.check();
        } catch (FaultyDocument e) {
            throw new FaultyDocument(e.faults().stream()
                    .map(fault -> new Fault(
                            file,
                            1,
                            "",
                            "cannot be carried over: in the result " + fault.path() + " " + fault.message()))
                    .toList());
        }
    }
}
