package io.tidemark.kube;

/** How one value is on the wire and in JSON. The words of the table are the names in lower case. */
enum Form {
    STRING(Wire.LENGTH),
    BOOL(Wire.VARINT),
    INT32(Wire.VARINT),
    INT64(Wire.VARINT),
    FLOAT64(Wire.FIXED64),
    /** Base64. */
    BYTES(Wire.LENGTH),
    MESSAGE(Wire.LENGTH),
    /** A list in a message of its own, so that it can be empty without being absent. */
    STRINGS(Wire.LENGTH),
    /** meta.v1.Time: seconds; RFC 3339. */
    TIME(Wire.LENGTH),
    /** meta.v1.MicroTime: seconds and nanoseconds; RFC 3339 with six digits. */
    MICROTIME(Wire.LENGTH),
    /** meta.v1.Duration: nanoseconds; as Go writes it, {@code 1h0m5s}. */
    DURATION(Wire.LENGTH),
    /** resource.Quantity: the text. */
    QUANTITY(Wire.LENGTH),
    /** intstr.IntOrString: which of both, number, text. */
    INTORSTRING(Wire.LENGTH),
    /** runtime.RawExtension: JSON in bytes, {@code null} when there are none. */
    RAW(Wire.LENGTH),
    /** apiextensions.JSON, meta.v1.FieldsV1: JSON in bytes, {@code null} when they are empty. */
    JSON(Wire.LENGTH),
    /** apiextensions.JSONSchemaPropsOrBool. */
    ORBOOL(Wire.LENGTH),
    /** apiextensions.JSONSchemaPropsOrArray. */
    ORARRAY(Wire.LENGTH),
    /** apiextensions.JSONSchemaPropsOrStringArray. */
    ORSTRINGS(Wire.LENGTH);

    private final int wireType;

    Form(int wireType) {
        this.wireType = wireType;
    }

    int wireType() {
        return wireType;
    }

    /** Whether two occurrences of what can occur once are one message with the fields of both; else the last one counts. */
    boolean merges() {
        return wireType == Wire.LENGTH && this != STRING && this != BYTES && this != TIME && this != MICROTIME;
    }
}
