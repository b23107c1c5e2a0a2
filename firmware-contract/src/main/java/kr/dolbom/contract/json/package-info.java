/// JSON values declared once, and from that declaration read strictly, written, and described as JSON Schema.
///
/// Start with [ObjectType]: a record's members as a list of [Field]s. [JsonTypes] has the simple values. This package
/// holds no kind of message.
@NullMarked
package kr.dolbom.contract.json;

import org.jspecify.annotations.NullMarked;
