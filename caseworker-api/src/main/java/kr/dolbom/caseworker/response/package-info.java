/// What happens to an alert. [AlertState][kr.dolbom.caseworker.response.AlertState] has the diagram,
/// [ResponseRules][kr.dolbom.caseworker.response.ResponseRules] the rules as a pure function,
/// [AlertResponse][kr.dolbom.caseworker.response.AlertResponse] carries out what it decides; read them in this order.
/// [Looks][kr.dolbom.caseworker.response.Looks] says when an alert is looked at, and
/// [Dispatch][kr.dolbom.caseworker.response.Dispatch] has what goes out and comes back.
@NullMarked
package kr.dolbom.caseworker.response;

import org.jspecify.annotations.NullMarked;
