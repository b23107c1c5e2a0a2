package kr.dolbom.risk.evaluate;

/// What was given cannot be evaluated; the message names it and the way out.
final class BadInputException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadInputException(String message) {
        super(message);
    }
}
