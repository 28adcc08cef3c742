package io.holdpoint.workflow.approval.camunda;

import java.util.Set;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParser;
import org.camunda.bpm.engine.impl.cfg.BpmnParseFactory;

/**
 * Reads a drawing only after it was checked. It is inside the engine, so that no way of deploying goes round it, and
 * before the engine's own reading, which makes objects of classes that a drawing names.
 */
final class CheckedParse extends BpmnParse {

    private final DrawingCheck check;

    private CheckedParse(BpmnParser parser, DrawingCheck check) {
        super(parser);
        this.check = check;
    }

    @Override
    protected void parseRootElement() {
        check.faults(rootElement).forEach(fault -> addError(fault.message(), fault.element()));
        if (!hasErrors()) {
            super.parseRootElement();
        }
    }

    /** @param delegates what service tasks may call */
    record Factory(Set<String> delegates) implements BpmnParseFactory {

        @Override
        public BpmnParse createBpmnParse(BpmnParser parser) {
            return new CheckedParse(parser, new DrawingCheck(delegates));
        }
    }
}
