package kr.dolbom.caseworker.console.audit;

import java.util.List;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.trail.AuditVerdict;
import kr.dolbom.caseworker.words.Words;

/// What the check of the audit log found.
///
/// @param frame what is around it
/// @param verdict what was found
/// @param faults the same in sentences, none when all is as it was written
public record AuditCheckPage(Frame frame, AuditVerdict verdict, List<String> faults) {
    /// Keeps its own copy.
    public AuditCheckPage {
        faults = List.copyOf(faults);
    }

    /// In which language.
    public Words words() {
        return frame.words();
    }
}
