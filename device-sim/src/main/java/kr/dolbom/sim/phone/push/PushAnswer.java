package kr.dolbom.sim.phone.push;

/// What requests to a subscription get, once they are in order.
public enum PushAnswer {
    /// Taken.
    CREATED(201),
    /// Unknown subscription.
    NOT_FOUND(404),
    /// The person took the subscription back.
    GONE(410),
    /// Too many; `Retry-After: 60`.
    TOO_MANY(429),
    /// The push service itself is ill.
    SERVER_ERROR(500);

    private final int status;

    PushAnswer(int status) {
        this.status = status;
    }

    /// The HTTP status.
    public int status() {
        return status;
    }
}
