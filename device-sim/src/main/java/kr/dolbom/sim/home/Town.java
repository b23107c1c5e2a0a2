package kr.dolbom.sim.home;

import java.util.ArrayList;
import java.util.List;

/// Invented residents of the city of Goyang, in a fixed order. The names are put together from common
/// Korean names; the neighbourhoods exist.
public final class Town {
    private static final List<String> FAMILY_NAMES =
            List.of("김", "이", "박", "최", "정", "강", "조", "윤", "장", "임", "한", "오", "서");
    private static final List<String> GIVEN_NAMES = List.of(
            "영자", "순자", "정숙", "말순", "영수", "옥순", "춘자", "종수", "복순", "경자", "명자", "병철", "금자", "영호", "정자", "귀례", "숙희");
    private static final List<String> NEIGHBOURHOODS =
            List.of("대화동", "주엽동", "일산동", "백석동", "마두동", "화정동", "행신동", "풍산동", "탄현동", "식사동", "장항동");

    private Town() {}

    /// The first residents of the town; the same ones in every call. The first 221 have different names.
    ///
    /// @param count 0 or more
    public static List<Resident> listResidents(int count) {
        List<Resident> residents = new ArrayList<>(count);
        Profile[] profiles = Profile.values();
        for (int i = 0; i < count; i++) {
            // 13 and 17 have no common divisor: a name returns only after all others were there
            String name = FAMILY_NAMES.get(i % FAMILY_NAMES.size()) + GIVEN_NAMES.get(i % GIVEN_NAMES.size());
            residents.add(new Resident(
                    name,
                    1934 + (i * 7) % 22,
                    NEIGHBOURHOODS.get(i % NEIGHBOURHOODS.size()),
                    profiles[i % profiles.length],
                    1000 + i));
        }
        return List.copyOf(residents);
    }
}
