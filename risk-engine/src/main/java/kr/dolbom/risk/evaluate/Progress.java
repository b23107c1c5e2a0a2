package kr.dolbom.risk.evaluate;

import java.io.PrintStream;

/// A bar on a terminal; nothing where the output goes elsewhere. Safe for use by several threads.
final class Progress {
    private static final int WIDTH = 40;

    private final PrintStream out;
    private final boolean isTerminal;
    private String what = "";
    private int total;
    private int done;

    Progress(PrintStream out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    synchronized void begin(String stage, int steps) {
        what = stage;
        total = steps;
        done = 0;
        show();
    }

    synchronized void step() {
        done++;
        show();
    }

    synchronized void end() {
        if (isTerminal) {
            out.print("\r\u001b[K");
            out.flush();
        }
    }

    private void show() {
        if (isTerminal) {
            int filled = total == 0 ? WIDTH : WIDTH * done / total;
            out.print("\r\u001b[K[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] " + what);
            out.flush();
        }
    }
}
