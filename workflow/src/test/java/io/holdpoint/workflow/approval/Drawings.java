package io.holdpoint.workflow.approval;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/** Drawings as somebody else could hand them in. */
public final class Drawings {

    private Drawings() {}

    /** A whole file around what stands in its process. */
    public static String flow(String id, String inside) {
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:activiti="http://activiti.org/bpmn"
                id="d" targetNamespace="https://holdpoint.io/bpmn">
              <process id="%s" isExecutable="true" camunda:historyTimeToLive="P1D">%s</process>
            </definitions>
            """.formatted(id, inside);
    }

    /** A flow that asks and then does something of its own. */
    public static String asking(String id, String then) {
        return flow(id, """
            <startEvent id="held"/><sequenceFlow id="ask" sourceRef="held" targetRef="review"/>
            <userTask id="review" camunda:candidateGroups="${approvers}"/>
            <sequenceFlow id="answered" sourceRef="review" targetRef="next"/>
            """ + then);
    }

    static void deploy(ApprovalRoom room, String id, String drawing) {
        room.engine()
                .getRepositoryService()
                .createDeployment()
                .enableDuplicateFiltering(true)
                .name(id)
                .addInputStream(id + ".bpmn", new ByteArrayInputStream(drawing.getBytes(StandardCharsets.UTF_8)))
                .deploy();
    }
}
