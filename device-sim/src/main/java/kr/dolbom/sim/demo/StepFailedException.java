package kr.dolbom.sim.demo;

/// Something that the demo waits for did not come, or came otherwise; the message says what was expected.
final class StepFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StepFailedException(String message) {
        super(message);
    }

    /// @throws StepFailedException where the fact is none
    static void unless(boolean fact, String otherwise) {
        if (!fact) {
            throw new StepFailedException(otherwise);
        }
    }
}
