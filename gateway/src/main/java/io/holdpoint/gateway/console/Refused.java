package io.holdpoint.gateway.console;

import io.holdpoint.gateway.authoring.CheckedPolicy;
import io.holdpoint.gateway.document.FaultyDocument;
import io.holdpoint.gateway.document.Pointer;
import java.util.List;

/** A request that was not served, with the {@link Problem} to answer. */
public final class Refused extends RuntimeException {

    private final transient Problem problem;

    public Refused(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    public static Refused notFound() {
        return new Refused(Problem.NOT_FOUND);
    }

    public static Refused notAllowed(String detail, String next) {
        return new Refused(new Problem(403, "not-allowed", "You may not do this", detail, next));
    }

    /** A part of the address is not one this console understands. */
    public static Refused badParameter(String detail) {
        return new Refused(new Problem(
                400,
                "bad-parameter",
                "The request cannot be understood",
                detail,
                "Correct the parameter and ask again."));
    }

    static Refused malformedBody(String detail) {
        return new Refused(new Problem(
                400, "malformed-body", "The body cannot be read", detail, "Send one JSON object, encoded as UTF-8."));
    }

    /** The body was read, and its members are not what they have to be; all faults at once. */
    static Refused badBody(List<Fault> faults) {
        var detail = String.join("; ", faults.stream().map(Fault::detail).toList());
        return new Refused(new Problem(
                        422,
                        "bad-body",
                        "The body is not acceptable",
                        detail,
                        "Correct the members named and send it again.")
                .with("errors", faults));
    }

    /**
     * A document was read, and is not a policy; all faults at once, each with its line and as the command line shows it.
     *
     * @param member of the body, with the document in it
     */
    static Refused faultyPolicy(String member, FaultyDocument document) {
        var errors = document.faults().stream()
                .map(fault -> {
                    var error = CheckedPolicy.fault(fault);
                    error.put("pointer", pointerTo(member));
                    error.put("detail", fault.toString());
                    return error;
                })
                .toList();
        return new Refused(new Problem(
                        422,
                        "faulty-policy",
                        "The policy is faulty",
                        String.valueOf(document.getMessage()),
                        "Mend the faults and send it again.")
                .with("errors", errors));
    }

    /** Somebody else's turn. */
    static Refused busy(String detail) {
        return new Refused(new Problem(409, "busy", "Not now", detail, "Try again in a minute."));
    }

    private static String pointerTo(String member) {
        return "#" + Pointer.step(member);
    }

    Problem problem() {
        return problem;
    }

    /** A member of a body and what is wrong with it. */
    record Fault(String pointer, String detail) {

        static Fault at(String member, String detail) {
            return new Fault(pointerTo(member), detail);
        }
    }
}
