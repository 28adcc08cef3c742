package io.holdpoint.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.catalog.FakeMcpServer;
import io.holdpoint.gateway.catalog.FakeMcpServer.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicySuggestCommandTests {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final FakeMcpServer server = FakeMcpServer.start(asked ->
            Reply.tools("{\"name\":\"list_studies\"},{\"name\":\"delete_study\",\"description\":\"Deletes\"}"));

    @TempDir
    private Path directory;

    @BeforeEach
    void configure() throws IOException {
        Files.writeString(
                directory.resolve("holdpoint.yaml"),
                "holdpoint: { servers: { imaging: { url: \"%s\", headers: { X-Key: k } } } }".formatted(url()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aConfiguredServersToolsAreDraftedOnStandardOutput() {
        assertThat(run("imaging")).as(err.toString()).isZero();

        assertThat(out.toString())
                .contains(
                        "the server \"imaging\"",
                        "# Destructive: its name says \"delete\". \"Deletes\"",
                        "delete_study:");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aConfiguredServerIsAskedWithItsOwnHeaders() {
        run("imaging");

        assertThat(server.asked())
                .allSatisfy(asked -> assertThat(asked.header("X-Key")).isEqualTo("k"));
    }

    @Test
    void aUrlNeedsNoConfiguration() throws IOException {
        Files.delete(directory.resolve("holdpoint.yaml"));

        assertThat(run(url(), "--header", "X-Key=a=b", "--json"))
                .as(err.toString())
                .isZero();

        assertThat(out.toString()).startsWith("{").contains("\"delete_study\"");
        assertThat(server.asked().get(0).header("X-Key")).isEqualTo("a=b");
    }

    @Test
    void aFileIsWrittenOnceAndNeverOver() throws IOException {
        assertThat(run("imaging", "--out", "draft.yaml")).isZero();
        var written = Files.readString(directory.resolve("draft.yaml"));
        assertThat(run(url(), "--out", "draft.yaml")).isEqualTo(1);

        assertThat(written).contains("list_studies:");
        assertThat(directory.resolve("draft.yaml")).hasContent(written);
        assertThat(err.toString()).contains("nothing written, because", "draft.yaml is there already");
    }

    @Test
    void aServerThatCannotBeReadIsOneSentence() {
        server.close();

        assertThat(run("imaging")).isEqualTo(1);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .contains("the tools of server imaging", "cannot be connected to");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aServerNobodyConfiguredIsWrongUse() {
        assertThat(run("imagng")).isEqualTo(2);
        assertThat(err.toString()).contains("has no server imagng; did you mean imaging?");
    }

    @Test
    void aUrlWithAPasswordIsWrongUseAndNotShown() {
        assertThat(run("http://me:secret@127.0.0.1/mcp")).isEqualTo(2);
        assertThat(err.toString()).contains("without user, password").doesNotContain("secret");
    }

    @Test
    void aUrlWithAFragmentIsWrongUse() {
        assertThat(run(url() + "#tools")).isEqualTo(2);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void aSecretThatIsNotSetHereDoesNotStandInTheWay() throws IOException {
        var file = directory.resolve("holdpoint.yaml");
        Files.writeString(file, Files.readString(file).replace("X-Key: k", "X-Key: \"${NOT_SET_HERE}\""));

        assertThat(run("imaging")).as(err.toString()).isZero();
    }

    @Test
    void headersOfAConfiguredServerStayInTheConfiguration() {
        assertThat(run("imaging", "--header", "X-Key=other")).isEqualTo(2);
        assertThat(server.asked()).isEmpty();
    }

    private String url() {
        return server.server().url().toString();
    }

    private int run(String... arguments) {
        var all = new String[arguments.length + 2];
        all[0] = "policy";
        all[1] = "suggest";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return Program.run(
                new Gateway(Object.class),
                directory,
                new PasswordPrompt.Pipe(new ByteArrayInputStream(new byte[0])),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                all);
    }
}
