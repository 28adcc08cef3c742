package io.holdpoint.gateway.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.holdpoint.gateway.document.DocumentReader;
import io.holdpoint.gateway.policy.argument.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The published schema accepts and refuses the files that the loader does. {@link Policies} holds the same of every
 * policy that any other test of this package reads.
 */
class PolicySchemaTests {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Values that are right in one place and wrong in others. */
    private static final String VALUES = """
            null, true, false, 0, 1, -1, 1.5, 2.0, 6e1, 1000, 1001, 1e15, 1e16, 31622401, [], {}, [null], ["x"], [[]], [{}],
            "", " ", "x", "*", "a**", "a*", " a", "a\\u2028", "\\u00a0", "a\\u200b", "1", "all", "allow", "deny", "Low",
            "args", "args.a", "args..a", "args.", "args[0]", "args[01]", "args[-1]", "args[1234567890]", "args[\\"a\\"]",
            "args[\\"\\\\x\\"]", "args[\\"a", "args.a\\n", "args.a\\u00a0b", "minute", "minutes", "Minute", "0s", "1s",
            "999ms", "1000ms", "366d", "367d", "8785h", "527041m", "31622400s", "31622401s", "999999999ms",
            "1000000000ms", "0000000001s", "000000001s", "1h30m", "30m1h", "0h0m", "s", "1 s", "1S", "PT1H", "P", "PT",
            "P1D", "P1DT", "PT1.5H", "PT0.5S", "pt1h", "P1Y", "1/minute", "0/minute", "1/fortnight", "1/minutes",
            "1000000000000000/day", "0000000000000001/day", "/srv", "..", "../a", "./../a", "//..", "..a", "a/..",
            "a\\\\..", "/a\\u0085", "eq", "in", "regex", "exists", "contains", "path_within", "lt", "a(", "single-approval",
            "link", "login+fresh", "grant", "keys", "require_approval", "ana", "nobody",
            "a\\u0000", "%s"
            """.formatted("y".repeat(201));

    private static final List<JsonNode> ODD = Stream.concat(
                    Policies.tree("[" + VALUES + "]").valueStream(), Stream.of(letters(995), letters(996)))
            .toList();

    private static final String OF_THE_SPECIFICATION = """
            {
              "version": "1",
              "default": "deny",
              "hide": ["delete_study"],
              "all_tools": { "limits": [ { "window": "minute", "max": 60, "scope": "grant" } ] },
              "tools": {
                "list_studies": {},
                "start_dicom_export_job": {
                  "require":  [ { "path": "args.destination", "op": "regex", "value": "^s3://imaging-", "on_deny": "Only our buckets" } ],
                  "deny_if":  [ { "conditions": [ { "path": "args.studies", "op": "contains", "value": "*" } ], "on_deny": "Name the studies" } ],
                  "limits":   [ { "counter": "start_dicom_export_job_rate", "window": "minute", "max": 10, "scope": "grant" } ],
                  "require_approval": [
                    { "conditions": [ { "path": "args.count", "op": "gt", "value": 100 } ],
                      "flow": "two-person", "approvers": ["radiology-leads"], "expires_after": "4h", "reason": "Large exports leave the hospital" },
                    { "conditions": [], "flow": "single-approval", "approvers": ["radiology-leads"], "expires_after": "1h" }
                  ]
                }
              }
            }
            """;

    @Test
    void theSchemaIsASchemaOf2020() throws IOException {
        var dialect = Dialects.getDraft202012();
        var schemas = SchemaRegistry.withDialect(dialect).getSchema(SchemaLocation.of(dialect.getId()));
        assertThat(schemas.validate(Policies.tree(Files.readString(PolicySchema.FILE))))
                .isEmpty();
    }

    @Test
    void everyKeyIsExplained() throws IOException {
        var unexplained = new ArrayList<String>();
        collectUnexplained("", Policies.tree(Files.readString(PolicySchema.FILE)), unexplained);
        assertThat(unexplained).isEmpty();
    }

