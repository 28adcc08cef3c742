package io.holdpoint.gateway.command;

import io.holdpoint.gateway.authoring.CallArguments;
import io.holdpoint.gateway.authoring.Explained;
import io.holdpoint.gateway.authoring.Explained.Question;
import io.holdpoint.gateway.authoring.NeutralContext;
import io.holdpoint.gateway.authoring.RiskClass;
import io.holdpoint.gateway.authoring.ServerCheck;
import io.holdpoint.gateway.catalog.Definition;
import io.holdpoint.gateway.document.FaultyDocument;
import io.holdpoint.gateway.grant.Grant;
import io.holdpoint.gateway.policy.Decision;
import io.holdpoint.gateway.policy.Policy;
import io.holdpoint.workflow.Risk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code holdpoint policy explain}: what a policy says of one call, each step and why. Starts and writes nothing. */
@Command(
        name = "explain",
        description = "Shows what a policy says of a call, each step and why.",
        mixinStandardHelpOptions = true)
final class PolicyExplainCommand implements Callable<Integer> {

    private final Path directory;
    private final InputStream in;

    @Parameters(paramLabel = "FILE", description = "The policy.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything else
    private String file;

    @Option(names = "--tool", required = true, paramLabel = "TOOL", description = "The tool that is called.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything else
    private String tool;

    @Option(
            names = "--args",
            paramLabel = "JSON",
            defaultValue = "{}",
            description = "The call's arguments: a JSON object, @FILE, or - for standard input; {} if not given.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything else
    private String arguments;

    @Option(
            names = "--server",
            paramLabel = "SERVER",
            description =
                    "Asks this server for the tool's risk class and schema: its name in the configuration, or URL.")
    private @Nullable String server;

    @Option(names = "--grant", paramLabel = "GRANT", description = "The grant that calls; says which server is meant.")
    private @Nullable String grant;

    @Option(names = "--risk", paramLabel = "CLASS", description = "The tool's risk class: Low, Medium, High, Critical.")
    private @Nullable String risk;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything else
    private CommandSpec spec;

    /** @param in where {@code --args -} reads from */
    PolicyExplainCommand(Path directory, InputStream in) {
        this.directory = directory;
        this.in = in;
    }

    @Override
    public Integer call() throws IOException {
        var output = new PolicyOutput(spec.commandLine(), json);
        try {
            output.explained(explain());
            return 0;
        } catch (FaultyDocument e) {
            return output.faulty(e.faults());
        }
    }

    private Explained explain() throws IOException {
        if (tool.isBlank()) {
            throw CannotRun.wrongUse("--tool is blank; name the tool that is called");
        }
        var given = Optional.ofNullable(risk).map(PolicyExplainCommand::risk);
        var inputs = PolicyInputs.of(directory, config);
        var named = Optional.ofNullable(grant).map(inputs::grant);
        var call = arguments(inputs);
        var bytes = inputs.bytes(file);
        var policy = Policy.read(file, bytes, inputs.context());
        var question = question(inputs, named, call, given);
        var explained = Explained.of(policy, question, notes(inputs, named));
        return unapprovable(inputs, policy, named, explained)
                .or(() -> unapprovable(inputs, policy, named, question, explained))
                .map(explained::noting)
                .orElse(explained);
    }

    /** Why nobody could approve the call, where that is so: it would wait for its expiry. */
    private Optional<String> unapprovable(
            PolicyInputs inputs, Policy policy, Optional<Grant> named, Explained explained) {
        if (inputs.ground().isEmpty() || !(explained.explanation().judgement().then() instanceof Decision.Hold hold)) {
            return Optional.empty();
        }
        var paths = policy.holdRules().stream()
                .filter(rule -> rule.rule().equals(hold.rule()))
                .map(Policy.HoldRule::path)
                .toList();
        return inputs.ground().get().unapprovable(inputs.path(file), policy, named).stream()
                .filter(fault -> paths.contains(fault.path()))
                .findFirst()
                .map(fault -> "the policy is refused: " + fault.path() + " " + fault.message());
    }

    /** The same where only the tool's class, which the policy leaves open, makes it so. */
    private Optional<String> unapprovable(
            PolicyInputs inputs, Policy policy, Optional<Grant> named, Question question, Explained explained) {
        if (inputs.ground().isEmpty() || question.risk().equals(RiskClass.UNKNOWN)) {
            return Optional.empty();
        }
        var deciding = explained.explanation().judgement().then().rule();
        var held = policy.holdRules(tool, question.risk().risk()).stream()
                .filter(rule -> rule.rule().equals(deciding))
                .map(rule -> rule.of(
                        ServerCheck.classified(tool, explained.explanation().risk())))
                .toList();
        return inputs.ground().get().unapprovable(inputs.path(file), file, question.server(), held, named).stream()
                .findFirst()
                .map(fault -> "the call would wait for its expiry: " + fault.path() + " " + fault.message());
    }

    private Question question(PolicyInputs inputs, Optional<Grant> named, ObjectNode call, Optional<RiskClass> given) {
        if (server == null) {
            return new Question(
                    onlyServer(named), tool, call, given.orElse(RiskClass.UNKNOWN), MissingNode.getInstance());
        }
        var asked = inputs.server(server);
        var listed = inputs.tools(asked);
        var definition =
                listed.stream().filter(each -> each.tool().equals(tool)).findFirst();
        var found = definition
                .map(d -> RiskClass.ofCatalogue(d.risk(), asked.name()))
                .orElseGet(() -> RiskClass.ofUnlisted(tool, asked.name(), names(listed)));
        var schema = definition.map(Definition::inputSchema).orElseGet(MissingNode::getInstance);
        return new Question(asked.name(), tool, call, given.orElse(found), schema);
    }

    private static List<String> names(List<Definition> tools) {
        return tools.stream().map(Definition::tool).toList();
    }

    /** The only one of the grant, if it has only one. */
    private static String onlyServer(Optional<Grant> named) {
        return named.map(g -> g.servers().keySet())
                .filter(names -> names.size() == 1)
                .map(names -> names.iterator().next())
                .orElse("");
    }

    private List<String> notes(PolicyInputs inputs, Optional<Grant> named) {
        var notes = new ArrayList<String>();
        if (inputs.ground().isEmpty()) {
            notes.add(NeutralContext.NOTE);
        }
        named.ifPresent(caller -> otherPolicy(inputs, caller).ifPresent(notes::add));
        return notes;
    }

    /** Who asks for a grant means what that grant meets; it may be under another file. */
    private Optional<String> otherPolicy(PolicyInputs inputs, Grant caller) {
        var name = inputs.ground().flatMap(ground -> ground.nameOf(inputs.path(file)));
        boolean under = caller.servers().values().stream()
                .flatMap(access -> access.policy().stream())
                .anyMatch(policy -> name.filter(policy.file()::equals).isPresent());
        return under ? Optional.empty() : Optional.of("the grant %s is not under %s".formatted(caller.id(), file));
    }

    private static RiskClass risk(String word) {
        return Risk.ofLabel(word)
                .map(RiskClass::given)
                .orElseThrow(() ->
                        CannotRun.wrongUse("--risk is \"%s\"; use Low, Medium, High or Critical".formatted(word)));
    }

    private ObjectNode arguments(PolicyInputs inputs) throws IOException {
        try {
            return CallArguments.read(argumentBytes(inputs));
        } catch (CallArguments.NotArguments e) {
            throw CannotRun.wrongUse("the arguments " + e.getMessage());
        }
    }

    private byte[] argumentBytes(PolicyInputs inputs) throws IOException {
        if (arguments.equals("-")) {
            return in.readNBytes(CallArguments.MAX_BYTES + 1);
        }
        return arguments.startsWith("@")
                ? inputs.bytes(arguments.substring(1), CallArguments.MAX_BYTES)
                : arguments.getBytes(StandardCharsets.UTF_8);
    }
}
