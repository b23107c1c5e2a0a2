/// What is to be done for residents and does not hurry: what they asked the robot for, or said in a
/// planned conversation. Read [Tasks][kr.dolbom.caseworker.task.Tasks] first, then
/// [RequestInbox][kr.dolbom.caseworker.task.RequestInbox], where requests come in, and
/// [TaskTelling][kr.dolbom.caseworker.task.TaskTelling], which texts by day. Whatever is urgent is an
/// alert and no task.
@NullMarked
package kr.dolbom.caseworker.task;

import org.jspecify.annotations.NullMarked;
