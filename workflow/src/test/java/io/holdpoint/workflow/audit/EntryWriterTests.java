package io.holdpoint.workflow.audit;

import static io.holdpoint.workflow.audit.Calls.APPROVAL;
import static io.holdpoint.workflow.audit.Calls.DIGEST;
import static io.holdpoint.workflow.audit.Calls.POLICY;
import static io.holdpoint.workflow.audit.Calls.aCall;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.workflow.CallSummary;
import io.holdpoint.workflow.Risk;
import io.holdpoint.workflow.audit.AuditEntry.DefinitionChanged.Defined;
import io.holdpoint.workflow.people.Assurance;
import io.holdpoint.workflow.people.PersonId;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EntryWriterTests {

    private static final JsonMapper JACKSON = new JsonMapper();
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.000120Z");
    private static final Actor ANA = Actor.person(new PersonId("ana"), "console", Assurance.LOGIN_FRESH);
    private static final String SECRET = "Jane Doe";

    private static final Defined READS = new Defined("11".repeat(32), "Read", Risk.LOW);
    private static final Defined DESTROYS = new Defined("22".repeat(32), "Destructive", Risk.CRITICAL);

    private final EntryWriter writer = new EntryWriter(new EntryForm(new SecureRandom(), NOON));

    static List<AuditEntry> everyKind() {
        var call = aCall("call_1");
        return List.of(
                new AuditEntry.CallAllowed(call),
                new AuditEntry.CallRefused(call, "deny", SECRET),
                new AuditEntry.MessageRefused("imaging", Optional.of("radiology-agent"), -32600, SECRET, 3),
                aHeld(SECRET.getBytes(StandardCharsets.UTF_8)),
                new AuditEntry.CallAttached(call, APPROVAL),
                new AuditEntry.ReviewRecorded(call, APPROVAL, DIGEST, ANA, "reject", Optional.of(SECRET)),
                new AuditEntry.ReviewRefused(call, APPROVAL, ANA, "approve", "ana is not asked"),
                new AuditEntry.OutcomeReached(call, APPROVAL, DIGEST, ANA, "rejected", Optional.of(SECRET)),
                new AuditEntry.ExecutionStarted(call, APPROVAL, DIGEST, "node-1"),
                new AuditEntry.ExecutionFinished(
                        call, APPROVAL, DIGEST, "failed", Optional.of("connection refused"), secretBytes()),
                new AuditEntry.DefinitionsRead("imaging", 3, DIGEST),
                new AuditEntry.DefinitionChanged("imaging", "list_studies", Optional.of(READS), Optional.of(DESTROYS)),
                new AuditEntry.DefinitionsChanged("imaging", 60, 0, 1, DIGEST, POLICY, List.of("list_studies")),
                new AuditEntry.DefinitionsUnrecorded("imaging", OptionalInt.of(7), DIGEST),
                new AuditEntry.ExecutionSettled(call, APPROVAL, ANA, true, SECRET),
                new AuditEntry.ArgumentsRevealed(call, APPROVAL, DIGEST, ANA),
                new AuditEntry.SignedIn(ANA, "link"),
                new AuditEntry.SignInRefused(Optional.of(new PersonId("ana")), SECRET),
                new AuditEntry.SignInLinkMade(ANA, new PersonId("bo")),
                new AuditEntry.GatewayStarted("node-1", "0.1.0", Map.of("imaging.json", POLICY)),
                new AuditEntry.ConfigurationReloaded(
                        "node-1", Map.of("imaging.json", POLICY), List.of("policy imaging.json changed")),
                new AuditEntry.ConfigurationRefused("node-1", 1, List.of("imaging.json:1: default is missing")));
    }

    @Test
    void everyKindOfEntryIsTriedHere() {
        assertThat(everyKind().stream().<Class<?>>map(Object::getClass))
                .containsExactlyInAnyOrder(AuditEntry.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void fieldsStandInTheOrderOfTheSpecification(AuditEntry entry) {
        var order = List.of("time,type,subject,actor,server,tool,grant,rule,policy,flow,digest,outcome,data,commitments"
                .split(","));
        assertThat(List.copyOf(read(entry).propertyNames()))
                .isSortedAccordingTo((a, b) -> Integer.compare(order.indexOf(a), order.indexOf(b)))
                .isSubsetOf(order)
                .contains("time", "type", "actor", "outcome");
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void whatSomebodyWordedIsNotInTheBody(AuditEntry entry) {
        var body = new String(entry.match(writer).body(), StandardCharsets.UTF_8);
        assertThat(body).doesNotContain(SECRET).doesNotContain("masked");
    }

    @Test
    void anAllowedCallIsOneLineWithoutArguments() {
        assertThat(new String(
                        new AuditEntry.CallAllowed(aCall("call_1"))
                                .match(writer)
                                .body(),
                        StandardCharsets.UTF_8))
                .isEqualTo("{\"time\":\"2026-11-20T12:00:00.000120Z\",\"type\":\"call.allowed\",\"subject\":\"call_1\","
                        + "\"actor\":{\"kind\":\"agent\",\"id\":\"radiology-agent\"},\"server\":\"imaging\","
                        + "\"tool\":\"list_studies\",\"grant\":\"radiology-agent\",\"rule\":\"/tools/list_studies\","
                        + "\"policy\":\"" + POLICY + "\",\"outcome\":\"allowed\"}");
    }

    @Test
    void aShadowsWordStandsInTheData() {
        var shadow = new ShadowDecision(POLICY, "limit", "/tools/a/limits/0", true);
        var entry = new AuditEntry.CallRefused(aCall("call_1"), "deny", "no", Optional.of(shadow));
        assertThat(read(entry).at("/data/shadow"))
                .isEqualTo(JACKSON.readTree(
                        "{\"policy\":\"" + POLICY + "\",\"decision\":\"limit\",\"rule\":\"/tools/a/limits/0\"}"));
    }

    @Test
    void aShadowWhoseLimitsWereLeftOutSaysSo() {
        var shadow = new ShadowDecision(POLICY, "allow", "/tools/a", false);
        var entry = new AuditEntry.CallAttached(aCall("call_1"), APPROVAL, Optional.of(shadow));
        assertThat(read(entry).at("/data/shadow/limits").asString()).isEqualTo("not counted");
    }

    @Test
    void aHeldCallSaysWhoIsAskedAboutWhatUntilWhen() {
        var body = read(aHeld(new byte[] {'{', '}'}));
        assertThat(body.get("subject").asString()).isEqualTo(APPROVAL);
        assertThat(body.get("flow").asString()).isEqualTo("one-approval");
        assertThat(body.get("digest").asString()).isEqualTo(DIGEST);
        assertThat(body.get("data"))
                .isEqualTo(JACKSON.readTree("{\"call\":\"call_2\",\"owner\":\"ana\",\"risk\":\"Low\","
                        + "\"approvers\":[\"ana\",\"bo\"],\"expiresAt\":\"2026-11-20T13:00:00.000120Z\"}"));
    }

    @Test
    void aPersonIsNamedWithChannelAndAssurance() {
        assertThat(read(new AuditEntry.SignedIn(ANA, "link")).get("actor"))
                .isEqualTo(JACKSON.readTree("{\"kind\":\"person\",\"id\":\"ana\",\"channel\":\"console\","
                        + "\"assurance\":\"login+fresh\"}"));
    }

    @Test
    void aSignInThatFailedNamesWhomItWasTriedAs() {
        var ana = Optional.of(new PersonId("ana"));
        assertThat(read(new AuditEntry.SignInRefused(ana, "192.0.2.1")).get("data"))
                .isEqualTo(JACKSON.readTree("{\"person\":\"ana\"}"));
        assertThat(read(new AuditEntry.SignInRefused(Optional.empty(), "192.0.2.1"))
                        .has("data"))
                .isFalse();
    }

    @Test
    void aSignInByLinkNamesWhoMadeTheLink() {
        var bo = Optional.of(new PersonId("bo"));
        assertThat(read(new AuditEntry.SignedIn(ANA, "link", bo)).get("data"))
                .isEqualTo(JACKSON.readTree("{\"by\":\"link\",\"madeBy\":\"bo\"}"));
        assertThat(read(new AuditEntry.SignedIn(ANA, "link")).get("data"))
                .isEqualTo(JACKSON.readTree("{\"by\":\"link\"}"));
    }

    @Test
    void aLinkNamesWhoMadeItAndForWhom() {
        var body = read(new AuditEntry.SignInLinkMade(ANA, new PersonId("bo")));
        assertThat(body.at("/actor/id").asString()).isEqualTo("ana");
        assertThat(body.at("/data/person").asString()).isEqualTo("bo");
    }

    @Test
    void aChangedDefinitionSaysWhatItWasAndWhatItIs() {
        var body = read(new AuditEntry.DefinitionChanged("imaging", "list", Optional.of(READS), Optional.of(DESTROYS)));
        assertThat(body.get("tool").asString()).isEqualTo("list");
        assertThat(body.get("outcome").asString()).isEqualTo("changed");
        assertThat(body.get("data")).isEqualTo(JACKSON.readTree("""
            {"was":"%s","categoryBefore":"Read","riskBefore":"Low",
             "is":"%s","category":"Destructive","risk":"Critical"}\
            """.formatted(READS.sha256(), DESTROYS.sha256())));
    }

    @Test
    void manyChangedDefinitionsAreCountedAndTheFirstNamed() {
        var body = read(new AuditEntry.DefinitionsChanged("imaging", 1, 2, 60, DIGEST, POLICY, List.of("a", "b")));
        assertThat(body.get("type").asString()).isEqualTo("definitions.changed");
        assertThat(body.get("data"))
                .isEqualTo(JACKSON.readTree(
                        "{\"added\":1,\"changed\":2,\"removed\":60,\"was\":\"%s\",\"is\":\"%s\",\"first\":[\"a\",\"b\"]}"
                                .formatted(DIGEST, POLICY)));
    }

    @Test
    void aTimeOfUnrecordedChangesBeginsAndEndsWithTheirNumber() {
        var began = read(new AuditEntry.DefinitionsUnrecorded("imaging", OptionalInt.empty(), DIGEST));
        var ended = read(new AuditEntry.DefinitionsUnrecorded("imaging", OptionalInt.of(7), DIGEST));
        assertThat(began.get("type").asString()).isEqualTo("definitions.unrecorded");
        assertThat(began.get("outcome").asString()).isEqualTo("began");
        assertThat(ended.get("outcome").asString()).isEqualTo("ended");
        assertThat(ended.get("data")).isEqualTo(JACKSON.readTree("{\"changes\":7,\"list\":\"%s\"}".formatted(DIGEST)));
    }

    @Test
    void aToolThatCameOrWentIsAddedOrRemoved() {
        var added = read(new AuditEntry.DefinitionChanged("imaging", "list", Optional.empty(), Optional.of(READS)));
        var removed = read(new AuditEntry.DefinitionChanged("imaging", "list", Optional.of(READS), Optional.empty()));
        assertThat(added.get("outcome").asString()).isEqualTo("added");
        assertThat(removed.get("outcome").asString()).isEqualTo("removed");
        assertThat(removed.at("/data/is").isMissingNode()).isTrue();
    }

    @Test
    void aCommitmentIsTheHashOfSaltAndValue() {
        var row = aHeld("{\"n\":1}".getBytes(StandardCharsets.UTF_8)).match(writer);
        var commitment = row.commitments().get(0);
        assertThat(Base64.getDecoder()
                        .decode(JACKSON.readTree(row.body())
                                .at("/commitments/arguments")
                                .asString()))
                .isEqualTo(commitment.hash());
    }

    @Test
    void equalValuesHaveUnequalCommitments() {
        var entry = aHeld(new byte[] {'{', '}'});
        assertThat(read(entry).get("commitments")).isNotEqualTo(read(entry).get("commitments"));
    }

    static Stream<String> decisions() {
        return Stream.of("deny", "limit");
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void aRefusedCallIsDeniedOrLimited(String decision) {
        var type = read(new AuditEntry.CallRefused(aCall("call_1"), decision, "no"))
                .get("type");
        assertThat(type.asString()).isEqualTo(decision.equals("limit") ? "call.limited" : "call.denied");
    }

    @Test
    void withoutAPolicyTheFieldIsLeftOut() {
        var call = aCall("call_1");
        var bare = new CallSummary(
                call.id(),
                call.server(),
                call.tool(),
                call.grant(),
                call.owner(),
                "(no policy)",
                "",
                call.risk(),
                "Unknown",
                "");
        assertThat(read(new AuditEntry.CallAllowed(bare)).has("policy")).isFalse();
    }

    @Test
    void aToolNameOfAnyLengthFits() {
        var body = new AuditEntry.CallAllowed(aCall("call_1", "\u0001".repeat(1_000_000)))
                .match(writer)
                .body();
        assertThat(body.length).isLessThan(100_000);
        assertThat(JACKSON.readTree(body).get("tool").asString()).endsWith("… (1000000 characters)");
    }

    @Test
    void oneFormServesManyEntriesWithoutAnythingOfTheOneBefore() {
        aHeld(new byte[] {1}).match(writer);
        var row = new AuditEntry.SignedIn(ANA, "link").match(writer);
        assertThat(row.commitments()).isEmpty();
        assertThat(Arrays.asList(row.subject(), row.server(), row.tool(), row.grant()))
                .containsOnlyNulls();
    }

    private JsonNode read(AuditEntry entry) {
        return JACKSON.readTree(entry.match(writer).body());
    }

    private static Optional<byte[]> secretBytes() {
        return Optional.of(SECRET.getBytes(StandardCharsets.UTF_8));
    }

    private static AuditEntry.CallHeld aHeld(byte[] arguments) {
        var approvers = List.of(new PersonId("ana"), new PersonId("bo"));
        return new AuditEntry.CallHeld(
                aCall("call_2"), APPROVAL, DIGEST, "one-approval", approvers, NOON.plusSeconds(3600), arguments);
    }
}
