import { InvalidInput } from '@holdfast/errors';

/** A day in UTC, as `YYYY-MM-DD`. */
export type CalendarDay = string;

const DAY_MS = 86_400_000;
const shape = /^\d{4}-\d\d-\d\d$/;

/** The day of a moment, in UTC. */
export function dayOf(moment: Date): CalendarDay {
  return moment.toISOString().slice(0, 10);
}

/** The day so many days later, or earlier. */
export function plusDays(day: CalendarDay, days: number): CalendarDay {
  return dayOf(new Date(epochOf(day) + days * DAY_MS));
}

/** How many days `from` lies before `to`; negative for a day after it. */
export function daysBetween(from: CalendarDay, to: CalendarDay): number {
  return (epochOf(to) - epochOf(from)) / DAY_MS;
}

/** Throws `InvalidInput` (`INVALID_VALUE`) for what is no day of the calendar. */
export function checkDay(day: CalendarDay, pointer: string): CalendarDay {
  if (typeof day === 'string' && shape.test(day)) {
    const moment = new Date(`${day}T00:00:00Z`);
    if (!Number.isNaN(moment.getTime()) && dayOf(moment) === day) return day;
  }
  throw new InvalidInput('INVALID_VALUE', 'A day is written as YYYY-MM-DD.', pointer);
}

function epochOf(day: CalendarDay): number {
  return Date.parse(`${day}T00:00:00Z`);
}
