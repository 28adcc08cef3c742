package io.holdpoint.gateway.policy;

import io.holdpoint.gateway.document.Pointer;

/**
 * Where something stands in the document, as a JSON pointer (RFC 6901).
 *
 * @param pointer empty for the document itself
 */
record Place(String pointer) {

    static final Place DOCUMENT = new Place("");

    Place member(String key) {
        return new Place(pointer + Pointer.step(key));
    }

    Place element(int index) {
        return new Place(pointer + "/" + index);
    }

    RuleId rule() {
        return new RuleId(pointer);
    }
}
