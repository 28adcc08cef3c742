package io.holdpoint.gateway.authoring;

import io.holdpoint.gateway.document.Fault;
import io.holdpoint.gateway.policy.Policy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a check found in one policy.
 *
 * @param rules how many it has; 0 where it cannot be read
 * @param sha256 of its bytes; empty where it cannot be read
 * @param faults why it would be refused
 * @param warnings what should be looked at
 * @param notes what was not looked at, or is good to know
 */
public record CheckedPolicy(
        String file, int rules, String sha256, List<Fault> faults, List<Fault> warnings, List<String> notes) {

    public CheckedPolicy {
        Objects.requireNonNull(file);
        Objects.requireNonNull(sha256);
        faults = List.copyOf(faults);
        warnings = List.copyOf(warnings);
        notes = List.copyOf(notes);
    }

    /** A document that could be read. */
    public static CheckedPolicy of(Policy policy, List<Fault> faults, List<Fault> warnings, List<String> notes) {
        return new CheckedPolicy(policy.file(), policy.outline().size(), policy.sha256(), faults, warnings, notes);
    }

    /** A document that could not. */
    public static CheckedPolicy faulty(String file, List<Fault> faults) {
        return new CheckedPolicy(file, 0, "", faults, List.of(), List.of());
    }

    /** @param strict whether warnings count as faults */
    public boolean passes(boolean strict) {
        return faults.isEmpty() && (!strict || warnings.isEmpty());
    }

    /** The form for programs; members keep their order. */
    public Map<String, Object> json(boolean strict) {
        var object = new LinkedHashMap<String, Object>();
        object.put("file", file);
        object.put("ok", passes(strict));
        object.put("rules", rules);
        object.put("sha256", sha256);
        object.put("faults", faults.stream().map(CheckedPolicy::fault).toList());
        object.put("warnings", warnings.stream().map(CheckedPolicy::fault).toList());
        object.put("notes", notes);
        return object;
    }

    /** A fault for programs. */
    public static Map<String, Object> fault(Fault fault) {
        var object = new LinkedHashMap<String, Object>();
        object.put("file", fault.file());
        object.put("line", fault.line());
        object.put("path", fault.path());
        object.put("message", fault.message());
        return object;
    }
}
