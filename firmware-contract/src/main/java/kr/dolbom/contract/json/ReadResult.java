package kr.dolbom.contract.json;

import kr.dolbom.contract.Fault;

/// What came of reading a body.
public sealed interface ReadResult<T> {
    /// The body is valid.
    record Valid<T>(T value) implements ReadResult<T> {}

    /// The body is refused.
    record Invalid<T>(Fault fault) implements ReadResult<T> {}

    /// The value, where the caller knows that it is valid (its own data, a stored message).
    ///
    /// @throws IllegalStateException with the fault, where it is not
    default T orElseThrow() {
        return switch (this) {
            case Valid<T>(T value) -> value;
            case Invalid<T>(Fault fault) -> throw new IllegalStateException(fault.reasonString());
        };
    }
}
