package io.holdpoint.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolClassifierTests {

    private static final List<Labelled> LABELLED = labelled();
    private static final List<String> CATEGORIES =
            List.of("Read", "Write", "Unknown", "Execute", "Destructive", "Financial");
    private static final List<String> LABELS = List.of("Read", "Write", "Execute", "Destructive", "Other");

    @Test
    void itAgreesWithPeopleMostly() {
        var judged = LABELLED.stream().filter(Labelled::isJudged).toList();
        var agreed = judged.stream()
                .filter(tool -> tool.label().equals(tool.guess()))
                .count();
        assertThat((double) agreed / judged.size()).as(confusion()).isGreaterThanOrEqualTo(0.92);
    }

    @Test
    void noToolThatDestroysOrPaysIsTakenForAReadingOne() {
        assertThat(LABELLED)
                .filteredOn(tool -> Set.of("Destructive", "Financial").contains(tool.label()))
                .isNotEmpty()
                .allSatisfy(tool -> assertThat(tool.guess()).isEqualTo(tool.label()));
    }

    /** What people called it, downwards; what it is taken for, across. Where they did not say, nothing is judged. */
    @Test
    void whatIsTakenForWhatIsKnown() {
        assertThat(table()).isEqualTo("""
                \s                   Read       Write     Unknown     Execute Destructive   Financial
                Read                 198           0           0           3           0           0
                Write                  0          83           0           4           1           0
                Execute                0           0           0          21           0           0
                Destructive            0           0           0           0          17           0
                Other                 24          18           5          15           5           0""");
    }

    @ParameterizedTest
    @CsvSource({
        "list_studies, Read",
        "listStudies, Read",
        "HTTPGetPage, Read",
        "accounts_list, Read",
        "get_run_details, Read",
        "list_refunds, Read",
        "get_and_delete_message, Destructive",
        "read_then_pay, Financial",
        "list_delete_markers, Destructive",
        "bulkdelete, Destructive",
        "list_deleted_items, Read",
        "start_dicom_export_job, Execute",
        "create_payment, Financial",
        "refund, Financial",
        "update_page, Write",
        "run_query, Execute",
        "frobnicate, Unknown",
        "'', Unknown"
    })
    void aNameTellsWhatAToolDoes(String name, String category) {
        assertThat(guess(name, "", Map.of(), false)).isEqualTo(category);
    }

    @ParameterizedTest
    @CsvSource({
        "tidy, Deletes all old files, Destructive",
        "tidy, This tool deletes old files, Destructive",
        "move, Moves the file and erases the original, Destructive",
        "get_space, Frees space. This cannot be undone., Destructive",
        "get_refund, Refunds a payment, Financial",
        "fetch_page, Executes a script in the page, Execute",
        "overview, Shows everything, Read"
    })
    void aDescriptionMakesAToolRiskierNeverLess(String name, String description, String category) {
        assertThat(guess(name, description, Map.of(), false)).isEqualTo(category);
    }

    @Test
    void aVeryLongDescriptionCostsNoMemory() {
        var description = "aA".repeat(500_000);
        var before = allocated();
        guess("tidy", description, Map.of(), false);
        assertThat(allocated() - before).isLessThan(1 << 20);
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    @ParameterizedTest
    @CsvSource({"list_, Unknown", "delete_, Destructive"})
    void aNameThatIsTooLongToLookAtIsNotHarmless(String beginning, String category) {
        assertThat(guess(beginning + "a".repeat(1_000), "", Map.of(), false)).isEqualTo(category);
    }

    @Test
    void anAnnotationMakesAToolRiskier() {
        assertThat(guess("get_page", "", Map.of("destructiveHint", true), false))
                .isEqualTo("Destructive");
    }

    @Test
    void anAnnotationOfAServerNobodyTrustsMakesNothingHarmless() {
        assertThat(guess("delete_page", "", Map.of("readOnlyHint", true), false))
                .isEqualTo("Destructive");
        assertThat(guess("frobnicate", "", Map.of("readOnlyHint", true), false)).isEqualTo("Unknown");
    }

    @Test
    void anAnnotationOfATrustedServerCounts() {
        assertThat(guess("frobnicate", "", Map.of("readOnlyHint", true), true)).isEqualTo("Read");
        assertThat(guess("remove_label", "", Map.of("destructiveHint", false), true))
                .isEqualTo("Write");
    }

    @Test
    void whatContradictsItselfIsDestructive() {
        assertThat(guess("get", "", Map.of("readOnlyHint", true, "destructiveHint", true), true))
                .isEqualTo("Destructive");
    }

    @Test
    void whatIsNotReadOnlyIsNotTakenForReading() {
        assertThat(guess("get_page", "", Map.of("readOnlyHint", false), false)).isEqualTo("Write");
    }

    @Test
    void whatIsNotReadOnlyMayStillDestroy() {
        // MCP 2025-11-25, ToolAnnotations: without a destructiveHint a tool is to be taken for a destructive one.
        assertThat(guess("delete_page", "", Map.of("readOnlyHint", false), true))
                .isEqualTo("Destructive");
    }

    @Test
    void aHintAboutDestructionSaysNothingAboutMoney() {
        assertThat(guess("refund", "", Map.of("destructiveHint", false), true)).isEqualTo("Financial");
    }

    private static String guess(String name, String description, Map<String, Boolean> annotations, boolean trusted) {
        return ToolClassifier.category(new ListedTool(name, description, annotations, new byte[0]), trusted)
                .label();
    }

    private static String table() {
        var lines = new ArrayList<String>();
        lines.add(line("", CATEGORIES));
        for (var label : LABELS) {
            var counts = CATEGORIES.stream().map(guess -> String.valueOf(count(label, guess)));
            lines.add(line(label, counts.toList()));
        }
        return String.join("\n", lines);
    }

    private static String line(String head, List<String> cells) {
        var line = new StringBuilder("%-12s".formatted(head));
        cells.forEach(cell -> line.append("%12s".formatted(cell)));
        return line.toString();
    }

    private static long count(String label, String guess) {
        return LABELLED.stream()
                .filter(tool -> tool.label().equals(label) && tool.guess().equals(guess))
                .count();
    }

    /** Lines of label, guess and how often; then every tool on which they differ. */
    private static String confusion() {
        var table = new TreeMap<String, Integer>();
        LABELLED.forEach(tool -> table.merge(tool.label() + " -> " + tool.guess(), 1, Integer::sum));
        var different = LABELLED.stream()
                .filter(tool -> !tool.label().equals(tool.guess()))
                .toList();
        return table + "\n" + different;
    }

    private static List<Labelled> labelled() {
        var csv = Objects.requireNonNull(ToolClassifierTests.class.getResourceAsStream("tool-labels.csv"));
        try (var lines = new BufferedReader(new InputStreamReader(csv, StandardCharsets.UTF_8))) {
            return lines.lines().skip(1).map(Labelled::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param label what people called it; {@code Other} where they did not say */
    private record Labelled(String name, String description, String label) {

        static Labelled of(String line) {
            var afterServer = line.substring(line.indexOf(',') + 1);
            var name = afterServer.substring(0, afterServer.indexOf(','));
            var description = afterServer.substring(name.length() + 1, afterServer.lastIndexOf(','));
            return new Labelled(name, description.replace("\"", ""), line.substring(line.lastIndexOf(',') + 1));
        }

        boolean isJudged() {
            return !label.equals("Other");
        }

        String guess() {
            return ToolClassifierTests.guess(name, description, Map.of(), false);
        }

        @Override
        public String toString() {
            return "\n" + name + " (" + description + "): " + label + " -> " + guess();
        }
    }
}
