package io.holdpoint.gateway.policy;

import com.google.re2j.Pattern;
import io.holdpoint.gateway.document.Faults;
import io.holdpoint.gateway.document.Node;
import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads a condition's {@code value} as its operator needs it; what does not fit is noted and answered with nothing. */
final class Operand {

    private Operand() {}

    static Optional<JsonNode> value(Node node, Faults faults) {
        if (node instanceof Node.Null) {
            return refused(node, faults, "is null, which counts as absent; use op exists with true or false");
        }
        return Optional.of(Values.of(node));
    }

    static Optional<JsonNode> values(Node node, Faults faults) {
        if (!(node instanceof Node.Arr list)) {
            return refused(node, faults, "is " + node.kind() + "; in and not_in use a list");
        }
        if (list.elements().isEmpty() || list.elements().stream().anyMatch(e -> e instanceof Node.Null)) {
            return refused(node, faults, "is empty or has null in it; list the values");
        }
        return Optional.of(Values.of(node));
    }

    static Optional<BigDecimal> number(Node node, Faults faults) {
        return node instanceof Node.Num number
                ? Optional.of(number.value())
                : refused(node, faults, "is " + node.kind() + "; lt, lte, gt and gte use a number");
    }

    static Optional<Boolean> flag(Node node, Faults faults) {
        return node instanceof Node.Bool flag
                ? Optional.of(flag.value())
                : refused(node, faults, "is " + node.kind() + "; exists uses true or false");
    }

    /** What {@code contains} looks for: part of a text, or an element of a list. */
    static Optional<JsonNode> part(Node node, Faults faults) {
        if (node instanceof Node.Text text && text.value().isEmpty()) {
            return refused(node, faults, "is empty, which every text contains; name what to look for");
        }
        return value(node, faults);
    }

    static Optional<Pattern> regex(Node node, Faults faults) {
        if (!(node instanceof Node.Text text)) {
            return refused(node, faults, "is " + node.kind() + "; regex uses a text");
        }
        try {
            return Optional.of(Regex.compile(text.value()));
        } catch (Regex.Unusable e) {
            faults.wrongValue(node, "which is " + e.getMessage());
            return Optional.empty();
        }
    }

    static Optional<FolderPath> folder(Node node, Faults faults) {
        var folder = node instanceof Node.Text text ? FolderPath.of(text.value()) : Optional.<FolderPath>empty();
        if (folder.isEmpty()) {
            faults.wrongValue(node, "path_within uses a folder such as /srv/data, without .. above its root");
        }
        return folder;
    }

    private static <T> Optional<T> refused(Node node, Faults faults, String message) {
        faults.at(node, message);
        return Optional.empty();
    }
}
