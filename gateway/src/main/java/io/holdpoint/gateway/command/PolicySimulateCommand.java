package io.holdpoint.gateway.command;

import io.holdpoint.gateway.authoring.simulation.Simulated;
import io.holdpoint.gateway.authoring.simulation.SimulatedJson;
import io.holdpoint.gateway.document.FaultyDocument;
import io.holdpoint.workflow.audit.CallHistory;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** {@code holdpoint policy simulate}: audited calls against a new policy. */
@Command(
        name = "simulate",
        description = "Says what a policy would have decided about the calls in the audit log. Asks the running console"
                + " with a person's token in HOLDPOINT_TOKEN, and opens the database only when none runs.",
        mixinStandardHelpOptions = true)
final class PolicySimulateCommand implements Callable<Integer> {

    private static final JsonMapper JSON = new JsonMapper();

    private final Path directory;
    private final Function<String, Optional<String>> environment;
    private final Clock clock = Clock.systemUTC();

    @Parameters(index = "0", paramLabel = "FILE", description = "The policy.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String file;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "From when on: 30d, 2026-11-20 or 2026-11-20T09:30:00Z (default: ${DEFAULT-VALUE}).")
    private String since = "30d";

    @Option(names = "--until", paramLabel = "TIME", description = "Up to when; now if not given.")
    private @Nullable String until;

    @Option(names = "--grant", paramLabel = "GRANT", description = "Only calls of this grant.")
    private @Nullable String grant;

    @Option(names = "--server", paramLabel = "SERVER", description = "Only calls of this server.")
    private @Nullable String server;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--url", paramLabel = "URL", description = "The console; that of the configuration if not given.")
    private @Nullable URI url;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything else
    private CommandSpec spec;

    /**
     * @param directory the working directory
     * @param environment a variable's value by its name
     */
    PolicySimulateCommand(Path directory, Function<String, Optional<String>> environment) {
        this.directory = directory;
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        var output = new PolicyOutput(spec.commandLine(), json);
        var span = span();
        var policy = PolicyInputs.withoutConfiguration(directory).bytes(file);
        try {
            output.simulated(simulate(span, policy));
            return 0;
        } catch (FaultyDocument e) {
            return output.faulty(e.faults());
        }
    }

    private Simulated simulate(CallHistory.Span span, byte[] policy) throws InterruptedException {
        try (var waiting = Waiting.on(spec.commandLine().getErr())) {
            var simulated = fromConsole(span, policy);
            return simulated.isPresent() ? simulated.get() : fromDatabase(span, policy);
        }
    }

    private CallHistory.Span span() {
        var from = TimeOption.moment("--since", since, clock);
        var to = until == null ? clock.instant() : TimeOption.moment("--until", until, clock);
        if (!from.isBefore(to)) {
            throw CannotRun.wrongUse("--since is not before --until; give a period");
        }
        return new CallHistory.Span(from, to, Optional.ofNullable(grant), Optional.ofNullable(server));
    }

    /** Empty if no console runs. */
    private Optional<Simulated> fromConsole(CallHistory.Span span, byte[] policy) throws InterruptedException {
        var token = environment.apply(ConsoleClient.TOKEN).filter(text -> !text.isBlank());
        return url == null ? fromConfigured(token, span, policy) : Optional.of(fromNamed(url, token, span, policy));
    }

    /**
     * Who named no console means whatever runs there: a token goes to a console only, not to another program that took its
     * port while it is down.
     *
     * @throws CannotRun if one runs and there is no token for it: what it writes meanwhile would be missing
     */
    private Optional<Simulated> fromConfigured(Optional<String> token, CallHistory.Span span, byte[] policy)
            throws InterruptedException {
        var console = ConsoleClient.of(Configurations.reader().readConsole(configuration()));
        if (!console.runs()) {
            return Optional.empty();
        }
        if (token.isEmpty()) {
            throw CannotRun.wrongUse(
                    "the console at %s runs and is the one to ask; put the token of an auditor, an operator or an admin into %s"
                            .formatted(console.address(), ConsoleClient.TOKEN));
        }
        return ask(console, token.get(), span, policy);
    }

    private Simulated fromNamed(URI url, Optional<String> token, CallHistory.Span span, byte[] policy)
            throws InterruptedException {
        if (token.isEmpty()) {
            throw CannotRun.wrongUse("--url needs a person's token in %s".formatted(ConsoleClient.TOKEN));
        }
        return ask(new ConsoleClient(url), token.get(), span, policy)
                .orElseThrow(() -> CannotRun.notInOrder("no console answers at %s; is it running?".formatted(url)));
    }

    private Optional<Simulated> ask(ConsoleClient console, String token, CallHistory.Span span, byte[] policy)
            throws InterruptedException {
        return console.post("api/policies/simulate", body(span, policy), token).map(text -> read(text, console));
    }

    private static Simulated read(String answer, ConsoleClient console) {
        try {
            return SimulatedJson.read(answer);
        } catch (JacksonException e) {
            throw CannotRun.notInOrder(
                    "what answers at %s sent no simulation; is it the console, and of this version of Holdpoint?"
                            .formatted(console.address()));
        }
    }

    private Simulated fromDatabase(CallHistory.Span span, byte[] policy) {
        return Installation.of(configuration()).simulate(file, policy, span, clock);
    }

    private Path configuration() {
        return config.find(directory)
                .orElseThrow(() -> CannotRun.wrongUse(
                        "there is no configuration file %s; use --config FILE, or --url URL with a person's token in %s"
                                .formatted(config.name(), ConsoleClient.TOKEN)));
    }

    private String body(CallHistory.Span span, byte[] policy) {
        var body = JSON.createObjectNode()
                .put("file", file)
                .put("document", text(policy))
                .put("since", span.since().toString())
                .put("until", span.until().toString());
        span.grant().ifPresent(name -> body.put("grant", name));
        span.server().ifPresent(name -> body.put("server", name));
        return body.toString();
    }

    /** A policy's hash is over its bytes, so a text that is not exactly these bytes would be another policy. */
    private String text(byte[] policy) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(policy))
                    .toString();
        } catch (CharacterCodingException e) {
            throw CannotRun.notInOrder("%s is not UTF-8; save it as UTF-8".formatted(file));
        }
    }
}
