package kr.dolbom.contract.publish;

import java.util.List;

/// A piece of a readable document. Texts may hold `code` between backticks, **bold** between two asterisks, and
/// nothing else that means something.
sealed interface Block {
    /// A heading.
    ///
    /// @param level 1 to 3
    record Heading(int level, String text) implements Block {}

    /// A paragraph.
    record Paragraph(String text) implements Block {}

    /// A list of points.
    record Points(List<String> texts) implements Block {}

    /// A table.
    record Table(List<String> head, List<List<String>> rows) implements Block {}

    /// Text as it is, in one language.
    record Code(String language, String text) implements Block {}
}
