package kr.dolbom.sim.demo;

/// Something that the demo waits for did not come, or came otherwise; the message says what was expected.
final class StepFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StepFailedException(String message) {
        super(message);
    }
}
