package kr.dolbom.sim.phone.rest;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import kr.dolbom.sim.phone.http.Form;
import kr.dolbom.sim.phone.line.Callback;
import kr.dolbom.sim.phone.line.Fault;
import kr.dolbom.sim.phone.line.Network;
import kr.dolbom.sim.phone.line.PhoneNumbers;
import kr.dolbom.sim.phone.line.WebAddress;
import org.jspecify.annotations.Nullable;

/// The checks that texts and calls have in common.
final class Parameters {
    private Parameters() {}

    static void expectOnly(Form form, Set<String> played) throws TwilioError {
        for (String name : form.names()) {
            if (!played.contains(name)) {
                throw TwilioError.notPlayed("the parameter " + name);
            }
        }
    }

    static String required(Form form, String name, int code, String message) throws TwilioError {
        Optional<String> value = form.find(name);
        if (value.isEmpty()) {
            throw TwilioError.refused(code, message);
        }
        return value.get();
    }

    static void expectReceiver(Network network, String to) throws TwilioError {
        if (!PhoneNumbers.isValid(to) || network.strikes(Fault.INVALID_NUMBER, Optional.of(to))) {
            throw TwilioError.refused(21211, "Invalid 'To' Phone Number: " + to);
        }
    }

    /// Senders with letters are refused too: Korea takes only numbers.
    static void expectSender(String from, Set<String> own, int notOwn) throws TwilioError {
        if (!PhoneNumbers.isValid(from)) {
            throw TwilioError.refused(21212, "Invalid From Number (caller ID): " + from);
        }
        if (!own.isEmpty() && !own.contains(from)) {
            throw TwilioError.refused(
                    notOwn, "The From phone number %s does not belong to this account".formatted(from));
        }
    }

    /// A webhook from two parameters, null when there is none.
    static @Nullable Callback callback(Form form, String urlName, String methodName, int code) throws TwilioError {
        Optional<String> url = form.find(urlName);
        if (url.isEmpty()) {
            return null;
        }
        Optional<URI> address = WebAddress.parse(url.get());
        if (address.isEmpty() || url.get().length() > 4000) {
            throw TwilioError.refused(code, "%s is not a valid URL: %s".formatted(urlName, url.get()));
        }
        return new Callback(address.get(), method(form, methodName));
    }

    private static String method(Form form, String name) throws TwilioError {
        String method = form.find(name).orElse("POST").toUpperCase(Locale.ROOT);
        if (!method.equals("GET") && !method.equals("POST")) {
            throw TwilioError.refused(20001, "%s is %s, expected GET or POST".formatted(name, method));
        }
        return method;
    }
}
