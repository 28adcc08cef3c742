package io.holdpoint.gateway.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class FieldsTests {

    private final Faults faults = new Faults();

    @Test
    void typedValuesAreReadWithoutFaults() {
        var fields = fields("name: ana\nport: 80\nwait: 90s\non: true\nlist: [a, b]\n");
        assertThat(fields.text("name")).isEqualTo("ana");
        assertThat(fields.integer("port", 0, 65535)).hasValue(80);
        assertThat(fields.duration("wait", Duration.ofHours(1))).contains(Duration.ofSeconds(90));
        assertThat(fields.bool("on", false)).isTrue();
        assertThat(fields.texts("list")).containsExactly("a", "b");
        assertThat(faults.isEmpty()).isTrue();
    }

    @Test
    void whatIsLeftOutReadsAsAbsent() {
        var fields = fields("x: 1");
        assertThat(fields.optionalText("name")).isEmpty();
        assertThat(fields.integer("port", 0, 9)).isEmpty();
        assertThat(fields.bool("on", true)).isTrue();
        assertThat(fields.texts("list")).isEmpty();
        assertThat(faults.isEmpty()).isTrue();
    }

    @Test
    void whatMustBeThereIsMissedWithTheLineOfItsObject() {
        assertFault(
                "\na:\n  b: 1",
                fields -> fields.object("a").orElseThrow().text("name"),
                "a.yaml:2: a lacks name; add it");
    }

    @Test
    void aTextIsNeverEchoed() {
        assertFault("token: [hunter2]", fields -> fields.text("token"), "a.yaml:1: token is a list; use a text");
    }

    @Test
    void aBlankTextIsAFault() {
        assertFault(
                "name: '  '",
                fields -> fields.text("name"),
                "a.yaml:1: name is blank; write something or leave it out");
    }

    @Test
    void nullIsNotAbsent() {
        assertFault("list:", fields -> fields.list("list"), "a.yaml:1: list is null; use a list");
    }

    @Test
    void anIntegerStaysWithinItsBounds() {
        assertFault(
                "port: 70000",
                fields -> fields.integer("port", 0, 65535),
                "a.yaml:1: port is 70000; use a whole number from 0 to 65535");
    }

    @Test
    void aFractionIsNoInteger() {
        assertFault(
                "n: 1.5", fields -> fields.integer("n", 0, 9), "a.yaml:1: n is 1.5; use a whole number from 0 to 9");
    }

    @Test
    void aNumberIsNoDuration() {
        assertFault(
                "wait: 60",
                fields -> fields.duration("wait", Duration.ofHours(1)),
                "a.yaml:1: wait is 60; use a duration such as 90s, 15m, 4h or 1d");
    }

    @Test
    void aDurationStaysWithinItsBounds() {
        assertFault(
                "wait: 2h",
                fields -> fields.duration("wait", Duration.ofSeconds(1), Duration.ofMinutes(90)),
                "a.yaml:1: wait is \"2h\"; use 1s to 1h30m");
    }

    @Test
    void aWordIsOneOfThoseAllowed() {
        assertFault(
                "mode: alow",
                fields -> fields.word("mode", new java.util.TreeMap<>(Map.of("allow", 1, "deny", 2))),
                "a.yaml:1: mode is \"alow\"; use allow or deny");
    }

    @Test
    void anUnknownKeyIsReportedWithTheNearestName() {
        assertFault(
                "name: x\nprot: 1",
                fields -> {
                    fields.text("name");
                    fields.integer("port", 0, 9);
                    fields.noOthers();
                },
                "a.yaml:2: prot is unknown; did you mean port? Allowed: name or port");
    }

    @Test
    void anUnknownKeyLikeNoneListsThemAll() {
        assertFault(
                "zzzzzzzz: 1",
                fields -> {
                    fields.optionalText("name");
                    fields.noOthers();
                },
                "a.yaml:1: zzzzzzzz is unknown; use name");
    }

    @Test
    void aTextTwiceInAListIsAFault() {
        assertFault("list: [a, a]", fields -> fields.texts("list"), "a.yaml:1: list[1] is there twice; remove one");
    }

    @Test
    void namedObjectsKeepTheirOrder() {
        assertThat(fields("g: {b: {}, a: {}}").objects("g").keySet()).containsExactly("b", "a");
    }

    @Test
    void swappedLettersAreOneEdit() {
        assertThat(Nearest.to("polciies", List.of("policies", "people"))).contains("policies");
    }

    @Test
    void aNameLikeNoneHasNoNearest() {
        assertThat(Nearest.to("window", List.of("max", "scope"))).isEmpty();
    }

    private void assertFault(String yaml, Consumer<Fields> reading, String fault) {
        reading.accept(fields(yaml));
        assertThat(faults.all()).extracting(Fault::toString).containsExactly(fault);
    }

    private Fields fields(String yaml) {
        return new Fields((Node.Obj) DocumentReader.read("a.yaml", yaml.getBytes(UTF_8)), faults);
    }
}
