package kr.dolbom.risk.sight;

/// Homes that can fall silent together.
///
/// @param scope what they share
/// @param officeNo whose district it is; 0 where it is none
/// @param name of the district or the vendor; empty: all homes
public record Group(Scope scope, int officeNo, String name) {
    /// All homes.
    public static final Group ALL = new Group(Scope.ALL, 0, "");

    /// A district (동) of an office; offices may have districts of the same name.
    public static Group district(int officeNo, String name) {
        return new Group(Scope.DISTRICT, officeNo, name);
    }

    /// The homes whose devices are all of one vendor.
    public static Group vendor(String name) {
        return new Group(Scope.VENDOR, 0, name);
    }
}
