package io.holdpoint.workflow.approval.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdpoint.workflow.approval.ApprovalRoom;
import io.holdpoint.workflow.approval.Drawings;
import io.holdpoint.workflow.database.TestDatabases;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.ParseException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.impl.juel.jakarta.el.ELException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A drawing is not code (spec 06, Locked down). */
class LockDownTests {

    private static final AtomicInteger MADE = new AtomicInteger();

    private final ApprovalRoom room = ApprovalRoom.on(TestDatabases.H2);
    private final ProcessEngine engine = room.engine();

    /** Counts the objects made of it: the engine makes them of any class a drawing names. */
    public static final class Payload {
        public Payload() {
            MADE.incrementAndGet();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<scriptTask id='next' scriptFormat='juel'><script>${1}</script></scriptTask>",
                "<serviceTask id='next' camunda:class='java.lang.Thread'/>",
                "<serviceTask id='next' activiti:class='java.lang.Thread'/>",
                "<serviceTask id='next' camunda:expression='${approvers}'/>",
                "<serviceTask id='next' camunda:type='external' camunda:topic='x'/>",
                "<serviceTask id='next' camunda:delegateExpression='${dataSource}'/>",
                "<serviceTask id='next' camunda:delegateExpression='${remind}${notify}'/>",
                "<serviceTask id='next' camunda:delegateExpression='${approvals}'/>",
                "<userTask id='next' camunda:delegateExpression='${remind}'/>",
                "<userTask id='next' camunda:formHandlerClass='java.lang.Thread'/>",
                "<userTask id='next' camunda:assignee='${call.owner}'/>",
                "<userTask id='next' camunda:candidateGroups='${call.tool}'/>",
                "<userTask id='next' camunda:candidateGroups='${args.who}'/>",
                "<userTask id='next' name='${execution.processEngineServices}'/>",
                "<userTask id='next' name='#{task.execution}'/>",
                "<userTask id='next' name='${now()}'/>",
                "<userTask id='next' name=\"${''.getClass()}\"/>",
                "<userTask id='next' name=\"${''['class']}\"/>",
                "<userTask id='next' name='${approvers[0]}'/>",
                "<userTask id='next' name='${approvers.class}'/>",
                "<userTask id='next' name='${review.verdict.class}'/>",
                "<userTask id='next' name='${expiresAt'/>",
                "<userTask id='next'><documentation>${dataSource}</documentation></userTask>",
                "<businessRuleTask id='next' camunda:decisionRef='x'/>",
                "<callActivity id='next' calledElement='x'/>",
                "<sendTask id='next' camunda:delegateExpression='${remind}'/>",
                "<x:scriptTask xmlns:x='urn:x' id='next'/>",
                """
                <userTask id='next'><extensionElements>
                <camunda:taskListener event='create' class='java.lang.Thread'/></extensionElements></userTask>\
                """,
                """
                <userTask id='next'><extensionElements>
                <camunda:executionListener event='start' expression='${approvers}'/></extensionElements></userTask>\
                """,
                """
                <userTask id='next'><extensionElements><camunda:inputOutput><camunda:inputParameter name='x'>
                <camunda:script scriptFormat='juel'>${1}</camunda:script></camunda:inputParameter>
                </camunda:inputOutput></extensionElements></userTask>\
                """,
                """
                <serviceTask id='next'><extensionElements><camunda:connector><camunda:connectorId>http</camunda:connectorId>
                </camunda:connector></extensionElements></serviceTask>\
                """,
                """
                <exclusiveGateway id='next'/><endEvent id='approved'/><sequenceFlow id='f' sourceRef='next' targetRef='approved'>
                <conditionExpression xsi:type='tFormalExpression' language='juel'>${true}</conditionExpression>
                </sequenceFlow>\
                """,
                """
                <exclusiveGateway id='next'/><endEvent id='approved'/><sequenceFlow id='f' sourceRef='next' targetRef='approved'>
                <conditionExpression xsi:type='tFormalExpression'>${dataSource.connection != null}</conditionExpression>
                </sequenceFlow>\
                """,
                """
                <intermediateCatchEvent id='next'><timerEventDefinition><timeDate xsi:type='tFormalExpression'>
                ${''.getClass().forName('java.lang.System')}</timeDate></timerEventDefinition></intermediateCatchEvent>\
                """
            })
    void aDrawingThatDoesWhatNoFlowMayIsRefused(String element) {
        assertThatThrownBy(() -> deploy(Drawings.asking("refused", element)))
                .isInstanceOf(ParseException.class)
                .hasMessageMatching(
                        "(?s).*(nothing a flow may|may call one of|makes it a script|only compares|has more in it).*");
        assertThat(engine.getRepositoryService()
                        .createProcessDefinitionQuery()
                        .processDefinitionKey("refused")
                        .count())
                .isZero();
    }

