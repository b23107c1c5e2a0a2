package kr.dolbom.caseworker.console.contact;

import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.phonecall.PhoneCalls;
import kr.dolbom.caseworker.words.Words;

/// What stands on the page of contacts.
///
/// @param frame what is around it
/// @param mayCall whether the viewer has a phone that can be connected
/// @param duties one for each office
/// @param offices among whose guardians somebody can search who belongs to none; empty for all others
/// @param office the public id of the one that is chosen; empty for none
/// @param found what the search found, or the office's staff
public record ContactPage(
        Frame frame, boolean mayCall, List<Duty> duties, List<Office> offices, String office, Found found) {
    /// Keeps its own copy.
    public ContactPage {
        duties = List.copyOf(duties);
        offices = List.copyOf(offices);
    }

    /// In which language.
    public Words words() {
        return frame.words();
    }

    /// How many can be called into one room.
    public int most() {
        return PhoneCalls.MOST_PARTIES;
    }

    /// An office.
    ///
    /// @param id the public id
    /// @param number the database's number
    /// @param name its short name
    public record Office(UUID id, int number, String name) {}

    /// Who is on duty at an office.
    ///
    /// @param office its short name
    /// @param now first position first
    /// @param next who comes then
    /// @param nextAt when, in words; empty when nobody comes within a day
    public record Duty(String office, List<Contact> now, List<Contact> next, String nextAt) {
        /// Keeps its own copies.
        public Duty {
            now = List.copyOf(now);
            next = List.copyOf(next);
        }
    }

    /// What was searched for.
    ///
    /// @param frame what is around it
    /// @param mayCall whether the viewer has a phone that can be connected
    /// @param query the words; empty: none
    /// @param hasGuardians whether guardians were searched too: those of one office
    /// @param staff people of the offices
    /// @param guardians those that the words name
    /// @param isCut whether there are more
    public record Found(
            Frame frame,
            boolean mayCall,
            String query,
            boolean hasGuardians,
            List<Contact> staff,
            List<Contact> guardians,
            boolean isCut) {
        /// Keeps its own copies.
        public Found {
            staff = List.copyOf(staff);
            guardians = List.copyOf(guardians);
        }

        /// In which language.
        public Words words() {
            return frame.words();
        }
    }

    /// Somebody to call.
    ///
    /// @param frame what is around it
    /// @param party as forms name them
    /// @param name their name
    /// @param what who they are
    /// @param phone E.164; empty for none
    /// @param phoneText that number for people
    /// @param mayBeCalled whether they consent
    /// @param canCall whether a call to them can be connected: not to oneself, nor by somebody without a phone
    public record Contact(
            Frame frame,
            String party,
            String name,
            String what,
            String phone,
            String phoneText,
            boolean mayBeCalled,
            boolean canCall) {
        /// In which language.
        public Words words() {
            return frame.words();
        }

        /// Whether they can be chosen for a group call.
        public boolean canMeet() {
            return canCall && !party.startsWith("resident:");
        }
    }
}
