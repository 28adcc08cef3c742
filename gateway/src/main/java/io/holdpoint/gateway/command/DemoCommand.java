package io.holdpoint.gateway.command;

import io.holdpoint.gateway.demo.DemoAgent;
import io.holdpoint.gateway.demo.DemoServer;
import io.holdpoint.gateway.demo.DemoState;
import io.holdpoint.gateway.demo.Welcome;
import io.holdpoint.workflow.people.Person;
import io.holdpoint.workflow.people.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdpoint demo}: everything in one process; {@code demo --agent} plays the agent beside it. */
@Command(
        name = "demo",
        description = "Shows how it works: a gateway, a small imaging server, an agent and two people.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    private static final int LARGEST_PORT = 65_535;

    private final Gateway gateway;
    private final Path directory;

    @Option(names = "--agent", description = "Plays the agent of a demo that runs in this directory.")
    private boolean agent;

    @Option(names = "--port", paramLabel = "PORT", description = "Where agents call (default: ${DEFAULT-VALUE}).")
    private int port = 8080;

    @Option(names = "--console-port", paramLabel = "PORT", description = "Where people go (default: ${DEFAULT-VALUE}).")
    private int consolePort = 8081;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything else
    private CommandSpec spec;

    DemoCommand(Gateway gateway, Path directory) {
        this.gateway = gateway;
        this.directory = directory;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        var state = new DemoState(directory.resolve("data").resolve("demo"));
        if (agent) {
            playAgent(state);
        } else {
            checkPort("--port", port);
            checkPort("--console-port", consolePort);
            serve(state);
        }
        return 0;
    }

    /** A free port of the system's choice would be another at the next start, and the agents' settings wrong. */
    private void checkPort(String option, int port) {
        if (port < 1 || port > LARGEST_PORT) {
            throw CannotRun.wrongUse("%s is %d; use a port from 1 to %d".formatted(option, port, LARGEST_PORT));
        }
        gateway.listening().faultOfPort("127.0.0.1", port).ifPresent(fault -> {
            throw CannotRun.notInOrder(option + " " + fault);
        });
    }

    private void serve(DemoState state) throws InterruptedException, IOException {
        claim(state);
        try (var server = DemoServer.start()) {
            var file = state.writeConfiguration(server.url(), port, consolePort);
            var configuration = Configurations.reader().read(file, state.dataDirectory());
            gateway.run(configuration, running -> welcome(state, running));
        }
    }

    private static void claim(DemoState state) throws IOException {
        var data = new DataFolder(state.dataDirectory());
        data.refuseUnlessMadeBy(DataFolder.DEMO);
        state.makeDirectory();
        data.markAsMadeBy(DataFolder.DEMO);
    }

    private void welcome(DemoState state, Gateway.Running running) {
        try {
            var endpoint = URI.create("http://127.0.0.1:%d/mcp/imaging".formatted(port));
            state.announce(endpoint);
            spec.commandLine().getOut().println(new Welcome(endpoint, state.token(), signInLinks(running)).text());
        } catch (IOException e) {
            throw new UncheckedIOException("the demo cannot write to " + state.dataDirectory(), e);
        }
    }

    /** One for each person who may approve, by name. */
    private static Map<String, URI> signInLinks(Gateway.Running running) {
        var announcement = new Announcement(running);
        var links = new TreeMap<String, URI>();
        running.configuration().reloadable().people().all().stream()
                .filter(person -> person.has(Role.REVIEWER))
                .forEach((Person person) -> links.put(person.name(), announcement.signInLink(person.id())));
        return links;
    }

    private void playAgent(DemoState state) throws InterruptedException, IOException {
        var demo = state.announced()
                .orElseThrow(() -> CannotRun.notInOrder(
                        "no demo was started in this directory; run `holdpoint demo` here in another terminal first"));
        try {
            new DemoAgent(demo, spec.commandLine().getOut()).play();
        } catch (IOException e) {
            throw CannotRun.notInOrder(
                    "the demo at %s does not answer as it should (%s); run `holdpoint demo` here first"
                            .formatted(demo.gateway(), reason(e)));
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? "nobody listens there" : e.getMessage();
    }
}
