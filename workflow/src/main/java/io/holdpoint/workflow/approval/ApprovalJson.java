package io.holdpoint.workflow.approval;

import io.holdpoint.workflow.people.PersonId;
import java.util.List;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The columns that are JSON. */
final class ApprovalJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final TypeReference<List<String>> NAMES = new TypeReference<>() {};

    private ApprovalJson() {}

    static String ofTerms(ApprovalTerms terms) {
        return MAPPER.writeValueAsString(terms);
    }

    static ApprovalTerms terms(String json) {
        return MAPPER.readValue(json, ApprovalTerms.class);
    }

    static String ofPeople(List<PersonId> people) {
        return MAPPER.writeValueAsString(people.stream().map(PersonId::value).toList());
    }

    static List<PersonId> people(String json) {
        return MAPPER.readValue(json, NAMES).stream().map(PersonId::new).toList();
    }
}
