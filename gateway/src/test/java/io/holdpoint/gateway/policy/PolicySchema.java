package io.holdpoint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import io.holdpoint.gateway.document.DocumentReader;
import io.holdpoint.gateway.document.Fault;
import io.holdpoint.gateway.document.Faults;
import io.holdpoint.gateway.document.FaultyDocument;
import io.holdpoint.gateway.policy.argument.Values;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The published schema, and how far it has to agree with the loader. */
public final class PolicySchema {

    static final Path FILE = Path.of("../docs/schema/policy-1.json");

    /**
     * All that the loader refuses and the schema does not, by the loader's words: path, blank, message. What is not
     * listed here the schema must refuse, too.
     */
    private static final List<Pattern> NOT_SAID = patterns(
            // Gone, or something else, once the text is data.
            "(?!.*approvers\\[\\d+] ).* is there twice; remove one",
            ".* has half a surrogate pair; .*",
            ".* has (a tag \\(!\\)|an anchor \\(&\\)); .*",
            ".* is an alias \\(\\*\\); .*",
            ".* has (the key|an empty key) ?.*; put it in quotes",
            ".* is a number with more than 1000 digits or an exponent beyond 1000; .*",
            // Regular expressions of another language.
            ".*\\.value is \".*\"; which is not a regular expression of RE2 .*",
            ".*\\.value is \".*\"; which is a regular expression that is too large; .*",
            // Known to the configuration only.
            ".*\\.flow is \".*\"; use quorum-approval, single-approval or two-person.*",
            ".*\\.with\\..* is a parameter that single-approval does not have: .*",
            ".*\\.with\\[.*] is a parameter that single-approval does not have: .*",
            ".*\\.approvers\\[\\d+] is \".*\"; no person and no group has that name; .*",
            // Two places together.
            ".* has the counter, window and scope of .*, so each call would count twice; .*",
            ".*require_approval\\[\\d+] is never reached, because an entry before it always matches; .*",
            // Sums of units, and lengths of ISO 8601.
            ".*\\.window is \"(\\d{1,9}[a-z]+){2,}\"; use second, .*",
            ".*\\.window is \"P.*\"; use second, .*",
            ".*\\.(expires_after|approved_for) is \"(\\d{1,9}[a-z]+){2,}\"; use 1ms to 366d",
            ".*\\.(expires_after|approved_for) is \"P.*\"; use .*",
            // Numbers as fine as that are beyond validators that calculate in binary.
            ".*\\.max is (\\d+\\.\\d{19,}|[1-9](\\.\\d+)?E-\\d+); use a number above 0, .*",
            // Folders are counted, not matched.
            ".*\\.value is \".*[^./\\\\\"].*\\.\\..*\"; path_within uses a folder .*");

    private static final Schema SCHEMA = read();

    private PolicySchema() {}

    /** What the schema finds wrong with a document. */
    static List<Error> errors(JsonNode document) {
        return SCHEMA.validate(document);
    }

    /** The same of a text in JSON, as an editor would show it. */
    public static List<String> errors(String json) {
        return errors(Policies.tree(json)).stream().map(Error::toString).toList();
    }

    /** Holds that schema and loader both accept a document, or both refuse it. What is no data is for the loader. */
    static void assertAgrees(String file, byte[] bytes) {
        DocumentReader.read(file, bytes, new Faults()).ifPresent(document -> {
            var faults = faults(file, bytes);
            var errors = errors(Values.of(document));
            if (faults.isEmpty()) {
                assertThat(errors)
                        .as("errors of the schema, where the loader says %s", faults)
                        .isEmpty();
            } else if (!faults.stream().allMatch(PolicySchema::isNotSaid)) {
                assertThat(errors)
                        .as("errors of the schema, where the loader says %s", faults)
                        .isNotEmpty();
            }
        });
    }

    private static List<Fault> faults(String file, byte[] bytes) {
        try {
            Policy.read(file, bytes, Policies.CONTEXT);
            return List.of();
        } catch (FaultyDocument refused) {
            return refused.faults();
        }
    }

    private static boolean isNotSaid(Fault fault) {
        var said = fault.path() + " " + fault.message();
        return NOT_SAID.stream().anyMatch(pattern -> pattern.matcher(said).matches());
    }

    private static List<Pattern> patterns(String... expressions) {
        return List.of(expressions).stream()
                .map(expression -> Pattern.compile(expression, Pattern.DOTALL))
                .toList();
    }

    private static Schema read() {
        try {
            var text = Files.readString(FILE);
            // A word of editors, for messages that people understand.
            var dialect = Dialect.builder(Dialects.getDraft202012())
                    .keyword(new NonValidationKeyword("patternErrorMessage"))
                    .build();
            return SchemaRegistry.withDialect(dialect).getSchema(Policies.tree(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
