package io.holdpoint.gateway.console;

import io.holdpoint.gateway.grant.Grant;
import io.holdpoint.gateway.grant.Grants;
import io.holdpoint.gateway.policy.Policy;
import io.holdpoint.gateway.policy.PolicyContext;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Which policy a body means: a document it brings, one in force by its file, or the one of a grant at a server. */
@Component
class PolicyChoice {

    private static final String DOCUMENT = "document";
    private static final String POLICY = "policy";
    private static final String GRANT = "grant";
    private static final String SERVER = "server";

    private final Supplier<Grants> grants;
    private final Supplier<PolicyContext> context;

    PolicyChoice(Supplier<Grants> grants, Supplier<PolicyContext> context) {
        this.grants = grants;
        this.context = context;
    }

    /** As given, else the only one of the grant. */
    Optional<String> server(Body body) {
        var given = body.text(SERVER);
        return given.isPresent()
                ? given
                : body.text(GRANT).flatMap(grants.get()::find).flatMap(PolicyChoice::onlyServer);
    }

    /**
     * The policy; empty after a fault, which the body has then.
     *
     * @throws io.holdpoint.gateway.document.FaultyDocument if the body brings a faulty one
     */
    Optional<Policy> policy(Body body, Optional<String> server) {
        if (body.has(DOCUMENT) && body.has(POLICY)) {
            body.fault(POLICY, "policy stands beside document; send one of them");
            return Optional.empty();
        }
        if (body.has(DOCUMENT)) {
            return document(body);
        }
        return body.has(POLICY) ? byFile(body) : ofGrant(body, server);
    }

    /** A text is JSON or YAML as it looks; its lines are those of the text. */
    private Optional<Policy> document(Body body) {
        var document = body.any(DOCUMENT).orElseThrow();
        var text = document.isString() ? document.stringValue() : Json.write(document);
        var bytes = body.documentBytes(DOCUMENT, text);
        body.check();
        var file = text.stripLeading().startsWith("{") ? "document.json" : "document.yaml";
        return Optional.of(Policy.read(file, bytes, context.get()));
    }

    private Optional<Policy> byFile(Body body) {
        var name = body.someText(POLICY);
        var policy = grants.get().all().stream()
                .flatMap(grant -> grant.servers().values().stream())
                .flatMap(access -> access.policy().stream())
                .filter(each -> each.file().equals(name))
                .findFirst();
        if (policy.isEmpty()) {
            body.fault(POLICY, "policy is no file that a grant is under; name it as the configuration does");
        }
        return policy;
    }

    private Optional<Policy> ofGrant(Body body, Optional<String> server) {
        if (!body.has(GRANT)) {
            body.fault(POLICY, "policy is missing; send policy, document, or grant and server");
            return Optional.empty();
        }
        var grant = grants.get().find(body.someText(GRANT));
        if (grant.isEmpty()) {
            body.fault(GRANT, "grant is none of the configuration; name one");
            return Optional.empty();
        }
        var policy = server.flatMap(
                        name -> Optional.ofNullable(grant.get().servers().get(name)))
                .flatMap(Grant.Access::policy);
        if (policy.isEmpty()) {
            body.fault(SERVER, "server is none that the grant has a policy for; name one");
        }
        return policy;
    }

    private static Optional<String> onlyServer(Grant grant) {
        var names = grant.servers().keySet();
        return names.size() == 1 ? names.stream().findFirst() : Optional.empty();
    }
}
