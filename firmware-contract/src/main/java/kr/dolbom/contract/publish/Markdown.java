package kr.dolbom.contract.publish;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/// Blocks as Markdown.
final class Markdown {
    private Markdown() {}

    static String render(List<Block> blocks) {
        return blocks.stream().map(Markdown::render).collect(Collectors.joining("\n"));
    }

    private static String render(Block block) {
        return switch (block) {
            case Block.Heading(int level, String text) -> "#".repeat(level) + " " + text + "\n";
            case Block.Paragraph(String text) -> text + "\n";
            case Block.Points(List<String> texts) ->
                texts.stream().map(text -> "- " + text + "\n").collect(Collectors.joining());
            case Block.Table(List<String> head, List<List<String>> rows) -> table(head, rows);
            case Block.Code(String language, String text) -> "```" + language + "\n" + text + "\n```\n";
        };
    }

    static String table(List<String> head, List<List<String>> rows) {
        return row(head)
                + row(Collections.nCopies(head.size(), "---")).replace(" ", "")
                + rows.stream().map(Markdown::row).collect(Collectors.joining());
    }

    private static String row(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
