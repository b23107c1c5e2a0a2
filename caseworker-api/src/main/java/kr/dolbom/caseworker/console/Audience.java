package kr.dolbom.caseworker.console;

import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// Viewers who see the same rows.
///
/// @param officeNo whose alerts; null for every office's
/// @param style how
record Audience(@Nullable Integer officeNo, BoardRow.Style style) {

    static Audience of(Viewer viewer, Words words) {
        return new Audience(
                viewer.officeNo(),
                new BoardRow.Style(words, viewer.account().caseworkerNo() != null, viewer.officeNo() == null));
    }

    boolean sees(OpenAlert open) {
        return officeNo == null || open.officeNo() == officeNo;
    }
}
