package io.holdpoint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.policy.argument.Redaction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RedactionTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "Passwd",
                "db-password",
                "passwordConfirm",
                "client_secret",
                "token",
                "accessToken",
                "X-API-Key",
                "apikey",
                "api_key",
                "API KEY",
                "Authorization",
                "credentials",
                "private_key",
                "secretAccessKey",
                "aws.access.key.id",
                "pin",
                "cookie",
                "Set-Cookie",
                "passphrase",
                "tokens",
                "access_tokens",
                "token_value",
                "authHeader",
                "session-cookies",
                "callback_url_token",
                "authtokens",
                "apitokens",
                "sessioncookies",
                "admintokens",
                "token1",
                "userpwd2",
                "TOKENValue",
                "JWTs",
            })
    void aMemberNamedLikeASecretIsMasked(String name) {
        assertThat(Redaction.byName()
                        .show(Policies.arguments("{\"" + name + "\":\"hunter2\"}"))
                        .json())
                .isEqualTo("{\"" + name + "\":\"•••• (7 characters)\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name",
                "max_tokens",
                "maxTokens",
                "maxtokens",
                "maxoutputtokens",
                "MAXTokens",
                "max_tokens_1",
                "token_count",
                "token_type",
                "auth_method",
                "author",
                "keyboard",
                "spinner",
                "path",
                "compass"
            })
    void aMemberNamedOtherwiseIsShown(String name) {
        var arguments = "{\"" + name + "\":\"x\"}";
        assertThat(Redaction.byName().show(Policies.arguments(arguments)).json())
                .isEqualTo(arguments);
    }

    @Test
    void keysKeepTheirOrderAndNumbersTheirDigits() {
        var arguments = "{\"b\":0.10,\"a\":[1,9007199254740993,12345678901234567890,true,null],\"c\":{\"d\":\"x\"}}";
        assertThat(shown("", arguments)).isEqualTo(arguments);
    }

    @Test
    void anExponentIsNotWrittenOut() {
        assertThat(shown("", "{\"n\":1e1000000000}")).isEqualTo("{\"n\":1E+1000000000}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    args.a         | {"a":"secret","b":"x"}              | {"a":"•••• (6 characters)","b":"x"}
                    args.a.b       | {"a":{"b":"x","c":"y"}}             | {"a":{"b":"•••• (1 character)","c":"y"}}
                    args.a[1].b    | {"a":[{"b":"x"},{"b":"xyz"}]}       | {"a":[{"b":"x"},{"b":"•••• (3 characters)"}]}
                    args["a.b"]    | {"a.b":"é😀"}                       | {"a.b":"•••• (2 characters)"}
                    args.a         | {"a":{"b":[1, 2]}}                  | {"a":"•••• (11 characters)"}
                    args.a         | {"a":12345}                         | {"a":"•••• (5 characters)"}
                    args.a         | {"a":""}                            | {"a":"•••• (0 characters)"}
                    args.a         | {"a":null}                          | {"a":null}
                    args.a         | {"b":"x"}                           | {"b":"x"}
                    args.a.b       | {"a":"x"}                           | {"a":"x"}
                    """)
    void aPathIsMasked(String path, String arguments, String expected) {
        assertThat(shown("redact: ['" + path + "']", arguments)).isEqualTo(expected);
    }

    @Test
    void severalPathsAreMasked() {
        assertThat(shown(
                        "redact: [args.a.b, args.a.c, 'args.l[0]']",
                        "{\"a\":{\"b\":\"1\",\"c\":\"2\",\"d\":\"3\"},\"l\":[\"4\",\"5\"]}"))
                .isEqualTo("{\"a\":{\"b\":\"•••• (1 character)\",\"c\":\"•••• (1 character)\",\"d\":\"3\"},"
                        + "\"l\":[\"•••• (1 character)\",\"5\"]}");
    }

    @Test
    void everyToolsPathsAreMaskedToo() {
        var policy = Policies.of("default: allow, tools: {\"*\": {redact: [args.a]}, pay: {redact: [args.b]}}");
        assertThat(shown(policy, "{\"a\":\"1\",\"b\":\"2\",\"c\":\"3\"}"))
                .isEqualTo("{\"a\":\"•••• (1 character)\",\"b\":\"•••• (1 character)\",\"c\":\"3\"}");
    }

    @Test
    void whereTheClassIsNotKnownThePathsOfEveryClassAreMasked() {
        var policy = Policies.of("default: allow, by_risk: {High: {redact: [args.a]}}");
        assertThat(shown(policy, "{\"a\":\"1\"}")).contains("••••");
    }

    @Test
    void charactersNobodySeesAreWrittenAsEscapes() {
        assertThat(shown("", "{\"a\":\"x\\u202ey\\u200b\\u0007\\ud800\\n\\\"\\u00e9\"}"))
                .isEqualTo("{\"a\":\"x\\u202ey\\u200b\\u0007\\ud800\\n\\\"é\"}");
    }

    @ParameterizedTest
    @CsvSource({"200,false", "201,true"})
    void aLongMaskedValueCountsAsCut(int length, boolean cut) {
        var arguments = Policies.arguments("{\"password\":\"" + "x".repeat(length) + "\"}");
        assertThat(Redaction.byName().show(arguments).cut()).isEqualTo(cut);
    }

    @Test
    void aMaskedValueThatIsNoTextCountsAsCut() {
        var shown = Redaction.byName().show(Policies.arguments("{\"pin\":1234,\"token\":\"x\"}"));
        assertThat(shown.cut()).isTrue();
        assertThat(shown.masked()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"properties":{"a":{"format":"password"}}}
                    {"properties":{"a":{"writeOnly":true}}}
                    {"allOf":[{"properties":{"a":{"writeOnly":true}}}]}
                    {"properties":{"a":{"anyOf":[{"type":"null"},{"format":"password"}]}}}
                    {"properties":{"a":{"$ref":"#/$defs/s"}},"$defs":{"s":{"writeOnly":true}}}
                    """)
    void whatTheSchemaMarksIsMasked(String schema) {
        var shown = Redaction.byName()
                .withSchema(Policies.tree(schema))
                .show(Policies.arguments("{\"a\":\"x\",\"b\":\"y\"}"));
        assertThat(shown.json()).isEqualTo("{\"a\":\"•••• (1 character)\",\"b\":\"y\"}");
    }

    @Test
    void whatTheSchemaMarksInAListIsMasked() {
        var schema =
                Policies.tree("{\"properties\":{\"l\":{\"items\":{\"properties\":{\"a\":{\"writeOnly\":true}}}}}}");
        var shown =
                Redaction.byName().withSchema(schema).show(Policies.arguments("{\"l\":[{\"a\":\"x\"},{\"a\":\"y\"}]}"));
        assertThat(shown.masked()).isEqualTo(2);
    }

    @Test
    @Timeout(10)
    void aSchemaThatRefersToItselfIsReadToAnEnd() {
        var schema = Policies.tree(
                "{\"properties\":{\"a\":{\"$ref\":\"#\"},\"b\":{\"$ref\":\"#\"},\"c\":{\"writeOnly\":true}}}");
        var shown = Redaction.byName().withSchema(schema).show(Policies.arguments("{\"a\":{\"c\":\"x\"},\"c\":\"y\"}"));
        assertThat(shown.masked()).isEqualTo(2);
    }

    @Test
    void everyElementOfATupleHasItsOwnMask() {
        var schema = Policies.tree("{\"properties\":{\"l\":{\"prefixItems\":[{},{\"writeOnly\":true}]}}}");
        assertThat(Redaction.byName()
                        .withSchema(schema)
                        .show(Policies.arguments("{\"l\":[\"x\",\"y\",\"z\"]}"))
                        .json())
                .isEqualTo("{\"l\":[\"x\",\"•••• (1 character)\",\"z\"]}");
    }

    @Test
    @Timeout(10)
    void aLongListIsShownUnderASchemaOfManyAlternatives() {
        var shown = Redaction.byName()
                .withSchema(manyAlternatives("items"))
                .show(Policies.arguments("{\"l\":[" + "\"x\",".repeat(9_999) + "\"x\"]}"));
        assertThat(shown.masked()).isZero();
    }

    @Test
    @Timeout(10)
    void whatASchemaLeavesNoTimeForIsMasked() {
        var arguments = "{\"l\":{" + names(10_000) + "},\"last\":\"x\"}";
        var shown = Redaction.byName()
                .withSchema(manyAlternatives("additionalProperties"))
                .show(Policies.arguments(arguments));
        assertThat(shown.json()).endsWith("\"last\":\"•••• (1 character)\"}");
    }

    private static String names(int count) {
        return IntStream.range(0, count).mapToObj("\"n%d\":\"x\""::formatted).collect(Collectors.joining(","));
    }

    private static JsonNode manyAlternatives(String keyword) {
        return Policies.tree(
                "{\"properties\":{\"l\":{\"" + keyword + "\":{\"anyOf\":[" + "{},".repeat(84_999) + "{}]}}}}");
    }

    private static String shown(String rule, String arguments) {
        return shown(Policies.ofPay(rule), arguments);
    }

    private static String shown(Policy policy, String arguments) {
        return policy.redaction("pay").show(Policies.arguments(arguments)).json();
    }
}
