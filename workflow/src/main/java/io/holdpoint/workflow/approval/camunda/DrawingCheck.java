package io.holdpoint.workflow.approval.camunda;

import io.holdpoint.bpmn.flow.FlowContract;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * Lets through the elements, attributes and expressions that a flow may use and nothing else (spec 06, Locked down).
 * A list of what is allowed, because the engine looks at names without their namespace and knows two spellings of its own.
 */
final class DrawingCheck {

    private static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    private static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";

    private static final Set<String> BPMN_ELEMENTS = Set.of(
            "association",
            "boundaryEvent",
            "category",
            "categoryValue",
            "childLaneSet",
            "collaboration",
            "completionCondition",
            "conditionExpression",
            "definitions",
            "documentation",
            "endEvent",
            "error",
            "errorEventDefinition",
            "eventBasedGateway",
            "exclusiveGateway",
            "extensionElements",
            "flowNodeRef",
            "group",
            "inclusiveGateway",
            "incoming",
            "intermediateCatchEvent",
            "intermediateThrowEvent",
            "lane",
            "laneSet",
            "loopCardinality",
            "message",
            "messageEventDefinition",
            "multiInstanceLoopCharacteristics",
            "outgoing",
            "parallelGateway",
            "participant",
            "process",
            "receiveTask",
            "sequenceFlow",
            "serviceTask",
            "startEvent",
            "subProcess",
            "terminateEventDefinition",
            "text",
            "textAnnotation",
            "timeCycle",
            "timeDate",
            "timeDuration",
            "timerEventDefinition",
            "userTask");

    private static final Set<String> DRAWING_ELEMENTS = Set.of(
            "BPMNDiagram",
            "BPMNPlane",
            "BPMNShape",
            "BPMNEdge",
            "BPMNLabel",
            "BPMNLabelStyle",
            "Bounds",
            "Font",
            "waypoint");

    private static final Set<String> DRAWING_NAMESPACES = Set.of(
            "http://www.omg.org/spec/BPMN/20100524/DI",
            "http://www.omg.org/spec/DD/20100524/DC",
            "http://www.omg.org/spec/DD/20100524/DI");

    private static final Set<String> CAMUNDA_ATTRIBUTES = Set.of(
            "asyncAfter",
            "asyncBefore",
            "candidateGroups",
            "collection",
            "delegateExpression",
            "elementVariable",
            "exclusive",
            "historyTimeToLive",
            "isStartableInTasklist",
            "modelerTemplate",
            "modelerTemplateIcon",
            "modelerTemplateVersion",
            "versionTag");

    private static final Set<String> HARMLESS_NAMESPACES = Set.of(
            FlowContract.NAMESPACE,
            "xmlns", // what declares a namespace
            "http://www.w3.org/2001/XMLSchema-instance",
            "http://camunda.org/schema/modeler/1.0",
            "http://bpmn.io/schema/bpmn/biocolor/1.0",
            "http://www.omg.org/spec/BPMN/non-normative/color/1.0");

    /** Attributes of BPMN itself that turn an element into a script. */
    private static final Set<String> SCRIPT_ATTRIBUTES = Set.of("language", "scriptFormat");

    private static final Set<String> CONDITIONS = Set.of("conditionExpression", "completionCondition");
    private static final Pattern DELEGATE = Pattern.compile("\\$\\{([A-Za-z]+)}");

    private final Set<String> delegates;
    private final List<Fault> faults = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    DrawingCheck(Set<String> delegates) {
        this.delegates = delegates;
    }

    /** What a drawing does and may not, and where. */
    record Fault(String message, Element element) {}

    List<Fault> faults(Element root) {
        collectNames(root);
        visit(root);
        return List.copyOf(faults);
    }

    private void collectNames(Element element) {
        if (element.getTagName().equals("userTask") && element.attribute("id") != null) {
            ids.add(element.attribute("id"));
        }
        if (element.attribute(CAMUNDA + ":elementVariable") != null) {
            ids.add(element.attribute(CAMUNDA + ":elementVariable"));
        }
        element.elements().forEach(this::collectNames);
    }

    private void visit(Element element) {
        if (!isAllowed(element)) {
            fault(element, "<%s> is nothing a flow may use".formatted(element.getTagName()));
            return;
        }
        element.attributes().forEach(key -> checkAttribute(element, key));
        checkExpressions(element, element.getText(), CONDITIONS.contains(element.getTagName()));
        if (element.getTagName().equals("extensionElements")) {
            element.elements().forEach(this::visitExtension);
        } else {
            element.elements().forEach(this::visit);
        }
    }

    /** What stands in an extension is for us or for the modeller; the engine reads none of it. */
    private void visitExtension(Element element) {
        var ours = FlowContract.NAMESPACE.equals(element.getUri());
        var property = CAMUNDA.equals(element.getUri())
                && Set.of("properties", "property").contains(element.getTagName());
        if (!ours && !property) {
            fault(element, "<%s> is nothing a flow may use".formatted(element.getTagName()));
            return;
        }
        element.elements().forEach(this::visitExtension);
    }

    private static boolean isAllowed(Element element) {
        var uri = String.valueOf(element.getUri());
        return BPMN.equals(uri) && BPMN_ELEMENTS.contains(element.getTagName())
                || DRAWING_NAMESPACES.contains(uri) && DRAWING_ELEMENTS.contains(element.getTagName());
    }

    private void checkAttribute(Element element, String key) {
        var colon = key.lastIndexOf(':');
        var namespace = colon < 0 ? "" : key.substring(0, colon);
        var name = key.substring(colon + 1);
        var value = element.attribute(key);
        if (CAMUNDA.equals(namespace) && !CAMUNDA_ATTRIBUTES.contains(name)) {
            fault(element, "camunda:%s is nothing a flow may use".formatted(name));
        } else if (namespace.isEmpty() && SCRIPT_ATTRIBUTES.contains(name)) {
            fault(element, "%s=\"%s\" makes it a script; a flow has none".formatted(name, value));
        } else if (!namespace.isEmpty() && !CAMUNDA.equals(namespace) && !HARMLESS_NAMESPACES.contains(namespace)) {
            fault(
                    element,
                    "the attribute %s is of the namespace %s, which is nothing a flow may use"
                            .formatted(name, namespace));
        } else if (CAMUNDA.equals(namespace) && name.equals("delegateExpression")) {
            checkDelegate(element, value);
        } else {
            checkExpressions(element, value, false);
        }
    }

    private void checkDelegate(Element element, String value) {
        var delegate = DELEGATE.matcher(value);
        if (!element.getTagName().equals("serviceTask")
                || !delegate.matches()
                || !delegates.contains(delegate.group(1))) {
            fault(
                    element,
                    "camunda:delegateExpression is \"%s\"; a service task may call one of %s, as ${name}"
                            .formatted(value, new TreeSet<>(delegates)));
        }
    }

    private void checkExpressions(Element element, String text, boolean condition) {
        ExpressionCheck.fault(text, ids, condition).ifPresent(fault -> fault(element, fault));
    }

    private void fault(Element element, String message) {
        var id = element.attribute("id");
        faults.add(new Fault(id == null ? message : "%s: %s".formatted(id, message), element));
    }
}
