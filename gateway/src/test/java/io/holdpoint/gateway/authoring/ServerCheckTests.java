package io.holdpoint.gateway.authoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.catalog.Category;
import io.holdpoint.gateway.catalog.Definition;
import io.holdpoint.gateway.document.Fault;
import io.holdpoint.gateway.policy.Policy;
import io.holdpoint.gateway.policy.SmallInstallation;
import io.holdpoint.workflow.Risk;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerCheckTests {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            emptyValue = "",
            value = {
                "number            | lt, value: 1          | `has`",
                "string            | lt, value: 1          | `asks lt of args.a, which is of type string in pay and never fits`",
                "integer           | gte, value: 1         | `has`",
                "[number, 'null']  | gt, value: 1          | `has`",
                "number            | regex, value: x       | `asks regex of args.a, which is of type number in pay and never fits`",
                "string            | path_within, value: /a| `has`",
                "array             | contains, value: 1    | `has`",
                "string            | contains, value: x    | `has`",
                "string            | contains, value: 1    | `asks contains of args.a, which is of type string in pay and never fits`",
                "string            | eq, value: x          | `has`",
                "string            | eq, value: 1          | `asks eq of args.a, which is of type string in pay and never fits`",
                "integer           | eq, value: 1.0        | `has`",
                "integer           | eq, value: 1.5        | `asks eq of args.a, which is of type integer in pay and never fits`",
                "boolean           | in, value: [true, x]  | `has`",
                "boolean           | not_in, value: [x, y] | `asks not_in of args.a, which is of type boolean in pay and never fits`",
                "object            | exists, value: true   | `has`",
            })
    void anOperatorFitsTheTypesOfItsArgument(String type, String operator, String warning) {
        var schema = "{\"type\":\"object\",\"required\":[\"a\"],\"properties\":{\"a\":{\"type\":%s}}}"
                .formatted(
                        type.startsWith("[")
                                ? type.replace("number", "\"number\"").replace('\'', '"')
                                : "\"" + type + "\"");
        assertThat(warnings("tools: {pay: {require: [{path: args.a, op: " + operator + "}]}}", tool("pay", schema)))
                .isEqualTo(warning.equals("has") ? List.of() : List.of("/tools/pay/require/0 " + warning));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'properties':{'a':{}}}                                          | args.a      | may leave out",
                "{'properties':{'a':{}},'required':['a']}                         | args.a      | -",
                "{'properties':{'b':{}}}                                          | args.a      | pay has no a;",
                "{'properties':{'b':{}},'additionalProperties':false}             | args.a      | pay has no a;",
                "{'properties':{'b':{}},'additionalProperties':true}              | args.a      | -",
                "{'properties':{'b':{}},'additionalProperties':{'type':'string'}} | args.a      | -",
                "{'properties':{'b':{}},'patternProperties':{'^a':{}}}            | args.a      | -",
                "{'properties':{'b':{}},'anyOf':[{'required':['b']}]}             | args.a      | -",
                "{'$ref':'#/$defs/x'}                                             | args.a      | -",
                "{}                                                               | args.a      | -",
                "{'type':'string'}                                                | args.a      | pay has no a;",
                "{'properties':{'a':{'properties':{'b':{}}}},'required':['a']}    | args.a.c    | pay has no c;",
                "{'properties':{'a':{'properties':{'b':{}},'required':['b']}}}    | args.a.b    | may leave out",
                "{'properties':{'a':{'type':'string'}},'required':['a']}          | args.a.b    | pay has no b;",
                "{'properties':{'a':{'items':{},'minItems':1}},'required':['a']}  | args.a[0]   | -",
                "{'properties':{'a':{'items':{},'minItems':1}},'required':['a']}  | args.a[1]   | may leave out",
                "{'properties':{'a':{'type':'string'}},'required':['a']}          | args.a[0]   | pay has no [0];",
                "{'properties':{'a':{'prefixItems':[{}]}},'required':['a']}       | args.a[0]   | -",
            })
    void anArgumentIsDoubtedWhereTheSchemaIsClearAboutIt(String schema, String path, String warning) {
        var policy = "tools: {pay: {require: [{path: \"" + path + "\", op: neq, value: x}]}}";
        assertThat(warnings(policy, tool("pay", schema.replace('\'', '"'))))
                .satisfies(found -> assertThat(String.join("", found)).contains(warning.equals("-") ? "" : warning))
                .hasSize(warning.equals("-") ? 0 : 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "all_tools: {limits: [LIMIT]}          | /all_tools/limits/0     | with",
                "tools: {\"*\": {require: [CONDITION]}}| /tools/*/require/0      | with",
                "tools: {\"*\": {limits: [LIMIT]}}     | /tools/*/limits/0       | with",
                "tools: {\"*\": {deny_if: [{conditions: [CONDITION]}]}} | - | without",
                "tools: {\"*\": {redact: [args.n]}}   | -                       | without",
                "tools: {\"*\": {require: [{path: args.n, op: exists, value: true}]}} | - | without",
                "by_risk: {High: {require: [CONDITION]}} | /by_risk/High/require/0 | with",
            })
    void aRuleForManyThatDeniesSomeIsToldOnce(String rule, String where, String with) {
        var policy = rule.replace("CONDITION", "{path: args.n, op: lt, value: 9}")
                .replace("LIMIT", "{window: day, max: 9, amount: args.n}");
        var required = "{\"properties\":{\"n\":{\"type\":\"number\"}},\"required\":[\"n\"]}";
        assertThat(warnings(
                        policy,
                        tool("has", required),
                        tool("may", "{\"properties\":{\"n\":{\"type\":\"number\"}}}"),
                        tool("lacks", "{\"properties\":{\"m\":{}}}"),
                        tool("also", "{\"properties\":{\"m\":{}}}"),
                        tool("open", "{}")))
                .isEqualTo(
                        with.equals("without")
                                ? List.of()
                                : List.of(where + " names args.n, which is no argument of lacks, also and may be left"
                                        + " out of calls of may; a call without it is denied"));
    }

    @Test
    void underAGlobEachToolItServesIsLookedAt() {
        var warnings = warnings(
                "tools: {\"pay_*\": {require: [{path: args.a, op: eq, value: x}]}, pay_own: {}}",
                tool("pay_in", "{\"properties\":{\"b\":{}}}"),
                tool("pay_out", "{\"properties\":{\"b\":{}}}"),
                tool("pay_own", "{\"properties\":{\"b\":{}}}"));
        assertThat(warnings).hasSize(2).noneMatch(warning -> warning.contains("pay_own"));
    }

    private static List<String> warnings(String rules, Definition... tools) {
        var text = "{version: \"1\", default: allow, " + rules + "}";
        var policy = Policy.read("p.yaml", text.getBytes(UTF_8), SmallInstallation.approvedBy("ana"));
        return ServerCheck.of(policy, "shop", Stream.of(tools).toList()).warnings().stream()
                .map(Fault::message)
                .filter(message -> message.startsWith("/"))
                .toList();
    }

    private static Definition tool(String name, String schema) {
        var json = "{\"name\":\"%s\",\"inputSchema\":%s}".formatted(name, schema);
        return new Definition(name, "0".repeat(64), json, Category.FINANCIAL, Risk.HIGH, NOON);
    }
}
