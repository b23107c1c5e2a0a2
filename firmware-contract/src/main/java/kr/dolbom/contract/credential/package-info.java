/// How a device gets its secret and changes it. A device that has none connects with its one-time
/// [claim code][kr.dolbom.contract.identity.ClaimCode] as password, makes a secret, keeps it, and sends
/// [RenewalMessage] to [RenewalTopic]; when that is acknowledged the secret is stored and the claim
/// code used up. A device that has one does the same, when it likes or is told by the command
/// `renew-secret`; its old secret goes on to be valid until the new one was used once. It tries the new
/// one first from the moment it made it, so that it does not matter which message or acknowledgement is
/// lost.
@NullMarked
package kr.dolbom.contract.credential;

import org.jspecify.annotations.NullMarked;
