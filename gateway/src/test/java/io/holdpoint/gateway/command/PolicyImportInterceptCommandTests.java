package io.holdpoint.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class PolicyImportInterceptCommandTests {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(directory.resolve("theirs.yaml"), "version: \"1\"\ntools: {a: {rules: []}}\n");
    }

    @Test
    void theResultIsOnStandardOutput() {
        assertThat(run("theirs.yaml")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("from Intercept's \"theirs.yaml\"", "default: allow", "a: {}");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void theResultIsWrittenToANewFileOnly() throws IOException {
        assertThat(run("theirs.yaml", "--out", "ours.yaml")).isZero();
        assertThat(run("theirs.yaml", "--out", "theirs.yaml")).isEqualTo(1);

        assertThat(directory.resolve("ours.yaml")).content().contains("default: allow");
        assertThat(directory.resolve("theirs.yaml")).content().contains("rules: []");
        assertThat(err.toString()).contains("nothing written, because", "theirs.yaml is there already");
    }

    @Test
    void aDirectoryThatIsNotThereIsToldWithoutAStackTrace() {
        assertThat(run("theirs.yaml", "--out", "no/ours.yaml")).isEqualTo(1);
        assertThat(err.toString())
                .contains("cannot write", "is its directory there")
                .doesNotContain("\tat ");
    }

    @Test
    void allReasonsAreShownAndNothingIsWritten() throws IOException {
        Files.writeString(directory.resolve("theirs.yaml"), "version: \"2\"\ndefalt: deny\n");

        assertThat(run("theirs.yaml", "--out", "ours.yaml")).isEqualTo(1);

        assertThat(err.toString())
                .contains("theirs.yaml:1: version is \"2\"", "theirs.yaml:2: defalt is unknown to Intercept")
                .contains("2 faults; nothing was written");
        assertThat(directory.resolve("ours.yaml")).doesNotExist();
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void programsGetTheReasonsAsJson() throws IOException {
        Files.writeString(directory.resolve("theirs.yaml"), "version: \"2\"\ndefalt: deny\n");

        assertThat(run("theirs.yaml", "--json")).isEqualTo(1);

        var json = JsonMapper.shared().readTree(out.toString());
        assertThat(json.at("/faults")).hasSize(2);
        assertThat(json.at("/faults/1/line").intValue()).isEqualTo(2);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void programsGetTheResultAsJson() {
        assertThat(run("theirs.yaml", "--json")).isZero();

        var json = JsonMapper.shared().readTree(out.toString());
        assertThat(json.at("/default").stringValue()).isEqualTo("allow");
        assertThat(json.at("/tools/a").isObject()).isTrue();
    }

    @Test
    void whatDecidesOtherwiseIsToldBesideTheJson() {
        assertThat(run("theirs.yaml", "--json", "--out", "ours.json")).isZero();

        assertThat(err.toString())
                .contains("note: It decides as it did there, but for this:", "note: - A name that only looks like")
                .doesNotContain("yaml-language-server");
        assertThat(JsonMapper.shared()
                        .readTree(directory.resolve("ours.json").toFile())
                        .propertyNames())
                .containsExactlyInAnyOrder("version", "default", "tools");
    }

    @Test
    void aHugeFileIsNotReadToItsEnd() throws IOException {
        try (var file = new RandomAccessFile(directory.resolve("theirs.yaml").toFile(), "rw")) {
            file.setLength(3L << 30);
        }

        assertThat(run("theirs.yaml")).isEqualTo(1);
        assertThat(err.toString()).contains("is larger than");
    }

    @Test
    void whatNobodyCanSeeIsEscaped() throws IOException {
        Files.writeString(directory.resolve("theirs.yaml"), "version: \"1\"\ndefalt\u3164: deny\n");

        assertThat(run("theirs.yaml")).isEqualTo(1);

        assertThat(err.toString()).contains("defalt\\u3164").doesNotContain("\u3164");
    }

    @Test
    void aFileThatIsNotThereIsWrongUse() {
        assertThat(run("other.yaml")).isEqualTo(2);
        assertThat(err.toString()).contains("other.yaml cannot be read");
    }

    private int run(String... arguments) {
        return Program.run(
                new Gateway(Object.class),
                directory,
                new PasswordPrompt.Pipe(new ByteArrayInputStream(new byte[0])),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                Stream.concat(Stream.of("policy", "import", "intercept"), Stream.of(arguments))
                        .toArray(String[]::new));
    }
}
