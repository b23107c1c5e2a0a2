package kr.dolbom.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// The JSON Schemas in the hands of a validator that is not ours.
final class Schemas {
    private static final Map<String, com.networknt.schema.JsonSchema> BY_KIND = Contract.schemas().stream()
            .collect(Collectors.toMap(
                    JsonSchema::name,
                    schema -> JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                            .getSchema(
                                    schema.json(),
                                    SchemaValidatorsConfig.builder()
                                            .formatAssertionsEnabled(true)
                                            .build())));

    private Schemas() {}

    static Set<ValidationMessage> validate(MessageKind kind, JsonNode body) {
        return Objects.requireNonNull(BY_KIND.get(kind.name()), kind.name()).validate(body);
    }
}
