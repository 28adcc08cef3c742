package io.holdpoint.gateway.authoring.simulation;

import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** A simulation as programs read it. */
public final class SimulatedJson {

    /** Escapes every letter that is not ASCII: it goes to a terminal, too. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private SimulatedJson() {}

    /** One object on one line, its members named as {@link Simulated} names them. */
    public static String write(Simulated simulated) {
        return JSON.writeValueAsString(simulated);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws JacksonException if it is something else
     */
    public static Simulated read(String json) {
        return JSON.readValue(json, Simulated.class);
    }
}
