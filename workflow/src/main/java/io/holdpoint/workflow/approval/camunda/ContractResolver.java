package io.holdpoint.workflow.approval.camunda;

import io.holdpoint.bpmn.flow.FlowContract;
import io.holdpoint.workflow.approval.FlowFacts;
import java.beans.FeatureDescriptor;
import java.util.Collections;
import java.util.Date;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.impl.juel.jakarta.el.ELContext;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.PropertyNotWritableException;
import org.jspecify.annotations.Nullable;

/** Looks names up (spec 06, What a flow may use). A name it does not know is an error, a field that is absent is null. */
final class ContractResolver extends ELResolver {

    private final Map<String, JavaDelegate> delegates;
    private final FactsAtHand facts;

    ContractResolver(Map<String, JavaDelegate> delegates, FactsAtHand facts) {
        this.delegates = delegates;
        this.facts = facts;
    }

    /** A name that has fields, such as {@code call} or a review's id. */
    private record Branch(String name) {}

    @Override
    public @Nullable Object getValue(ELContext context, @Nullable Object base, @Nullable Object property) {
        if (!(context.getContext(VariableScope.class) instanceof VariableScope scope)
                || !(property instanceof String name)) {
            return null;
        }
        if (base == null) {
            return resolved(context, root(scope, name));
        }
        if (base instanceof Branch branch) {
            context.setPropertyResolved(true);
            return field(scope, branch.name(), name).orElse(null);
        }
        return null;
    }

    private static @Nullable Object resolved(ELContext context, Optional<Object> value) {
        context.setPropertyResolved(value.isPresent());
        return value.orElse(null);
    }

    private Optional<Object> root(VariableScope scope, String name) {
        return switch (name) {
            case FlowContract.APPROVERS -> Optional.of(facts(scope).approvers());
            case FlowContract.EXPIRES_AT -> Optional.of(Date.from(facts(scope).expiresAt()));
            case FlowContract.REMIND_AT -> Optional.of(Date.from(facts(scope).remindAt()));
            case FlowContract.CALL, FlowContract.WITH, FlowContract.REVIEWS -> Optional.of(new Branch(name));
            default -> other(scope, name);
        };
    }

    private Optional<Object> other(VariableScope scope, String name) {
        if (delegates.containsKey(name)) {
            return Optional.of(delegates.get(name));
        }
        if (isElement(scope, name)) {
            return Optional.of(new Branch(name));
        }
        // Loop variables; everything else the gateway puts there has a dot or a blank in its name.
        return Optional.ofNullable(scope.getVariable(name));
    }

    private Optional<Object> field(VariableScope scope, String branch, String name) {
        return switch (branch) {
            case FlowContract.CALL -> call(facts(scope), name);
            case FlowContract.WITH -> Optional.ofNullable(facts(scope).with().get(name));
            default -> Optional.ofNullable(scope.getVariable(branch + "." + name));
        };
    }

    private static Optional<Object> call(FlowFacts facts, String name) {
        var call = facts.call();
        return switch (name) {
            case "server" -> Optional.of(call.server());
            case "tool" -> Optional.of(call.tool());
            case "grant" -> Optional.of(call.grant());
            case "owner" -> Optional.of(call.owner());
            case "risk" -> Optional.of(call.risk().label());
            case "category" -> Optional.of(call.category());
            case "rule" -> Optional.of(call.rule());
            default -> Optional.empty();
        };
    }

    private FlowFacts facts(VariableScope scope) {
        return facts.of(execution(scope));
    }

    private static boolean isElement(VariableScope scope, String name) {
        return execution(scope) instanceof ExecutionEntity execution
                && execution.getProcessDefinition().findActivity(name) != null;
    }

    private static DelegateExecution execution(VariableScope scope) {
        if (scope instanceof DelegateTask task) {
            return task.getExecution();
        }
        if (scope instanceof DelegateExecution execution) {
            return execution;
        }
        throw new IllegalStateException("an expression is evaluated outside of a flow");
    }

    @Override
    public Class<?> getType(ELContext context, @Nullable Object base, @Nullable Object property) {
        return Object.class;
    }

    @Override
    public void setValue(ELContext context, @Nullable Object base, @Nullable Object property, @Nullable Object value) {
        throw new PropertyNotWritableException("an expression of a flow only reads");
    }

    @Override
    public boolean isReadOnly(ELContext context, @Nullable Object base, @Nullable Object property) {
        return true;
    }

    @Override
    public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, @Nullable Object base) {
        return Collections.emptyIterator();
    }

    @Override
    public Class<?> getCommonPropertyType(ELContext context, @Nullable Object base) {
        return Object.class;
    }
}
