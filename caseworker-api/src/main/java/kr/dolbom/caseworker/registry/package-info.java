/// The registry: offices, caseworkers with their accounts, residents with their guardians, devices and by what they
/// come in, and the platform's own service accounts. One class for each of them holds its REST
/// resource, its records and its SQL; read [OfficeApi][kr.dolbom.caseworker.registry.OfficeApi] first,
/// the others are alike. Whoever is looked for by name is compared by
/// [NamePart][kr.dolbom.caseworker.registry.NamePart].
@NullMarked
package kr.dolbom.caseworker.registry;

import org.jspecify.annotations.NullMarked;
