package io.holdpoint.gateway.policy.operator;

import com.google.re2j.Pattern;
import io.holdpoint.gateway.document.Faults;
import io.holdpoint.gateway.document.Node;
import io.holdpoint.gateway.policy.argument.Values;
import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Reads a condition's {@code value} as its operator needs it; what does not fit is noted and answered with nothing. One
 * for each document, as it counts how large the regular expressions are together.
 */
public final class OperandReader {

    private final Faults faults;
    private final RegexRoom regexes = new RegexRoom();
    private boolean tooLarge;

    /** @param faults what is wrong with operands is added to them */
    public OperandReader(Faults faults) {
        this.faults = faults;
    }

    Optional<JsonNode> value(Node node) {
        if (node instanceof Node.Null) {
            return refused(node, "is null, which counts as absent; use op exists with true or false");
        }
        return Optional.of(Values.of(node));
    }

    Optional<JsonNode> values(Node node) {
        if (!(node instanceof Node.Arr list)) {
            return refused(node, "is " + node.kind() + "; in and not_in use a list");
        }
        if (list.elements().isEmpty() || list.elements().stream().anyMatch(e -> e instanceof Node.Null)) {
            return refused(node, "is empty or has null in it; list the values");
        }
        return Optional.of(Values.of(node));
    }

    Optional<BigDecimal> number(Node node) {
        return node instanceof Node.Num number
                ? Optional.of(number.value())
                : refused(node, "is " + node.kind() + "; lt, lte, gt and gte use a number");
    }

    Optional<Boolean> flag(Node node) {
        return node instanceof Node.Bool flag
                ? Optional.of(flag.value())
                : refused(node, "is " + node.kind() + "; exists uses true or false");
    }

    /** What {@code contains} looks for: part of a text, or an element of a list. */
    Optional<JsonNode> part(Node node) {
        if (node instanceof Node.Text text && text.value().isEmpty()) {
            return refused(node, "is empty, which every text contains; name what to look for");
        }
        return value(node);
    }

    Optional<Pattern> regex(Node node) {
        if (!(node instanceof Node.Text text)) {
            return refused(node, "is " + node.kind() + "; regex uses a text");
        }
        try {
            var pattern = regexes.compile(text.value());
            if (pattern.isEmpty()) {
                tooLarge(node);
            }
            return pattern;
        } catch (Regex.Unusable e) {
            faults.wrongValue(node, "which is " + e.getMessage());
            return Optional.empty();
        }
    }

    /** One fault for the document, where it became too much: each expression may be a usual one. */
    private void tooLarge(Node node) {
        if (!tooLarge) {
            faults.at(
                    node,
                    "makes the regular expressions of this document too large together; repeat less in them, put the"
                            + " same condition under \"*\" or a glob once, or compare with in or contains");
        }
        tooLarge = true;
    }

    Optional<FolderPath> folder(Node node) {
        var folder = node instanceof Node.Text text ? FolderPath.of(text.value()) : Optional.<FolderPath>empty();
        if (folder.isEmpty()) {
            faults.wrongValue(node, "path_within uses a folder such as /srv/data, without .. above its root");
        }
        return folder;
    }

    private <T> Optional<T> refused(Node node, String message) {
        faults.at(node, message);
        return Optional.empty();
    }
}
