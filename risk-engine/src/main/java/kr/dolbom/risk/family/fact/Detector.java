package kr.dolbom.risk.family.fact;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import kr.dolbom.risk.family.measure.Day;

/// One family's watch over one resident. It is told facts about in order of time and judges when asked.
///
/// *Local* times are seconds since 1970 by the resident's own wall clock (UTC's plus the zone's
/// offset): of a summer time that begins or ends, a day has an hour too few or too many, which no
/// family minds.
///
/// Deterministic: no clock, no database, no log. Not safe for use by several threads.
public interface Detector {
    /// Verdicts are made only where the tail probability is at most this: what is usual is not worth a sentence.
    double UNUSUAL = 0.05;

    /// There is nothing to look at without news.
    long NEVER = Long.MAX_VALUE;

    /// Takes in a fact.
    ///
    /// @param local its time
    /// @return whether it is worth judging at once
    boolean observe(Fact fact, long local);

    /// Takes in a day that has ended, noon to noon, with all that was seen and not seen in it.
    ///
    /// @param day only valid during the call
    default void dayEnds(Day day) {}

    /// When to judge next without news, local; [#NEVER] where only news can change the verdict. Days end by themselves
    /// and need no moment of their own.
    long nextMoment();

    /// Says what is unusual now, nothing where nothing is.
    ///
    /// @param verdicts takes it
    void judge(Look look, List<Verdict> verdicts);

    /// Begins every baseline anew, from the population's.
    void relearn();

    /// Writes the whole state.
    void write(DataOutput out) throws IOException;

    /// Reads what [#write] wrote.
    void read(DataInput in) throws IOException;
}
