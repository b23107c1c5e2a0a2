package kr.dolbom.risk.silence;

/// What is assumed of anybody as long as a town has nothing to say: the chance of being seen in a bin, by
/// the hour and by how long ago the last sign was. [Hazards] lets it stand for as many trials as a few
/// days of one resident bring, so that it fades as soon as a fleet has data of its own.
final class Prior {
    /// Of a home in which a robot alone listens, in thousandths; a row for three hours, from midnight on,
    /// a column for each [Counts] bucket. These are the shares that 30 recorded homes of the TIHM data set
    /// (Palermo et al., Scientific Data 10, 606, 2023; CC BY 4.0) had together after they were thinned to
    /// what a robot would notice, 20 to 60 signs a day in kitchen and lounge, rounded. A home full of
    /// sensors is livelier, and proves it within days; to begin with too little makes the alarm late, not
    /// false.
    private static final int[][] ROBOT = {
        {230, 80, 37, 10, 8, 4},
        {220, 72, 42, 11, 8, 2},
        {400, 230, 160, 72, 55, 50},
        {440, 280, 210, 140, 125, 70},
        {420, 290, 200, 130, 85, 70},
        {430, 280, 210, 130, 85, 40},
        {430, 280, 200, 135, 55, 45},
        {300, 165, 115, 67, 32, 30},
    };

    private static final int HOURS_A_ROW = Counts.HOURS / ROBOT.length;

    private final double[] hazards = new double[Counts.HOURS * Counts.BUCKETS];

    private Prior() {}

    /// Of a home in which a robot alone listens.
    static Prior robot() {
        var prior = new Prior();
        for (int i = 0; i < prior.hazards.length; i++) {
            prior.hazards[i] = ROBOT[i / Counts.BUCKETS / HOURS_A_ROW][i % Counts.BUCKETS] / 1000.0;
        }
        return prior;
    }

    /// The same chance at every time.
    static Prior even(double hazard) {
        var prior = new Prior();
        java.util.Arrays.fill(prior.hazards, hazard);
        return prior;
    }

    double hazard(int hour, int bucket) {
        return hazards[hour * Counts.BUCKETS + bucket];
    }
}
