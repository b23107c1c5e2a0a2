/// What the keys have to do with the database: [KeyCheck][kr.dolbom.caseworker.keys.KeyCheck] looks at
/// the start whether they are the database's, [Encryption][kr.dolbom.caseworker.keys.Encryption]
/// encrypts what is still plain or stored by an old key. Which columns that concerns stands in
/// [Place][kr.dolbom.caseworker.keys.Place] alone. How a value is encrypted is not known here: that is
/// `secrecy`.
@NullMarked
package kr.dolbom.caseworker.keys;

import org.jspecify.annotations.NullMarked;
