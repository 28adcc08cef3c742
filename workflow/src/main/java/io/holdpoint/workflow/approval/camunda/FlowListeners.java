package io.holdpoint.workflow.approval.camunda;

import io.holdpoint.bpmn.flow.FlowContract;
import io.holdpoint.workflow.approval.FlowEvents;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

/** Attaches to every flow what reports questions and ends to {@link FlowEvents}; no drawing can leave it out. */
final class FlowListeners extends AbstractBpmnParseListener {

    /** Ids of the ends reached so far, separated by blanks; no expression reaches a name with a blank in it. */
    private static final String ENDS = "holdpoint ends";

    /** End events of these kinds never approve, whatever they are called. */
    private static final List<String> FAILING =
            List.of("errorEventDefinition", "escalationEventDefinition", "cancelEventDefinition");

    private final FlowEvents events;

    FlowListeners(FlowEvents events) {
        this.events = events;
    }

    @Override
    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        var review = ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
        review.addBuiltInTaskListener(TaskListener.EVENTNAME_CREATE, this::opened);
        review.addBuiltInTaskListener(TaskListener.EVENTNAME_COMPLETE, this::closed);
        review.addBuiltInTaskListener(TaskListener.EVENTNAME_DELETE, this::closed);
    }

    @Override
    public void parseEndEvent(Element element, ScopeImpl scope, ActivityImpl activity) {
        if (isOfTheFlow(scope) && counts(element, activity)) {
            var end = isFailing(element) ? "error:" + activity.getId() : activity.getId();
            ExecutionListener reached = execution -> remember(execution, end);
            activity.addBuiltInListener(ExecutionListener.EVENTNAME_START, reached);
        }
    }

    @Override
    public void parseProcess(Element element, ProcessDefinitionEntity process) {
        ExecutionListener over = this::over;
        process.addBuiltInListener(ExecutionListener.EVENTNAME_END, over);
    }

    private void opened(DelegateTask task) {
        FlowInstance.approval(task.getExecution())
                .ifPresent(id -> events.reviewOpened(id, task.getId(), task.getTaskDefinitionKey()));
    }

    private void closed(DelegateTask task) {
        FlowInstance.approval(task.getExecution()).ifPresent(id -> events.reviewClosed(id, task.getId()));
    }

    private void over(DelegateExecution execution) {
        if (execution.isCanceled()) { // by us, and the approval's row says why
            return;
        }
        FlowInstance.approval(execution).ifPresent(id -> events.ended(id, ends(execution)));
    }

    private static void remember(DelegateExecution execution, String end) {
        var ends = ends(execution);
        var all = ends.isEmpty() ? end : String.join(" ", ends) + " " + end;
        execution.getProcessInstance().setVariable(ENDS, all);
    }

    private static List<String> ends(DelegateExecution execution) {
        return execution.getProcessInstance().getVariable(ENDS) instanceof String ends
                ? List.of(ends.split(" "))
                : List.of();
    }

    /** Ends inside a sub-process end only that, except in the flow's own event sub-process. */
    private static boolean isOfTheFlow(ScopeImpl scope) {
        return scope == scope.getProcessDefinition()
                || scope instanceof ActivityImpl activity
                        && activity.isTriggeredByEvent()
                        && activity.getFlowScope() == scope.getProcessDefinition();
    }

    private static boolean counts(Element element, ActivityImpl end) {
        return isFailing(element) || FlowContract.outcomeOf(end.getId()).isPresent();
    }

    private static boolean isFailing(Element element) {
        return element.elements().stream().map(Element::getTagName).anyMatch(FAILING::contains);
    }
}
