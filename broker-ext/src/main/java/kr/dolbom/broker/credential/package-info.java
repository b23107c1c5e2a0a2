/// How a device sets the secret that it has made for itself, first by a one-time claim code and later
/// by the secret before. Read [RenewalInterceptor] first, then [CredentialTable], whose one transaction
/// is what makes it safe to break off anywhere. Who is let in by which credential is judged in
/// `access`.
@NullMarked
package kr.dolbom.broker.credential;

import org.jspecify.annotations.NullMarked;
