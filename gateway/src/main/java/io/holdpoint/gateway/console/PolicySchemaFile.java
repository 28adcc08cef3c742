package io.holdpoint.gateway.console;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The JSON Schema of policies, for editors. Open to everybody: it is published, and says nothing of this gateway. */
@RestController
public class PolicySchemaFile {

    /** Where it is; {@code $schema} of a policy may name it. */
    public static final String ADDRESS = "/schema/policy-1.json";

    private static final MediaType JSON_SCHEMA = MediaType.valueOf("application/schema+json");

    private final Resource schema = new ClassPathResource(ADDRESS);

    @GetMapping(ADDRESS)
    ResponseEntity<Resource> read() {
        return ResponseEntity.ok().contentType(JSON_SCHEMA).body(schema);
    }
}
