package io.holdpoint.gateway.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.holdpoint.gateway.document.Fault;
import io.holdpoint.gateway.document.FaultyDocument;
import io.holdpoint.workflow.Risk;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Whatever a document says, it is read or refused with its faults; nothing else comes out. */
class PolicyFuzzTests {

    private static final String POLICY = """
            {"version": "1", "default": "deny", "hide": ["delete_study"], "list": "all",
             "all_tools": {"limits": [{"window": "minute", "max": 60, "scope": "grant"}]},
             "by_risk": {"Critical": {"require_approval": true}},
             "tools": {
              "list_*": {},
              "old": {"action": "require_approval", "reason": "why", "rate_limit": {"max": 10, "window": 60}},
              "start": {
               "require": [{"path": "args.to", "op": "regex", "value": "^(a|b)+[c-d]{2,3}$", "on_deny": "Only ours"},
                {"conditions": [{"path": "args[\\"a.b\\"][0]", "op": "path_within", "value": "/srv/data"}]}],
               "deny_if": [{"conditions": [{"path": "args.studies", "op": "contains", "value": "*"}]}],
               "limits": [{"counter": "c", "window": "90s", "max": 10.5, "scope": "server", "amount": "args.n"}],
               "require_approval": [{"conditions": [{"path": "args.n", "op": "gt", "value": 100}],
                "flow": "two-person", "approvers": ["ana"], "expires_after": "4h", "with": {"approvals": 2}}],
               "redact": ["args.to"], "risk": "High", "channel_args": "keys"}}}
            """;

    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "null",
            "true",
            "1e999999999",
            "-1",
            "\"*\"",
            "\"args\"",
            "\"eq\"",
            "\"in\"",
            "{}",
            "[]",
            "\\u0000",
            "\\ud800",
            "\u202e",
            "(",
            "{1000}",
            "\\",
            "&a ",
            "*a ",
            "!!x ",
            "- ",
            "\n",
            "\t",
            "#",
            "---\n",
            "'",
            "require",
            "limits",
            "\"1s\"",
            "\"PT1S\"",
            "99999999999999999999");

    @Property(tries = 3000, shrinking = ShrinkingMode.OFF)
    void aMutatedPolicyIsReadOrRefused(@ForAll long seed, @ForAll boolean json) {
        var random = new Random(seed);
        var text = new StringBuilder(POLICY);
        for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
            mutate(text, random);
        }
        assertReadOrRefused(
                json ? "policy.json" : "policy.yaml", text.toString().getBytes(UTF_8));
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void aPolicyWithMutatedBytesIsReadOrRefused(@ForAll long seed, @ForAll boolean json) {
        var random = new Random(seed);
        var bytes = POLICY.getBytes(UTF_8);
        for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        assertReadOrRefused(
                json ? "policy.json" : "policy.yaml", Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void anyBytesAreReadOrRefused(@ForAll byte[] bytes, @ForAll boolean json) {
        assertReadOrRefused(json ? "policy.json" : "policy.yaml", bytes);
    }

    private static void mutate(StringBuilder text, Random random) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(12));
        switch (random.nextInt(4)) {
            case 0 -> text.delete(from, to);
            case 1 -> text.insert(from, PIECES.get(random.nextInt(PIECES.size())));
            case 2 -> text.replace(from, to, PIECES.get(random.nextInt(PIECES.size())));
            default -> text.insert(from, text.substring(from, to));
        }
    }

    private static void assertReadOrRefused(String file, byte[] bytes) {
        var thrown = catchThrowable(() -> decideSomething(Policy.read(file, bytes, Policies.CONTEXT)));
        if (thrown == null) {
            return;
        }
        assertThat(thrown).isInstanceOf(FaultyDocument.class);
        assertThat(((FaultyDocument) thrown).faults())
                .isNotEmpty()
                .allSatisfy(fault -> assertThat(fault.line()).isPositive())
                .extracting(Fault::file)
                .containsOnly(file);
    }

    private static void decideSomething(Policy policy) {
        var arguments = Policies.arguments("{\"to\":\"ac\",\"n\":7,\"a.b\":[\"/srv/data/x\"],\"studies\":[\"x\"]}");
        for (var tool : List.of("start", "old", "list_x", "other", "delete_study")) {
            policy.judge(new Call("imaging", tool, arguments, Risk.CRITICAL));
            policy.redaction(tool).show(arguments);
        }
        policy.holdRules();
    }
}