    @Test
    void theExampleOfTheSpecificationIsAcceptedByBoth() {
        assertThat(PolicySchema.errors(Policies.tree(OF_THE_SPECIFICATION))).isEmpty();
        assertThatCode(() -> Policies.json(OF_THE_SPECIFICATION)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    limits: [{window: 366d, max: 1}]                                   | true
                    limits: [{window: 367d, max: 1}]                                   | false
                    limits: [{window: 999ms, max: 1}]                                  | false
                    require_approval: {expires_after: 999ms}                           | true
                    require: [{path: "args[\\"a.b\\"]", op: lt, value: 5}]             | true
                    require: [{path: args.a, op: lt, value: "5"}]                      | false
                    require: [{conditions: [{path: args.a, op: lt, value: "5"}]}]      | false
                    deny_if: [{conditions: [{path: args.a, op: in, value: 5}]}]        | false
                    require_approval: {conditions: [{path: args.a, op: exists, value: 1}]} | false
                    require_approval: {expires_after: 1h, expires: 1h}                 | false
                    action: require_approval, require_approval: true                   | false
                    action: deny, reason: x                                            | true
                    limits: [{window: day, max: 1, counter: "a b-1"}]                  | true
                    limits: [{window: day, max: 1, counter: "a\\u0000"}]               | false
                    limits: [{window: day, max: 1, counter: "a\\n"}]                   | false
                    """)
    void theSchemaItselfAcceptsOrRefuses(String rule, boolean accepted) {
        var document = DocumentReader.read(
                "policy.yaml", ("{version: '1', default: deny, tools: {pay: {" + rule + "}}}").getBytes(UTF_8));
        assertThat(PolicySchema.errors(Values.of(document)).isEmpty()).isEqualTo(accepted);
    }

    @ParameterizedTest
    @ValueSource(ints = {995, 996})
    void theLongestPathIsTheSameForBoth(int letters) {
        var document =
                Policies.tree("{\"version\": \"1\", \"default\": \"deny\", \"tools\": {\"pay\": {\"redact\": []}}}");
        ((ArrayNode) document.at("/tools/pay/redact")).add(letters(letters));
        PolicySchema.assertAgrees("policy.json", document.toString().getBytes(UTF_8));
    }

    @Property(tries = 500, seed = "20261120", shrinking = ShrinkingMode.OFF)
    void aValidPolicyIsAcceptedByBoth(@ForAll long seed) {
        var document = MadeUpPolicy.document(new Random(seed));
        assertThat(PolicySchema.errors(document)).as("%s", document).isEmpty();
        assertThatCode(() -> Policies.json(document.toString())).doesNotThrowAnyException();
    }

    @Property(tries = 4000, seed = "20261121", shrinking = ShrinkingMode.OFF)
    void aPolicyWithOneThingChangedIsAcceptedOrRefusedByBoth(@ForAll long seed) {
        var random = new Random(seed);
        var document = MadeUpPolicy.document(random);
        change(document, random);
        PolicySchema.assertAgrees("policy.json", document.toString().getBytes(UTF_8));
    }

    @Property(tries = 1500, seed = "20261122", shrinking = ShrinkingMode.OFF)
    void aPolicyWithManyThingsChangedIsAcceptedOrRefusedByBoth(@ForAll long seed) {
        var random = new Random(seed);
        var document = MadeUpPolicy.document(random);
        for (int changes = 2 + random.nextInt(3); changes > 0; changes--) {
            change(document, random);
        }
        PolicySchema.assertAgrees("policy.json", document.toString().getBytes(UTF_8));
    }

    private static void change(ObjectNode document, Random random) {
        var places = new ArrayList<JsonNode>();
        collect(document, places);
        var place = places.get(random.nextInt(places.size()));
        if (place instanceof ArrayNode list) {
            change(list, random);
        } else {
            change((ObjectNode) place, new ArrayList<>(place.propertyNames()), random);
        }
    }

    private static void change(ArrayNode list, Random random) {
        int at = random.nextInt(list.size());
        switch (random.nextInt(3)) {
            case 0 -> list.remove(at);
            case 1 -> list.add(list.get(at).deepCopy());
            default -> list.set(at, odd(random));
        }
    }

    private static void change(ObjectNode object, List<String> keys, Random random) {
        var key = keys.get(random.nextInt(keys.size()));
        switch (random.nextInt(6)) {
            case 0 -> object.remove(key);
            case 1 -> object.set(key + "s", object.remove(key));
            case 2 -> object.set(known(random), odd(random));
            default -> object.set(key, odd(random));
        }
    }

    /** A key that belongs somewhere. */
    private static String known(Random random) {
        var keys = new TreeSet<String>();
        keysOf(MadeUpPolicy.document(random), keys);
        return List.copyOf(keys).get(random.nextInt(keys.size()));
    }

    /** A path of five letters more, each of which Java counts twice: the longest has a thousand. */
    private static JsonNode letters(int count) {
        return JSON.stringNode("args." + "\ud83d\ude00".repeat(count));
    }

    private static JsonNode odd(Random random) {
        return ODD.get(random.nextInt(ODD.size())).deepCopy();
    }

    private static void collect(JsonNode value, List<JsonNode> places) {
        if (value.isContainer() && !value.isEmpty()) {
            places.add(value);
        }
        value.values().forEach(member -> collect(member, places));
    }

    private static void keysOf(JsonNode value, TreeSet<String> keys) {
        keys.addAll(value.propertyNames());
        value.values().forEach(member -> keysOf(member, keys));
    }

    private static void collectUnexplained(String place, JsonNode schema, List<String> unexplained) {
        schema.path("properties").properties().forEach(property -> {
            boolean narrows = place.endsWith("/if") || place.endsWith("/then") || place.endsWith("/else");
            if (!narrows && !property.getValue().has("description")) {
                unexplained.add(place + "/" + property.getKey());
            }
        });
        schema.properties()
                .forEach(member -> collectUnexplained(place + "/" + member.getKey(), member.getValue(), unexplained));
    }
}
