import { checkMessageTemplate, forgetfulWriter } from './message-template.js';
import { escapeOf, isJsonType } from './message-escapes.js';
import { MessageNotRenderable } from './message-not-renderable.js';
import type { NotificationRuleType } from './notification-rule-type.js';
import {
  COMMON_VARIABLES,
  type CommonVariables,
  NOTIFICATION_VARIABLES,
  type NotificationVariables,
} from './notification-variables.js';

/** A message to be made of a template. */
export interface MessageArgs<Type extends NotificationRuleType = NotificationRuleType> {
  readonly template: string;
  readonly ruleType: Type;
  /** What the message is, so that no value of a variable becomes more than a value; e.g. of the channel's settings. */
  readonly contentType: string;
  readonly variables: NotificationVariables<Type>;
}

/**
 * The message of a rule. Variables are escaped as its type wants it: in JSON as a part of a text, so that a template puts
 * its quotes around them (numbers and booleans go without); in XML and HTML as `&lt;` and the like; in forms
 * percent-encoded; not at all in plain text. Throws `InvalidInput` for a template that is none, and `MessageNotRenderable`
 * where the message shall be JSON and is not.
 */
export function renderMessage<Type extends NotificationRuleType>(args: MessageArgs<Type>): string {
  const { template, ruleType, contentType, variables } = args;
  const message = rendered(template, NOTIFICATION_VARIABLES[ruleType], contentType, variables);
  if (isJsonType(contentType) && !isJson(message))
    throw new MessageNotRenderable('The message is to be JSON, and is not.');
  return message;
}

/** The subject of a mail, in one line, whatever its variables hold. Throws `InvalidInput` for a template that is none. */
export function renderSubject(template: string, variables: CommonVariables): string {
  // Line breaks would begin another header; other control characters are nothing to see.
  return rendered(template, COMMON_VARIABLES, 'text/plain', variables).replaceAll(/\p{Cc}+/gu, ' ');
}

function rendered(
  template: string,
  known: readonly string[],
  contentType: string,
  variables: Readonly<Record<string, unknown>>,
): string {
  checkMessageTemplate(template, known, '/messageTemplate');
  const escape = escapeOf(contentType);
  if (escape === null) throw new MessageNotRenderable('It is not known how messages of this type are escaped.');
  // Of what was given, nothing but the variables: nothing inherited, and no function.
  const view = Object.fromEntries(known.map((name) => [name, own(variables, name)]));
  return forgetfulWriter().render(template, view, undefined, { escape });
}

function own(variables: Readonly<Record<string, unknown>>, name: string): unknown {
  const value = Object.hasOwn(variables, name) ? variables[name] : null;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
