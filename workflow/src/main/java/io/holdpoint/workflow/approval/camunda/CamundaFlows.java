package io.holdpoint.workflow.approval.camunda;

import io.holdpoint.bpmn.flow.ShippedFlows;
import io.holdpoint.workflow.approval.ApprovalId;
import io.holdpoint.workflow.approval.FlowEngine;
import io.holdpoint.workflow.approval.FlowFacts;
import io.holdpoint.workflow.approval.FlowPosition;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.ActivityInstance;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;

/** Flows as process definitions of the engine. */
final class CamundaFlows implements FlowEngine {

    private static final String DEPLOYMENT = "flows";

    private final ProcessEngine engine;
    private final FactsAtHand facts;
    private final Map<String, FlowVersion> newest = new ConcurrentHashMap<>();

    CamundaFlows(ProcessEngine engine, FactsAtHand facts) {
        this.engine = engine;
        this.facts = facts;
    }

    /** Deploys the flows in our jar; one that did not change keeps its version. */
    void deployShipped() {
        var drawings = new LinkedHashMap<String, byte[]>();
        ShippedFlows.names().forEach(name -> drawings.put(ShippedFlows.file(name), ShippedFlows.read(name)));
        deploy(drawings);
    }

    /**
     * Deploys drawings by their file names; those that did not change keep their version.
     *
     * @throws org.camunda.bpm.engine.ParseException if a drawing does what no flow may
     */
    void deploy(Map<String, byte[]> drawings) {
        var deployment = engine.getRepositoryService()
                .createDeployment()
                .name(DEPLOYMENT)
                .enableDuplicateFiltering(true);
        drawings.forEach((file, bytes) -> deployment.addInputStream(file, new ByteArrayInputStream(bytes)));
        deployment.deploy();
        newest.clear();
    }

    @Override
    public Optional<FlowVersion> find(String flow) {
        return Optional.ofNullable(newest.get(flow)).or(() -> look(flow));
    }

    private Optional<FlowVersion> look(String flow) {
        var found = Optional.ofNullable(engine.getRepositoryService()
                        .createProcessDefinitionQuery()
                        .processDefinitionKey(flow)
                        .latestVersion()
                        .singleResult())
                .map(CamundaFlows::version);
        found.ifPresent(version -> newest.put(flow, version));
        return found;
    }

    private static FlowVersion version(ProcessDefinition definition) {
        return new FlowVersion(definition.getKey(), definition.getId(), definition.getVersion());
    }

    @Override
    public String start(FlowVersion version, ApprovalId id, FlowFacts facts) {
        return start(version.definition(), id.value(), facts);
    }

    String start(String definition, String businessKey, FlowFacts given) {
        return raced(() -> facts.during(
                given,
                () -> engine.getRuntimeService()
                        .startProcessInstanceById(definition, businessKey)
                        .getId()));
    }

    @Override
    public void complete(String taskId, Map<String, Object> variables) {
        raced(() -> {
            engine.getTaskService().complete(taskId, variables);
            return true;
        });
    }

    @Override
    public void abandon(String processInstance, String why) {
        raced(() -> {
            engine.getRuntimeService().deleteProcessInstanceIfExists(processInstance, why, false, true, true, false);
            return true;
        });
    }

    @Override
    public List<FlowPosition> position(String processInstance) {
        return Optional.ofNullable(engine.getRuntimeService().getActivityInstance(processInstance)).stream()
                .flatMap(CamundaFlows::waiting)
                .distinct()
                .toList();
    }

    private static Stream<FlowPosition> waiting(ActivityInstance instance) {
        var inside = Arrays.stream(instance.getChildActivityInstances())
                .flatMap(child -> isLeaf(child) ? Stream.of(place(child)) : waiting(child));
        var between = Arrays.stream(instance.getChildTransitionInstances())
                .map(leaving -> place(leaving.getActivityId(), leaving.getActivityName()));
        return Stream.concat(inside, between);
    }

    private static boolean isLeaf(ActivityInstance instance) {
        return instance.getChildActivityInstances().length == 0 && instance.getChildTransitionInstances().length == 0;
    }

    private static FlowPosition place(ActivityInstance instance) {
        return place(instance.getActivityId(), instance.getActivityName());
    }

    private static FlowPosition place(String id, @Nullable String name) {
        return new FlowPosition(id, name == null || name.isBlank() ? id : name);
    }

    /** A lost race gets the name it has everywhere in Spring, so that it is told from a flow that fails. */
    private static <T> T raced(Supplier<T> work) {
        try {
            return work.get();
        } catch (OptimisticLockingException e) {
            throw new OptimisticLockingFailureException("the flow went on at the same moment", e);
        }
    }
}
