package io.holdpoint.gateway.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Plays an agent in a newcomer's first minute, over real MCP: it prints what an agent sees (spec 09, Two commands). */
public final class DemoAgent {

    private static final int MOST_EXPORTS = 21; // two full minutes' worth, in case a minute ends in between

    private final JsonMapper json = new JsonMapper();
    private final AgentSession session;
    private final PrintWriter out;
    private final Duration pause;

    /** @param out where it tells what happens */
    public DemoAgent(DemoState.Announced demo, PrintWriter out) {
        this(demo, out, Duration.ofSeconds(2));
    }

    /** @param pause between two attempts to come back */
    DemoAgent(DemoState.Announced demo, PrintWriter out, Duration pause) {
        this.session = new AgentSession(demo.gateway(), demo.token());
        this.out = out;
        this.pause = pause;
    }

    /**
     * Plays all steps; returns when the last one is decided.
     *
     * @throws IOException if no gateway answers at the start, or it refuses the agent
     */
    public void play() throws IOException, InterruptedException {
        session.open();
        var studies = read();
        export();
        if (studies.size() < 2) {
            say("There are too few studies left to delete; restart the demo to fill the archive again.");
            return;
        }
        delete("3  A delete waits for a person. Reject this one in the inbox, and say why.", studies.get(0));
        delete("4  Another delete. Approve this one, and it runs.", studies.get(1));
        say("That was the demo. Every step stands in the audit log, on the console.");
    }

    private List<String> read() throws IOException, InterruptedException {
        say("1  A read passes.");
        var result = call("list_studies", json.createObjectNode());
        List<String> ids = new ArrayList<>();
        text(result).lines().forEach(line -> ids.add(line.split("\\s", 2)[0]));
        return ids;
    }

    private void export() throws IOException, InterruptedException {
        say("2  Exports pass ten times a minute.");
        var arguments = json.createObjectNode().put("destination", "s3://imaging-research");
        arguments.putArray("studies").add("MR-2001");
        asks("start_dicom_export_job", arguments);
        for (int passed = 0; passed < MOST_EXPORTS; passed++) {
            var result = session.call("start_dicom_export_job", arguments.deepCopy(), progress -> {});
            if (result.path("isError").asBoolean(false)) {
                gets("%d passed; then: %s".formatted(passed, text(result)));
                return;
            }
        }
        gets(MOST_EXPORTS + " passed and none was limited");
    }

    private void delete(String heading, String study) throws IOException, InterruptedException {
        say(heading);
        var arguments = json.createObjectNode().put("study", study);
        asks("delete_study", arguments);
        gets(text(untilDecided("delete_study", arguments)));
    }

    /** Comes back with the same call until it is decided: an equal call attaches to the one that waits. */
    private JsonNode untilDecided(String tool, ObjectNode arguments) throws RefusedByGateway, InterruptedException {
        while (true) {
            try {
                var result = session.call(tool, arguments.deepCopy(), this::waits);
                if (!decision(result).equals("pending")) {
                    return result;
                }
                waits(text(result));
            } catch (RefusedByGateway e) {
                throw e;
            } catch (IOException e) {
                waits("the connection is lost; coming back with the same call");
                comeBack();
            }
            Thread.sleep(pause.toMillis());
        }
    }

    private void comeBack() throws RefusedByGateway, InterruptedException {
        while (true) {
            try {
                session.open();
                return;
            } catch (RefusedByGateway e) {
                throw e;
            } catch (IOException e) {
                Thread.sleep(pause.toMillis()); // the gateway is not back yet
            }
        }
    }

    private JsonNode call(String tool, ObjectNode arguments) throws IOException, InterruptedException {
        asks(tool, arguments);
        var result = session.call(tool, arguments, this::waits);
        gets(text(result));
        return result;
    }

    private static String decision(JsonNode result) {
        return result.path("_meta")
                .path("io.holdpoint/decision")
                .path("decision")
                .asString("");
    }

    private static String text(JsonNode result) {
        return result.at("/content/0/text").asString("(nothing)");
    }

    private void say(String heading) {
        out.printf("%n%s%n", heading);
        out.flush();
    }

    private void asks(String tool, ObjectNode arguments) {
        line("asks", tool + " " + arguments);
    }

    private void waits(String message) {
        line("waits", message);
    }

    private void gets(String message) {
        line("gets", message);
    }

    private void line(String what, String message) {
        out.printf("   %-6s %s%n", what, message.strip().replace("\n", "\n          "));
        out.flush();
    }
}
