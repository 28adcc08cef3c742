package io.holdpoint.gateway.command;

import io.holdpoint.gateway.authoring.CheckedPolicy;
import io.holdpoint.gateway.authoring.Explained;
import io.holdpoint.gateway.authoring.simulation.Simulated;
import io.holdpoint.gateway.authoring.simulation.SimulatedJson;
import io.holdpoint.gateway.authoring.simulation.SimulatedText;
import io.holdpoint.gateway.document.Fault;
import io.holdpoint.gateway.document.Visible;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** What commands about policies print, for people or for programs. Nothing that controls a terminal passes. */
final class PolicyOutput {

    private static final int OK = 0;
    private static final int FAILED = 1;

    /** Escapes every letter that is not ASCII: JSON may go to a terminal, too. */
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;

    PolicyOutput(CommandLine command, boolean json) {
        this.out = command.getOut();
        this.err = command.getErr();
        this.json = json;
    }

    void explained(Explained explained) {
        if (json) {
            print(explained.json());
        } else {
            explained.lines().forEach(out::println);
        }
    }

    void simulated(Simulated simulated) {
        if (json) {
            out.println(SimulatedJson.write(simulated));
        } else {
            SimulatedText.of(simulated).forEach(out::println);
        }
    }

    /** @return the exit code */
    int faulty(List<Fault> faults) {
        return faulty(faults, "");
    }

    /**
     * @param then what follows from them, said to people after their number
     * @return the exit code
     */
    int faulty(List<Fault> faults, String then) {
        if (json) {
            print(Map.of("faults", faults.stream().map(CheckedPolicy::fault).toList()));
        } else {
            Complaint.faults(err, faults, then);
        }
        return FAILED;
    }

    /** @return the exit code */
    int checked(List<CheckedPolicy> policies, boolean strict) {
        boolean passed = policies.stream().allMatch(policy -> policy.passes(strict));
        if (json) {
            var object = new LinkedHashMap<String, Object>();
            object.put("ok", passed);
            object.put(
                    "files",
                    policies.stream().map(policy -> policy.json(strict)).toList());
            print(object);
        } else {
            policies.forEach(this::show);
            summarise(policies);
        }
        return passed ? OK : FAILED;
    }

    private void show(CheckedPolicy policy) {
        policy.faults().forEach(fault -> err.println(Visible.of(fault.toString())));
        policy.warnings().forEach(warning -> out.println(Visible.of("warning: " + warning)));
        if (policy.faults().isEmpty()) {
            out.println(Visible.of(
                    "%s: ok, %s, sha256 %s".formatted(policy.file(), count(policy.rules(), "rule"), policy.sha256())));
        }
        policy.notes().forEach(note -> out.println(Visible.of("note: %s: %s".formatted(policy.file(), note))));
    }

    private void summarise(List<CheckedPolicy> policies) {
        int faults =
                policies.stream().mapToInt(policy -> policy.faults().size()).sum();
        if (faults > 0) {
            err.println(count(faults, "fault"));
        }
    }

    private static String count(int number, String thing) {
        return number == 1 ? "1 " + thing : number + " " + thing + "s";
    }

    private void print(Object value) {
        out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value));
    }
}
