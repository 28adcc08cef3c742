package io.holdpoint.gateway.authoring;

import io.holdpoint.gateway.document.Nearest;
import io.holdpoint.workflow.Risk;
import java.util.Collection;
import java.util.Objects;

/**
 * A tool's risk class before a policy has its say.
 *
 * @param from where it comes from, in words
 */
public record RiskClass(Risk risk, String from) {

    /** A tool nobody looked at counts as Unknown, and Unknown as High (spec 03, Catalogue). */
    public static final RiskClass UNKNOWN = new RiskClass(Risk.HIGH, "not known, so Unknown and High");

    public RiskClass {
        Objects.requireNonNull(risk);
        Objects.requireNonNull(from);
    }

    /**
     * A server lists no such tool; the gateway takes it for Unknown, too.
     *
     * @param listed the tools it lists
     */
    public static RiskClass ofUnlisted(String tool, String server, Collection<String> listed) {
        return new RiskClass(
                Risk.HIGH,
                "because %s lists no such tool%s, so Unknown and High".formatted(server, Nearest.hint(tool, listed)));
    }

    public static RiskClass given(Risk risk) {
        return new RiskClass(risk, "as given");
    }

    public static RiskClass ofCatalogue(Risk risk, String server) {
        return new RiskClass(risk, "from the catalogue of " + server);
    }
}
