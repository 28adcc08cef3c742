package io.holdpoint.workflow.approval.camunda;

import java.lang.reflect.Method;
import java.util.Map;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.el.JuelExpressionManager;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;

/** Expressions that see the contract's names and nothing else: no Spring bean, no engine, no method, no function. */
final class ContractExpressions extends JuelExpressionManager {

    private final Map<String, JavaDelegate> delegates;
    private final FactsAtHand facts;

    ContractExpressions(Map<String, JavaDelegate> delegates, FactsAtHand facts) {
        this.delegates = delegates;
        this.facts = facts;
    }

    @Override
    public void addFunction(String name, Method function) {
        // The engine offers its own (now(), currentUser()); a drawing needs none.
    }

    @Override
    protected ELResolver createElResolver() {
        return new ContractResolver(delegates, facts);
    }
}
