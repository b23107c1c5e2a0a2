/// What the engine needs to know of a resident from the registry: the office's time zone and the devices at home.
/// Nothing that names a person.
@NullMarked
package kr.dolbom.risk.resident;

import org.jspecify.annotations.NullMarked;
