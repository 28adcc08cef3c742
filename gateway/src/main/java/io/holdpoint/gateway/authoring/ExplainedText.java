package io.holdpoint.gateway.authoring;

import io.holdpoint.gateway.document.Visible;
import io.holdpoint.gateway.policy.Decision;
import io.holdpoint.gateway.policy.Explanation.Asked;
import io.holdpoint.gateway.policy.Explanation.Found;
import io.holdpoint.gateway.policy.Explanation.Kind;
import io.holdpoint.gateway.policy.Explanation.Step;
import io.holdpoint.gateway.policy.Explanation.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** An explanation as people read it on a terminal; nothing that controls one is in it. */
record ExplainedText(Explained explained) {

    private static final int STEP_WIDTH = "require_approval".length();
    private static final int VERDICT_WIDTH = "cannot be judged".length();

    List<String> lines() {
        var explanation = explained.explanation();
        var decision = explanation.judgement().then();
        var lines = new ArrayList<String>();
        lines.addAll(head());
        told(decision).ifPresent(message -> lines.add("the agent is told: " + message));
        lines.add("");
        explanation.steps().forEach(step -> lines.add(line(step, decision)));
        lines.add("");
        lines.add(risk());
        explained.notes().forEach(note -> lines.add("note: " + note));
        return lines.stream().map(Visible::of).toList();
    }

    private static Optional<String> told(Decision decision) {
        if (decision instanceof Decision.Deny deny) {
            return Optional.of(deny.message());
        }
        return decision instanceof Decision.Limit limit ? Optional.of(limit.message()) : Optional.empty();
    }

    /** No answer for one class stands first where another class has another answer. */
    private List<String> head() {
        return explained.byRisk().differ()
                ? List.of(
                        explained.summary() + "; give --server or --risk",
                        "as %s: %s".formatted(explained.explanation().risk().label(), explained.answer()))
                : List.of(explained.summary());
    }

    private String risk() {
        var byRisk = explained.byRisk();
        var assurance = byRisk.assurances().isEmpty() ? "" : "; min_assurance " + byRisk.shownAssurances();
        return "risk class %s, %s%s".formatted(explained.explanation().risk().label(), explained.riskFrom(), assurance);
    }

    /** The place comes first, so that an editor can go there. */
    private String line(Step step, Decision decision) {
        var place = explained.file() + ":" + step.line();
        var width = explained.explanation().steps().stream()
                .mapToInt(each -> (explained.file() + ":" + each.line()).length())
                .max()
                .orElse(0);
        var verdict =
                step.kind() == Kind.OUTCOME ? step.about() : step.verdict().words();
        var form = "%-" + width + "s  %-" + STEP_WIDTH + "s  %-" + VERDICT_WIDTH + "s  %s";
        return form.formatted(place, step.kind().word(), verdict, detail(step, decision));
    }

    private static String detail(Step step, Decision decision) {
        if (step.kind() == Kind.OUTCOME) {
            return step.rule().value();
        }
        var asked = step.asked().stream()
                .map(question -> asked(question, step.asked().size() > 1))
                .collect(Collectors.joining("; "));
        var about = step.about().isEmpty() || asked.isEmpty() ? step.about() + asked : step.about() + "; " + asked;
        return step.decides() ? about + " -> " + decision.match(new PastTense()) : about;
    }

    private static String asked(Asked question, boolean several) {
        var wanted = question.value().isEmpty() ? "" : " " + question.value();
        var found = question.found().map(ExplainedText::found).orElse("");
        var verdict = several && question.verdict() != Verdict.NOT_REACHED
                ? ", " + question.verdict().words()
                : "";
        return question.path() + " " + question.operator() + wanted + found + verdict;
    }

    private static String found(Found found) {
        return found.value().isEmpty() ? ": " + found.kind() : ": found %s %s".formatted(found.kind(), found.value());
    }
}
