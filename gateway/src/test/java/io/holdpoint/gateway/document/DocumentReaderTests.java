package io.holdpoint.gateway.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentReaderTests {

    @Test
    void jsonKeepsLinesPathsAndOrder() {
        var document = (Node.Obj) json("{\n \"b\": [1,\n  {\"x.y\": true}],\n \"a\": null}");
        var list = (Node.Arr) document.members().get("b");
        var flag = ((Node.Obj) list.elements().get(1)).members().get("x.y");
        assertThat(document.members().keySet()).containsExactly("b", "a");
        assertThat(shown(flag)).isEqualTo("a.json:3: b[1][\"x.y\"] is true or false");
    }

    @Test
    void yamlKeepsLinesPathsAndOrder() {
        var document = (Node.Obj) yaml("# why\nb:\n  - 1\n  - x.y: true\na:\n");
        var list = (Node.Arr) document.members().get("b");
        var flag = ((Node.Obj) list.elements().get(1)).members().get("x.y");
        assertThat(shown(document.members().get("a"))).isEqualTo("a.yaml:5: a is null");
        assertThat(shown(flag)).isEqualTo("a.yaml:4: b[1][\"x.y\"] is true or false");
    }

    @Test
    void aMemberStandsWhereItsKeyStands() {
        var document = (Node.Obj) yaml("\nlimits:\n\n  - 1\n");
        assertThat(document.members().get("limits").line()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1", "1e400", "123456789012345678901234567890.123456789", "-0.50"})
    void numbersAreExactInBothForms(String digits) {
        assertThat(((Node.Num) json(digits)).value()).isEqualTo(new BigDecimal(digits));
        assertThat(((Node.Num) yaml(digits)).value()).isEqualTo(new BigDecimal(digits));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"on", "off", "yes", "no", "1:30", "2026-01-01", "0123", "0x1F", "1_000", "0o17", ".inf", "y"})
    void whatOldYamlMadeOfPlainWordsStaysText(String word) {
        assertThat(yaml(word))
                .isInstanceOfSatisfying(
                        Node.Text.class, text -> assertThat(text.value()).isEqualTo(word));
    }

    @ParameterizedTest
    @CsvSource({
        "true,true or false",
        "False,true or false",
        "~,null",
        "null,null",
        "+1,a number",
        "'\"1\"',a text",
        "'''~''',a text"
    })
    void plainScalarsFollowYaml12(String scalar, String kind) {
        assertThat(yaml(scalar).kind()).isEqualTo(kind);
    }

    @Test
    void aYamlDocumentWithoutContentIsNull() {
        assertThat(yaml("# nothing yet\n")).isInstanceOf(Node.Null.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a':1,\\n'a':2}                  | a.json:2: a is there twice; remove one",
                "{'a':{'b':1,'b':2},'a':3}         | a.json:1: a.b is there twice; remove one",
                "{'a':1}\\n\\n{}                   | a.json:3: goes on after its end; remove what follows",
                "{'a':1}\\n]                       | a.json:2: is not JSON here",
                "{'a':\\n\\nhunter2}               | a.json:3: is not JSON here: Unrecognized token …",
                "{'a':1,}                          | a.json:1: is not JSON here",
                "{'a':NaN}                         | a.json:1: is not JSON here",
                "{'a':01}                          | a.json:1: is not JSON here",
                "// x\\n{}                         | a.json:1: is not JSON here",
                "{'a':\\n'x                        | a.json:2: is not JSON here",
                "{'a':1e1000000000}                | a.json:1: a is a number with more than 1000 digits",
                "{'a':1e99999999999999}            | a.json:1: a is a number with more than 1000 digits",
                "{'a':'\\uD800'}                   | a.json:1: a has half a surrogate pair",
                "{\\n'\\uDC00':1}                  | has half a surrogate pair",
            })
    void aFaultInJsonSaysWhere(String text, String fault) {
        var json = text.replace('\'', '"').replace("\\n", "\n");
        assertThat(faults("a.json", json.getBytes(UTF_8))).contains(fault).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: 1^a: 2                 | a.yaml:2: a is there twice; remove one",
                "a: &x 1^b: *x             | a.yaml:1: a has an anchor (&)",
                "a: 1^b: [*x]              | a.yaml:2: b[0] is an alias",
                "*x : 1                    | a.yaml:1: has a key that is no text",
                "a: !!str 1                | a.yaml:1: a has a tag (!)",
                "!java.net.URL [x]: 1      | a.yaml:1: has a tag (!)",
                "a: !x {b: 1}              | a.yaml:1: a has a tag (!)",
                "a: 1^2: 3                 | a.yaml:2: has the key \"2\", which is a number; put it in quotes",
                "? [a]^: 1                 | a.yaml:1: has a key that is no text",
                "a: 1^---^b: 2             | a.yaml:2: has a second document",
                "a: b: c                   | a.yaml:1: is not YAML here",
                "a: [1,^b: 2               | a.yaml:2: is not YAML here",
                "a: 1^\tb: 2               | a.yaml:2: is not YAML here",
                "a: 1e2000                 | a.yaml:1: a is a number with more than 1000 digits",
                "a: 1^b: \"pay\\ud800\"      | a.yaml:2: b has half a surrogate pair",
                "\"pay\\udc00\": 1          | has half a surrogate pair",
            })
    void aFaultInYamlSaysWhere(String text, String fault) {
        assertThat(faults("a.yaml", text.replace('^', '\n').getBytes(UTF_8))).contains(fault);
    }

    @Test
    void aControlCharacterInYamlIsRefusedWithItsLine() {
        assertThat(faults("a.yaml", "a: 1\nb: \u0007\n".getBytes(UTF_8)))
                .startsWith("a.yaml:2: has a control character");
    }

    @ParameterizedTest
    @ValueSource(chars = {'\u0085', '\u2028', '\u2029'})
    void aLineBreakOfOldYamlIsRefusedWithItsLine(char lineBreak) {
        var escape = String.format("\\u%04x", (int) lineBreak);
        assertThat(faults("a.yaml", ("a: 1\n# note" + lineBreak + "b: 2\n").getBytes(UTF_8)))
                .isEqualTo("a.yaml:2: has the line break " + escape + ", which nobody sees; remove it or write it as "
                        + escape + " in double quotes");
    }

    @Test
    void aLineBreakOfOldYamlMayBeWrittenInQuotes() {
        assertThat(((Node.Text) yaml("\"a\\u2028b\\x85\"")).value()).isEqualTo("a\u2028b\u0085");
    }

    @Test
    void everyLineBreakCountsInFrontOfAControlCharacter() {
        assertThat(faults("a.yaml", "a: 1\r\nb: 2\rc: \u0007".getBytes(UTF_8)))
                .startsWith("a.yaml:3: has a control character");
    }

    @Test
    void severalDuplicatesAreReportedTogether() {
        var text = "a: 1\na: 2\nb:\n  c: 1\n  c: 2\n";
        assertThat(faults("a.yaml", text.getBytes(UTF_8)).lines()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.json", "a.yaml"})
    void onlyUtf8IsRead(String file) {
        assertThat(faults(file, new byte[] {'"', '\n', (byte) 0xC0, (byte) 0x80, '"'}))
                .startsWith(file + ":2: is not UTF-8");
        assertThat(faults(file, "\uFEFF{}".getBytes(UTF_8))).startsWith(file + ":1: begins with a byte-order mark");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.json", "a.yaml"})
    void aDocumentTooLargeIsRefusedUnread(String file) {
        var bytes = new byte[DocumentReader.MAX_BYTES + 1];
        Arrays.fill(bytes, (byte) '[');
        assertThat(faults(file, bytes)).contains("is larger than 8388608 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "[{\"a\":"})
    @Timeout(10)
    void tenThousandLevelsAreRefusedAtOnce(String opening) {
        var deep = opening.repeat(10_000).getBytes(UTF_8);
        assertThat(faults("a.json", deep)).contains("is nested deeper than 64 levels");
        assertThat(faults("a.yaml", deep)).contains("is nested deeper than 64 levels");
    }

    @Test
    @Timeout(10)
    void tenThousandBlockLevelsAreRefusedAtOnce() {
        assertThat(faults("a.yaml", "- ".repeat(10_000).getBytes(UTF_8))).contains("is nested deeper than 64 levels");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.json", "a.yaml"})
    void sixtyFourLevelsAreRead(String file) {
        var text = "[".repeat(64) + "]".repeat(64);
        assertThat(DocumentReader.read(file, text.getBytes(UTF_8))).isInstanceOf(Node.Arr.class);
    }

    /** As a text in each value the paths would take three gigabytes. */
    @ParameterizedTest
    @ValueSource(strings = {"a.json", "a.yaml"})
    void aLongListDeepDownTakesLittleMemory(String file) {
        var zeros = deep("0,".repeat(499_999) + "0").getBytes(UTF_8);
        assertThat(megabytesFor(() -> DocumentReader.read(file, zeros))).isLessThan(1000);
    }

    @Test
    void aFaultForEachOfManyValuesDeepDownTakesLittleMemory() {
        var bytes = deep("1e9999,".repeat(99_999) + "0").getBytes(UTF_8);
        var refusal = catchThrowableOfType(FaultyDocument.class, () -> DocumentReader.read("a.json", bytes));
        assertThat(refusal.faults())
                .hasSize(99_999)
                .allSatisfy(fault -> assertThat(fault.path())
                        .hasSizeLessThan(502)
                        .startsWith("kkk")
                        .endsWith("…"));
    }

    @Test
    void anEmptyJsonFileIsAFault() {
        assertThat(faults("a.json", " \n".getBytes(UTF_8))).isEqualTo("a.json:1: is empty; write a JSON object");
    }

    @ParameterizedTest
    @CsvSource({
        "90s,PT90S",
        "15m,PT15M",
        "4h,PT4H",
        "1d,PT24H",
        "1h30m,PT90M",
        "250ms,PT0.25S",
        "PT4H,PT4H",
        "P1D,PT24H"
    })
    void durationsAreReadAsPeopleWriteThem(String text, Duration expected) {
        assertThat(Durations.parse(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4", "h", "-4h", "4 h", "4H", "1m1h", "PT-4H", "P", "1e3s", "9999999999s", "1.5h"})
    void whatIsNoDurationIsNotGuessed(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }

    private static String shown(Node node) {
        return node.file() + ":" + node.line() + ": " + node.path() + " is " + node.kind();
    }

    private static Node json(String text) {
        return DocumentReader.read("a.json", text.getBytes(UTF_8));
    }

    private static Node yaml(String text) {
        return DocumentReader.read("a.yaml", text.getBytes(UTF_8));
    }

    /** A list in 62 objects, one in the other, with keys of a hundred letters. */
    private static String deep(String elements) {
        return ("{\"" + "k".repeat(100) + "\":").repeat(62) + "[" + elements + "]" + "}".repeat(62);
    }

    /** What the thread allocates, garbage included: that does not depend on the heap or the collector. */
    private static long megabytesFor(Runnable work) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before >> 20;
    }

    private static String faults(String file, byte[] bytes) {
        var refusal = catchThrowableOfType(FaultyDocument.class, () -> DocumentReader.read(file, bytes));
        return refusal.faults().stream().map(Fault::toString).collect(Collectors.joining("\n"));
    }
}
