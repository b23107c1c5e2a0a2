package kr.dolbom.broker.registry;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kr.dolbom.contract.identity.SecretHash;

/// One of the platform's own clients. Its user name is `service:NAME`; its client id is the same, or
/// has another colon and a word behind, so that a program may run more than once. No device id has a
/// colon.
///
/// @param number  the database's own number
/// @param name    3 to 32 lower-case letters, digits and hyphens
/// @param secret  proves that it is this one
/// @param filters what it may subscribe to
/// @param revoked whether it may not connect any more
public record ServiceAccount(int number, String name, SecretHash secret, List<String> filters, boolean revoked) {
    private static final Pattern CLIENT_ID = Pattern.compile("service:([a-z][a-z0-9-]{2,31})(:[a-z0-9-]{1,16})?");

    /// Copies the filters.
    public ServiceAccount {
        filters = List.copyOf(filters);
    }

    /// Whether a client says of itself to be a service, known or not.
    public static boolean isClientId(String clientId) {
        return clientId.startsWith("service:");
    }

    /// The name of the service in a client id; empty where it is not of that form.
    public static Optional<String> findName(String clientId) {
        Matcher matcher = CLIENT_ID.matcher(clientId);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /// The user name.
    public String userName() {
        return "service:" + name;
    }

    /// With what every topic begins that it may publish to.
    public String topicPrefix() {
        return "dolbom/service/" + name + "/";
    }
}
