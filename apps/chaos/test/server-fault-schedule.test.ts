import { describe, expect, it } from '@jest/globals';
import { FAULTS } from '../src/faults/fault-name.js';
import { serverFaultSchedule } from '../src/faults/server-fault-schedule.js';

describe('serverFaultSchedule', () => {
  it('is the same for the same seed, and another one for another', () => {
    const schedule = serverFaultSchedule(1, 3_000, FAULTS);

    expect(serverFaultSchedule(1, 3_000, FAULTS)).toEqual(schedule);
    expect(serverFaultSchedule(2, 3_000, FAULTS)).not.toEqual(schedule);
  });

  it('kills at least once in a thousand writes, in order, and never in the last tenth', () => {
    const schedule = serverFaultSchedule(1, 20_000, FAULTS);

    const places = schedule.map(({ after }) => after);
    expect(schedule.filter(({ fault }) => fault === 'killBackend').length).toBeGreaterThanOrEqual(20);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(places.at(-1)).toBeLessThan(18_000);
  });

  it('has one of each kind that is asked for, however few writes there are, and none of others', () => {
    const schedule = serverFaultSchedule(1, 10, ['cutAfter', 'killServer', 'terminate']);

    expect(schedule.map(({ fault }) => fault).sort()).toEqual(['killServer', 'terminate']);
  });
});
