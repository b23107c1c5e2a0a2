/// Where messages are kept before they are acknowledged. Read [Journal] first, the port with its
/// promises; its one implementation, [DatabaseJournal], commits in groups. Whether a message is valid
/// was decided before.
@NullMarked
package kr.dolbom.broker.journal;

import org.jspecify.annotations.NullMarked;