    @Test
    void aDrawingWithinTheContractIsDeployed() {
        deploy(Drawings.asking("accepted", "<endEvent id='next'/>"));
        assertThat(engine.getRepositoryService()
                        .createProcessDefinitionQuery()
                        .processDefinitionKey("accepted")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void noObjectIsMadeOfAClassThatADrawingNames() {
        var handler = "<userTask id='next' camunda:formHandlerClass='%s'/>".formatted(Payload.class.getName());
        assertThatThrownBy(() -> deploy(Drawings.asking("payload", handler)));
        assertThat(MADE).hasValue(0);
    }

    @Test
    void theRefusalSaysWhereAndWhatIsAllowed() {
        var task = "<serviceTask id='next' camunda:delegateExpression='${sendMoney}'/>";
        assertThatThrownBy(() -> deploy(Drawings.asking("said", task)))
                .hasMessageContaining("next")
                .hasMessageContaining("${sendMoney}")
                .hasMessageContaining("[inform, notify, remind]");
    }

    @Test
    void allFaultsOfADrawingAreToldAtOnce() {
        var tasks = "<scriptTask id='next'/><serviceTask id='b' camunda:class='x.Y'/>";
        assertThatThrownBy(() -> deploy(Drawings.asking("many", tasks)))
                .hasMessageContaining("<scriptTask>")
                .hasMessageContaining("camunda:class");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${dataSource}",
                "${flowEngine}",
                "${processEngine}",
                "${execution}",
                "${task}",
                "${authenticatedUserId}",
                "${now()}",
                "${''.getClass()}",
                "${approvers.class}",
                "${remind.class}",
                "${call.class.classLoader}"
            })
    void anExpressionThatGotPastTheCheckReachesNothing(String expression) {
        assertThat(evaluated(expression)).isEmpty();
    }

    @Test
    void anExpressionOfTheContractIsEvaluated() {
        assertThat(evaluated("${approvers}")).contains(List.of("leads"));
    }

    /** What an expression comes to inside a running flow, without the check; empty where it fails. */
    private Optional<Object> evaluated(String expression) {
        var settings = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
        var instance = room.openInstance();
        Command<Object> evaluation = context -> settings.getExpressionManager()
                .createExpression(expression)
                .getValue(context.getExecutionManager().findExecutionById(instance));
        try {
            return Optional.ofNullable(settings.getCommandExecutorTxRequired().execute(evaluation));
        } catch (ProcessEngineException | ELException e) {
            return Optional.empty();
        }
    }

    @Test
    void noScriptLanguageHasAnEngine() {
        assertThatThrownBy(() -> new NoScripts().getScriptEngine("juel", true))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aFlowStartedByAnybodyElseFails() {
        assertThatThrownBy(() -> engine.getRuntimeService().startProcessInstanceByKey("single-approval"))
                .hasMessageContaining("runs for no approval");
    }

    @ParameterizedTest
    @ValueSource(strings = {"holdpoint_timer_due", "holdpoint_task_parent"})
    void anIndexTheEngineLacksIsThere(String index) {
        assertThat(room.hasIndex(index)).isTrue();
    }

    private void deploy(String drawing) {
        engine.getRepositoryService()
                .createDeployment()
                .addString("drawing.bpmn", drawing)
                .deploy();
    }
}
