package io.holdpoint.gateway.policy;

import io.holdpoint.workflow.Risk;
import io.holdpoint.workflow.approval.ApprovalTerms;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** One policy document, checked and ready to decide. Immutable and safe for any thread. */
public final class Policy {

    private Policy() {}

    /**
     * Reads and checks a policy document (spec 03, Grammar).
     *
     * @param file its name, for messages; {@code .json} is read as JSON, anything else as YAML
     * @throws io.holdpoint.gateway.document.FaultyDocument with all its faults at once
     */
    public static Policy read(String file, byte[] bytes, PolicyContext context) {
        throw new UnsupportedOperationException("written by the policy room");
    }

    /** SHA-256 of the document's bytes, lower-case hex. */
    public String sha256() {
        throw new UnsupportedOperationException("written by the policy room");
    }

    /** What the document says about a call, limits not yet counted. Takes microseconds; does no I/O. */
    public Decision.Judgement judge(Call call) {
        throw new UnsupportedOperationException("written by the policy room");
    }

    /** The whole decision about a call, limits counted and reserved. */
    public Decision decide(Call call, Counters counters) {
        throw new UnsupportedOperationException("written by the policy room");
    }

    /** Whether a tool stays in {@code tools/list} (spec 03, {@code hide} and {@code list}). */
    public boolean lists(String tool, Risk risk) {
        throw new UnsupportedOperationException("written by the policy room");
    }

    /** Whether any rule can hold a call. */
    public boolean canHold() {
        throw new UnsupportedOperationException("written by the policy room");
    }

    /** The tool's risk class: the rule's {@code risk}, else the catalogue's. */
    public Risk risk(String tool, Risk catalogued) {
        throw new UnsupportedOperationException("written by the policy room");
    }

    /** All terms under which a call could be held, for checks of who could approve. */
    public List<HoldRule> holdRules() {
        throw new UnsupportedOperationException("written by the policy room");
    }

    /** The arguments as JSON text with secrets masked: what people see (spec 03, Secrets). */
    public String shown(String tool, ObjectNode arguments) {
        throw new UnsupportedOperationException("written by the policy room");
    }

    /** A {@code require_approval} entry and where it stands. */
    public record HoldRule(String tool, RuleId rule, int line, ApprovalTerms terms) {}
}
