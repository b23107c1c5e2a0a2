package kr.dolbom.risk.preview;

import java.util.List;
import java.util.UUID;
import kr.dolbom.risk.resident.Home;

/// A home that is replayed.
///
/// @param residentNo who lives there
/// @param residentId the public name
/// @param home where
/// @param counts whether its alerts count; the others only teach what is usual, or have a true case
/// @param unwatched when the resident was not judged
/// @param cases the resident's true cases of the period
record PreviewHome(int residentNo, UUID residentId, Home home, boolean counts, Unwatched unwatched, List<Case> cases) {}
