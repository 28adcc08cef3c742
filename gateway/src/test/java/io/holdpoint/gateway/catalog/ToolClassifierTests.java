package io.holdpoint.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolClassifierTests {

    private static final List<Labelled> LABELLED = labelled();

    @Test
    void itAgreesWithPeopleMostly() {
        var judged = LABELLED.stream().filter(Labelled::isJudged).toList();
        var agreed = judged.stream()
                .filter(tool -> tool.label().equals(tool.guess()))
                .count();
        assertThat((double) agreed / judged.size()).as(confusion()).isGreaterThanOrEqualTo(0.92);
    }

    @Test
    void noToolThatPeopleCallDestructiveIsTakenForAReadingOne() {
        assertThat(LABELLED)
                .filteredOn(tool -> tool.label().equals("Destructive"))
                .isNotEmpty()
                .allSatisfy(tool -> assertThat(tool.guess()).isEqualTo("Destructive"));
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
