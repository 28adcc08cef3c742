package io.holdpoint.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.catalog.FakeMcpServer;
import io.holdpoint.gateway.catalog.FakeMcpServer.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PolicyCommandsTests {

    private static final String POLICY = """
            version: "1"
            default: deny
            tools:
              pay:
                require: [ { path: args.to, op: regex, value: "^acme" } ]
                require_approval: { approvers: [leads] }
            """;
    private static final String CONFIGURATION = """
            holdpoint:
              servers: { shop: { url: "%s", headers: { Authorization: "Bearer ${SHOP_TOKEN_NOT_SET}" } } }
              grants:
                buyer: { servers: { shop: policy.yaml }, owner: olga, token: "${BUYER_TOKEN_NOT_SET}" }
              people:
                olga: { name: Olga, groups: [leads], roles: [reviewer, admin] }
                ana: { name: Ana, groups: [%s], roles: [reviewer] }
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String input = "";

    @TempDir
    private Path directory;

    @BeforeEach
    void aPolicy() throws IOException {
        write("policy.yaml", POLICY);
    }

    @Test
    void theReadmesPolicyExplainsItsDelete() throws IOException {
        var readme = Files.readString(Path.of("..", "README.md"));
        var policy =
                readme.substring(readme.indexOf("```json\n") + 8, readme.indexOf("\n```", readme.indexOf("```json")));
        Files.createDirectory(directory.resolve("policies"));
        write("policies/imaging.json", policy);

        assertThat(run(
                        "explain",
                        "policies/imaging.json",
                        "--tool",
                        "delete_study",
                        "--args",
                        "{\"study\":\"CT-1001\"}"))
                .isZero();
        var page = Files.readString(Path.of("..", "docs", "security-engineer.md"));
        var shown = page.substring(
                page.indexOf("held: delete_study"), page.indexOf("```", page.indexOf("held: delete_study")));
        assertThat(out.toString()).isEqualTo(shown);
    }

    private static long line(String text, String part) {
        return 1
                + text.substring(0, text.indexOf(part))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    @Test
    void aStepIsALineThatAnEditorCanGoTo() {
        explain("--args", "{\"to\":\"other\"}");

        assertThat(out.toString())
                .startsWith("denied: pay, by /tools/pay/require/0\nthe agent is told: pay was not run: ")
                .contains("""
                        policy.yaml:5  require           does not hold     args.to regex "^acme": found a text "other" -> denied
                        policy.yaml:6  require_approval  not reached       always
                        policy.yaml:5  outcome           deny              /tools/pay/require/0
                        """);
    }

    @Test
    void withoutAConfigurationItSaysWhatWasNotChecked() {
        explain();

        assertThat(out.toString())
                .contains("approvers and flows were not checked", "risk class High, not known, so Unknown and High");
    }

    @Test
    void withAConfigurationItsNamesAreChecked() throws IOException {
        configure("http://127.0.0.1:1/mcp", "others");
        write("policy.yaml", POLICY.replace("leads", "laeds"));

        assertThat(explain()).isEqualTo(1);
        assertThat(err.toString()).contains("policy.yaml:6: tools.pay.require_approval.approvers[0] is \"laeds\"");
    }

    @Test
    void theMachineFormIsJson() {
        explain("--args", "{\"to\":\"acme\"}", "--json", "--risk", "Critical");

        var json = json();
        assertThat(json.at("/decision").stringValue()).isEqualTo("hold");
        assertThat(json.at("/terms/approvers/0").stringValue()).isEqualTo("leads");
        assertThat(json.at("/terms/minAssurance").stringValue()).isEqualTo("slack");
        assertThat(json.at("/steps/2/asked/0/found/value").stringValue()).isEqualTo("\"acme\"");
    }

    @Test
    void argumentsMayComeFromAFileOrAPipe() throws IOException {
        write("args.json", "{\"to\":\"acme\"}\n");
        input = " {\"to\":\"acme\"}";

        assertThat(explain("--args", "@args.json")).isZero();
        assertThat(explain("--args", "-")).isZero();
        assertThat(out.toString().lines().filter(line -> line.startsWith("held: ")))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "7",
                "",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1}, \"b\": {}",
                "{}, \"_meta\": {}",
                "{\"a\":01}",
                "{\"a\":1e99999999999}",
                "{\"a\":\"\\ud800\"}",
                "{'a':1}",
                "{} // comment",
                "@nothing.json"
            })
    void whatTheGatewayWouldNotReadIsWrongUse(String arguments) {
        assertThat(explain("--args", arguments)).isEqualTo(2);
        assertThat(err.toString()).startsWith("holdpoint: the ").doesNotContain("\tat ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void argumentsThatAreTooDeepAreWrongUse() {
        assertThat(explain("--args", "{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("nested deeper than 62");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "explain policy.yaml",
                "explain missing.yaml --tool pay",
                "explain . --tool pay",
                "explain policy.yaml --tool=",
                "explain policy.yaml --tool pay --risk Enormous",
                "explain policy.yaml --tool pay --grant buyer",
                "explain policy.yaml --tool pay --server shop",
                "explain policy.yaml --tool pay --server http://",
                "explain policy.yaml --tool pay --config missing.yaml",
                "check",
                "check policy.yaml missing.yaml",
                "check ."
            })
    void wrongUseIsToldWithoutAStackTrace(String line) {
        assertThat(run(line.split(" "))).isEqualTo(2);
        assertThat(err.toString()).isNotEmpty().doesNotContain("\tat ");
    }

    @Test
    void aFileOfAHundredMegabytesIsAFault() throws IOException {
        try (var file = new RandomAccessFile(directory.resolve("large.json").toFile(), "rw")) {
            file.setLength(100L << 20);
        }

        assertThat(run("check", "large.json")).isEqualTo(1);
        assertThat(err.toString()).startsWith("large.json:1: is larger than ");
    }

    @Test
    void whatControlsATerminalIsEscaped() throws IOException {
        write("policy.yaml", "{version: \"1\", default: deny, tools: {\"\\e[31mpay\\u202e\": {}}}");

        explain("--args", "{\"to\":\"\\u001b[2J\"}");
        run("check", "policy.yaml");
        write("policy.yaml", POLICY);
        run("explain", "policy.yaml", "--tool", "\u001b[31mx");
        run("check", "policy.yaml", "--server", "\u001b[31my");

        assertThat(out.toString() + err).doesNotContain("\u001b", "\u202e").contains("\\u001b[31mx", "\\u001b[31my");
    }

    @Test
    void secretsInArgumentsAreMasked() {
        explain("--args", "{\"to\":\"acme\",\"password\":\"canary-4711\"}", "--json");

        assertThat(out.toString()).contains("(11 characters)").doesNotContain("canary-4711");
    }

    @Test
    void nothingIsWritten() throws IOException {
        configure("http://127.0.0.1:1/mcp", "leads");
        run("check", "policy.yaml");
        explain();

        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void aGoodPolicyIsOneLine() {
        assertThat(run("check", "policy.yaml")).isZero();
        assertThat(out.toString())
                .matches(
                        "policy.yaml: ok, 1 rule, sha256 [0-9a-f]{64}\nnote: policy.yaml: without a configuration: .*\n");
    }

    @Test
    void allFaultsOfAllFilesAreToldAtOnce() throws IOException {
        write("one.yaml", "{version: 2, default: deny}");
        write("two.yaml", "{version: \"1\", default: maybe, toools: {}}");

        assertThat(run("check", "one.yaml", "policy.yaml", "two.yaml")).isEqualTo(1);
        assertThat(err.toString())
                .contains("one.yaml:1: version", "two.yaml:1: default", "two.yaml:1: toools", "3 faults");
        assertThat(out.toString()).contains("policy.yaml: ok");
    }

    @Test
    void theMachineFormOfACheckListsFaults() throws IOException {
        write("one.yaml", "{version: 2, default: deny}");

        assertThat(run("check", "one.yaml", "policy.yaml", "--json")).isEqualTo(1);
        assertThat(json().at("/ok").booleanValue()).isFalse();
        assertThat(json().at("/files/0/faults/0/line").intValue()).isEqualTo(1);
        assertThat(json().at("/files/1/ok").booleanValue()).isTrue();
    }

    @Test
    void theMachineFormsKeepTheOrderOfTheirMembers() {
        run("check", "policy.yaml", "--json");
        explain("--json");

        assertThat(out.toString())
                .containsSubsequence("\"ok\"", "\"files\"", "\"policy\" : {", "\"file\"", "\"sha256\"", "\"call\"");
    }

    @Test
    void aRuleThatNobodyCanApproveIsFoundForTheGrantsUnderTheFile() throws IOException {
        configure("http://127.0.0.1:1/mcp", "others");

        assertThat(run("check", "policy.yaml")).isEqualTo(1);
        assertThat(err.toString())
                .contains("policy.yaml:6: tools.pay.require_approval lets nobody approve pay: leads has only olga,"
                        + " who owns buyer; add a person or set allow_owner");
    }

    @Test
    void whatDependsOnNoGrantIsCheckedWithoutOne() throws IOException {
        configure("http://127.0.0.1:1/mcp", "others");
        write("policy.yaml", POLICY.replace("leads", "ana"));
        write("fresh.yaml", POLICY.replace("[leads]", "[leads], min_assurance: login+fresh"));
        write("nobody.yaml", POLICY.replace("[leads]", "[others]"));
        write(
                "holdpoint.yaml",
                Files.readString(directory.resolve("holdpoint.yaml"))
                        .replace(
                                "Ana, groups: [others], roles: [reviewer]", "Ana, groups: [others], roles: [auditor]"));

        assertThat(run("check", "fresh.yaml", "nobody.yaml")).isEqualTo(1);
        assertThat(err.toString())
                .contains(
                        "fresh.yaml:6: tools.pay.require_approval lets nobody approve pay: min_assurance login+fresh cannot be reached",
                        "nobody.yaml:6: tools.pay.require_approval lets nobody approve pay: others has no reviewer");
    }

    @Test
    void aFileIsCheckedAsIfAGrantWereUnderIt() throws IOException {
        configure("http://127.0.0.1:1/mcp", "others");
        write("policy.yaml", POLICY.replace("leads", "ana"));
        write("other.yaml", POLICY);

        assertThat(run("check", "other.yaml", "--grant", "buyer")).isEqualTo(1);
        assertThat(err.toString())
                .contains(
                        "other.yaml:6: tools.pay.require_approval lets nobody approve pay: leads has only olga, who owns buyer");
        assertThat(run("check", "other.yaml", "--grant", "buier")).isEqualTo(2);
        assertThat(err.toString()).contains("no grant buier; did you mean buyer?");
    }

    @Test
    void anExplanationSaysThatNobodyCanApprove() throws IOException {
        configure("http://127.0.0.1:1/mcp", "others");

        explain("--args", "{\"to\":\"acme\"}");

        assertThat(out.toString())
                .startsWith("held: pay")
                .contains(
                        "note: the policy is refused: tools.pay.require_approval lets nobody approve pay: leads has only");
    }

    @Test
    void anAnswerThatDependsOnTheRiskClassIsNotFirm() throws IOException {
        write(
                "policy.yaml",
                "{version: \"1\", default: allow, by_risk: {Critical: {require_approval: {approvers: [a]}}}}");

        explain();

        assertThat(out.toString())
                .startsWith(
                        "pay depends on the risk class: held if Critical, allowed otherwise; give --server or --risk\n"
                                + "as High: allowed: pay\n");
    }

    @Test
    void answersThatDifferInTheirTermsOnlyAreTold() throws IOException {
        write("policy.yaml", """
                version: "1"
                default: allow
                by_risk:
                  Critical: { require_approval: { approvers: [a], flow: two-person } }
                  High: { require_approval: { approvers: [a] } }
                """);

        explain();

        assertThat(out.toString())
                .contains(
                        "allowed if Low or Medium",
                        "held by /by_risk/Critical/require_approval for a (two-person, 1h) if Critical");
    }

    @Test
    void programsReadWhatDependsOnTheRiskClass() throws IOException {
        write(
                "policy.yaml",
                "{version: \"1\", default: allow, by_risk: {Critical: {require_approval: {approvers: [a]}}}}");

        explain("--json");

        assertThat(json().at("/dependsOnRisk"))
                .hasToString("{\"Low\":\"allow\",\"Medium\":\"allow\",\"High\":\"allow\",\"Critical\":\"hold\"}");
    }

    @Test
    void aMinAssuranceThatDependsOnTheRiskClassIsTold() {
        explain("--args", "{\"to\":\"acme\"}", "--json");

        assertThat(json().has("dependsOnRisk")).isFalse();
        assertThat(json().at("/minAssuranceDependsOnRisk/Low").stringValue()).isEqualTo("link");
        assertThat(json().at("/minAssuranceDependsOnRisk/Critical").stringValue())
                .isEqualTo("slack");
    }

    @Test
    void aKnownRiskClassHasOneAnswer() throws IOException {
        write(
                "policy.yaml",
                "{version: \"1\", default: allow, by_risk: {Critical: {require_approval: {approvers: [a]}}}}");

        explain("--risk", "Critical");

        assertThat(out.toString()).startsWith("held: pay").doesNotContain("depends", "min_assurance");
    }

    @Test
    void aFileThatCannotBeReadHidesNoOthersFaults() throws IOException {
        write("one.yaml", "{version: 2, default: deny}");

        assertThat(run("check", "one.yaml", "missing.yaml", ".", "policy.yaml")).isEqualTo(2);
        assertThat(err.toString())
                .contains("one.yaml:1: version", "missing.yaml:1: cannot be read", ".:1: is a directory", "3 faults");
        assertThat(out.toString()).contains("policy.yaml: ok");
    }

    @Test
    void programsReadWhichFileCannotBeRead() {
        assertThat(run("check", "missing.yaml", "policy.yaml", "--json")).isEqualTo(2);
        assertThat(json().at("/files/0/faults/0/message").stringValue()).startsWith("cannot be read");
        assertThat(json().at("/files/1/ok").booleanValue()).isTrue();
    }

    @Test
    void aFaultyConfigurationHidesNoFaultsOfPolicies() throws IOException {
        write("holdpoint.yaml", "holdpoint: { servers: 7 }");
        write("one.yaml", "{version: 2, default: deny}");

        assertThat(run("check", "one.yaml", "policy.yaml", "--grant", "buyer", "--server", "shop"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("holdpoint.yaml:1: holdpoint.servers", "one.yaml:1: version");
        assertThat(out.toString()).contains("policy.yaml: ok", "without a configuration");
    }

    @Test
    void aFileThatNoGrantIsUnderIsCheckedAgainstNone() throws IOException {
        configure("http://127.0.0.1:1/mcp", "others");
        write("policy.yaml", POLICY.replace("leads", "ana"));
        write("other.yaml", POLICY);

        assertThat(run("check", "other.yaml")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("no grant is under it");
    }

    @Test
    void variablesThatAreNotSetDoNotStandInTheWay() throws IOException {
        configure("http://127.0.0.1:1/mcp", "leads");

        assertThat(explain("--grant", "buyer", "--args", "{\"to\":\"acme\"}"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .startsWith("held: pay needs leads (single-approval, 1h)")
                .doesNotContain("not under");
    }

    @Test
    void aServersToolsAreComparedWithThePolicy() throws IOException {
        write("policy.yaml", """
                version: "1"
                default: allow
                hide: ["rm_*"]
                tools:
                  pya: {}
                  pay:
                    require: [ { path: args.ammount, op: lt, value: 10 } ]
                    deny_if: [ { conditions: [ { path: args.note, op: regex, value: x }, { path: args.id, op: gt, value: 1 } ] } ]
                """);
        try (var server = offering("""
                {"name":"pay","inputSchema":{"type":"object","required":["id"],"properties":{
                  "amount":{"type":"number"},"note":{"type":"string"},"id":{"type":"string"}}}},
                {"name":"delete_all","inputSchema":{"type":"object"}}""")) {
            var url = server.server().url().toString();

            assertThat(run("check", "policy.yaml", "--server", url)).isZero();
            assertThat(out.toString())
                    .contains(
                            "policy.yaml:3: /hide/0: rm_* matches no tool of",
                            "policy.yaml:5: /tools/pya: pya is no tool of",
                            "did you mean pay?",
                            "policy.yaml:7: /tools/pay/require/0 names args.ammount, but pay has no ammount;"
                                    + " a call without it is denied; did you mean amount?",
                            "policy.yaml:8: /tools/pay/deny_if/0 names args.note, which a call of pay may leave out;"
                                    + " a call without it cannot be judged and counts as meeting this condition",
                            "asks gt of args.id, which is of type string in pay and never fits",
                            "they are allowed by default; Critical among them: delete_all");
            assertThat(run("check", "policy.yaml", "--server", url, "--strict")).isEqualTo(1);
        }
    }

    @Test
    void anArgumentThatNoToolHasIsDoubtedInRulesForMany() throws IOException {
        write("policy.yaml", """
                version: "1"
                default: deny
                all_tools: { limits: [ { window: day, max: 9, amount: args.amuont } ] }
                by_risk:
                  Low:
                    deny_if: [ { conditions: [ { path: args.nothing, op: eq, value: 1 } ] } ]
                tools:
                  "*":
                    require:
                      - { path: args.ammount, op: lt, value: 10 }
                      - { path: args.amount, op: lt, value: 10 }
                  pay: {}
                """);
        try (var server = offering("""
                {"name":"pay","inputSchema":{"type":"object","properties":{"amount":{"type":"number"}}}},
                {"name":"get_note","inputSchema":{"type":"object","properties":{"note":{"type":"string"}}}}""")) {
            run("check", "policy.yaml", "--server", server.server().url().toString());

            assertThat(out.toString().lines().filter(line -> line.startsWith("warning: ")))
                    .hasSize(4)
                    .anySatisfy(
                            line -> assertThat(line).contains("policy.yaml:3: /all_tools/limits/0 names args.amuont"))
                    .anySatisfy(line -> assertThat(line)
                            .contains("policy.yaml:6: /by_risk/Low/deny_if/0 names args.nothing, but no tool of"))
                    .anySatisfy(line -> assertThat(line)
                            .contains(
                                    "/tools/*/require/0 names args.ammount, but no tool of",
                                    "that it counts for has it; a call without it is denied; did you mean amount?"));
        }
    }

    @Test
    void aSchemaThatLeavesThingsOpenIsNotDoubted() throws IOException {
        try (var server = offering("""
                {"name":"pay","inputSchema":{"type":"object","additionalProperties":true,"properties":{}}}""")) {
            assertThat(run(
                            "check",
                            "policy.yaml",
                            "--strict",
                            "--server",
                            server.server().url().toString()))
                    .as(out.toString())
                    .isZero();
        }
    }

    @Test
    void theRiskClassComesFromTheServersCatalogue() throws IOException {
        try (var server = offering("{\"name\":\"pay\",\"inputSchema\":{\"type\":\"object\"}}")) {
            configure(server.server().url().toString(), "leads");

            assertThat(explain("--server", "shop")).as(err.toString()).isZero();
            assertThat(out.toString()).contains("risk class Critical, from the catalogue of shop");
        }
    }

    @Test
    void aRuleThatNobodyCanApproveForAToolOfTheServersClassIsTold() throws IOException {
        try (var server = offering("{\"name\":\"pay\",\"inputSchema\":{\"type\":\"object\"}}")) {
            configure(server.server().url().toString(), "leads");
            var told =
                    "tools.pay.require_approval lets nobody approve pay (Critical): it needs slack, and of leads ana";

            assertThat(run("check", "policy.yaml", "--server", "shop")).isZero();
            assertThat(out.toString()).contains("warning: policy.yaml:6: " + told);
            explain("--server", "shop", "--args", "{\"to\":\"acme\"}");
            assertThat(out.toString()).contains("note: the call would wait for its expiry: " + told);
        }
    }

    @Test
    void aRuleThatSomebodyCanApproveForEveryToolOfTheServerIsNotDoubted() throws IOException {
        try (var server = offering("{\"name\":\"pay\",\"inputSchema\":{\"type\":\"object\"}}")) {
            configure(server.server().url().toString(), "leads");
            var configuration = Files.readString(directory.resolve("holdpoint.yaml"));
            write("holdpoint.yaml", configuration.replace("name: Ana", "name: Ana, token: a-token-of-anas"));

            run("check", "policy.yaml", "--server", "shop");

            assertThat(out.toString()).doesNotContain("lets nobody approve");
        }
    }

    @Test
    void aToolThatTheServerDoesNotListIsHighAsTheGatewayTakesIt() throws IOException {
        write(
                "policy.yaml",
                "{version: \"1\", default: allow, by_risk: {Critical: {require_approval: {approvers: [leads]}}}}");
        try (var server = offering("{\"name\":\"pays\",\"inputSchema\":{\"type\":\"object\"}}")) {
            configure(server.server().url().toString(), "leads");

            explain("--server", "shop");

            assertThat(out.toString())
                    .startsWith("allowed: pay\n")
                    .contains(
                            "risk class High, because shop lists no such tool (did you mean pays?), so Unknown and High");
        }
    }

    @Test
    void aServerThatCannotBeReadIsTold() throws IOException {
        configure("http://127.0.0.1:1/mcp", "leads");

        assertThat(explain("--server", "shop")).isEqualTo(1);
        assertThat(err.toString()).contains("shop", "SHOP_TOKEN_NOT_SET").doesNotContain("\tat ");
    }

    private static FakeMcpServer offering(String tools) {
        return FakeMcpServer.start(asked -> Reply.tools(tools));
    }

    private void configure(String url, String groupOfAna) throws IOException {
        write("holdpoint.yaml", CONFIGURATION.formatted(url, groupOfAna));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private JsonNode json() {
        return JsonMapper.shared().readTree(out.toString());
    }

    private int explain(String... more) {
        var line = new String[more.length + 4];
        System.arraycopy(new String[] {"explain", "policy.yaml", "--tool", "pay"}, 0, line, 0, 4);
        System.arraycopy(more, 0, line, 4, more.length);
        return run(line);
    }

    private int run(String... arguments) {
        var in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        return new CommandLine(new PolicyCommand())
                .addSubcommand(new PolicyCheckCommand(directory))
                .addSubcommand(new PolicyExplainCommand(directory, in))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler(new Complaint())
                .execute(arguments);
    }
}
