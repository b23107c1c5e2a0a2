package kr.dolbom.contract.publish;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Blocks as one HTML page that needs no other file.
final class Html {
    private static final Pattern CODE = Pattern.compile("`([^`]*)`");
    private static final Pattern BOLD = Pattern.compile("\\*\\*([^*]*)\\*\\*");
    private static final String STYLE = """
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem;
              color: #1d2733; background: #fff; }
            nav { columns: 3 14rem; margin: 1rem 0 2rem; }
            nav a { display: block; }
            nav a.level3 { padding-left: 1rem; }
            h1, h2, h3 { line-height: 1.2; margin-top: 2.2rem; }
            h2 { border-bottom: 1px solid #c9d1da; padding-bottom: .3rem; }
            table { border-collapse: collapse; width: 100%; margin: 1rem 0; display: block; overflow-x: auto; }
            th, td { text-align: left; vertical-align: top; padding: .4rem .7rem; border: 1px solid #d9dfe6; }
            th { background: #f0f3f6; }
            td[id^="dc-"], td a { white-space: nowrap; }
            code, pre { font-family: ui-monospace, monospace; font-size: .9em; background: #f0f3f6; }
            code { padding: .1em .25em; border-radius: .2em; overflow-wrap: anywhere; }
            pre { padding: .8rem 1rem; overflow-x: auto; border-radius: .3rem; }
            a { color: #0b5cad; }
            """;

    private final Set<String> requirements = new HashSet<>();

    private Html() {}

    static String render(String title, List<Block> blocks) {
        Html html = new Html();
        return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" + escaped(title)
                + "</title>\n<style>\n" + STYLE + "</style>\n</head>\n<body>\n"
                + blocks.stream()
                        .map(block -> html.render(block) + (isTitle(block) ? contents(blocks) : ""))
                        .collect(Collectors.joining())
                + "</body>\n</html>\n";
    }

    private static boolean isTitle(Block block) {
        return block instanceof Block.Heading(int level, String text) && level == 1 && !text.isEmpty();
    }

    private static String contents(List<Block> blocks) {
        StringBuilder nav = new StringBuilder("<nav>\n");
        for (Block block : blocks) {
            if (block instanceof Block.Heading(int level, String text) && level > 1) {
                nav.append("<a class=\"level%d\" href=\"#%s\">%s</a>\n".formatted(level, anchor(text), inline(text)));
            }
        }
        return nav.append("</nav>\n").toString();
    }

    private String render(Block block) {
        return switch (block) {
            case Block.Heading(int level, String text) ->
                "<h%d id=\"%s\">%s</h%d>\n".formatted(level, anchor(text), inline(text), level);
            case Block.Paragraph(String text) -> "<p>" + inline(text) + "</p>\n";
            case Block.Points(List<String> texts) ->
                texts.stream()
                        .map(text -> "<li>" + inline(text) + "</li>\n")
                        .collect(Collectors.joining("", "<ul>\n", "</ul>\n"));
            case Block.Table(List<String> head, List<List<String>> rows) ->
                "<table>\n<thead>" + row(head, "th") + "</thead>\n<tbody>\n"
                        + rows.stream().map(row -> row(row, "td")).collect(Collectors.joining())
                        + "</tbody>\n</table>\n";
            case Block.Code(String language, String text) ->
                "<pre><code class=\"language-%s\">%s</code></pre>\n".formatted(language, escaped(text));
        };
    }

    private String row(List<String> cells, String tag) {
        return cells.stream()
                .map(cell -> cell.startsWith("DC-") ? requirement(cell, tag) : element(tag, "", inline(cell)))
                .collect(Collectors.joining("", "<tr>", "</tr>\n"));
    }

    /// A requirement's id can be linked to where it stands first; later ones lead there.
    private String requirement(String id, String tag) {
        return requirements.add(id)
                ? element(tag, " id=\"" + anchor(id) + "\"", id)
                : element(tag, "", "<a href=\"#" + anchor(id) + "\">" + id + "</a>");
    }

    private static String element(String tag, String attributes, String content) {
        return "<" + tag + attributes + ">" + content + "</" + tag + ">";
    }

    private static String inline(String text) {
        String code = CODE.matcher(escaped(text)).replaceAll("<code>$1</code>");
        return BOLD.matcher(code).replaceAll("<strong>$1</strong>");
    }

    private static String anchor(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
