package kr.dolbom.caseworker.console.people;

import io.micronaut.http.HttpRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kr.dolbom.caseworker.intake.Fault;
import kr.dolbom.caseworker.intake.Reading;
import kr.dolbom.caseworker.page.PreferredWords;
import kr.dolbom.caseworker.words.Words;

/// A form as it is shown: what stands in its fields, and what of it was not as expected.
///
/// @param values by field
/// @param faults by field, what would be right
/// @param refusal why the whole was refused; empty: it was not
public record Form(Map<String, String> values, Map<String, String> faults, String refusal) {
    /// Keeps its own copies.
    public Form {
        values = Map.copyOf(values);
        faults = Map.copyOf(faults);
    }

    /// A form before anybody has sent it.
    public static Form of(Map<String, String> values) {
        return new Form(values, Map.of(), "");
    }

    /// A form that comes back.
    public static Form refused(HttpRequest<?> request, Map<String, String> values, Reading reading) {
        return refused(values, reading.faults(), PreferredWords.of(request));
    }

    /// The same.
    static Form refused(Map<String, String> values, List<Fault> faults, Words words) {
        Map<String, String> sentences = new HashMap<>();
        faults.forEach(fault -> sentences.putIfAbsent(fault.field(), sentence(fault, words)));
        return new Form(values, sentences, "");
    }

    /// What would be right.
    static String sentence(Fault fault, Words words) {
        return words.text("people.expected." + fault.expected(), fault.about());
    }

    /// The same form with why it was refused.
    public Form with(String why) {
        return new Form(values, faults, why);
    }

    /// What stands in a field.
    public String value(String field) {
        return values.getOrDefault(field, "");
    }

    /// What would be right in a field; empty: it is.
    public String fault(String field) {
        return faults.getOrDefault(field, "");
    }

    /// Whether something is to be mended.
    public boolean isRefused() {
        return !faults.isEmpty() || !refusal.isEmpty();
    }
}
