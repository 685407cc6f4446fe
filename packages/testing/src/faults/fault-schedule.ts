import { Misuse } from '@holdfast/errors';
import { checkFaultPlan, checkFaultStorm } from './check-fault-plan.js';
import { faultKinds, type FaultKind } from './fault-kind.js';
import type { FaultPlan, FaultStorm, LandedFault } from './fault-plan.js';
import { matchesTrigger } from './fault-trigger.js';
import type { Occasion } from './occasion.js';
import { seededRandom } from './seeded-random.js';

/** A fault on its way to one message. */
export interface DueFault {
  readonly plan: FaultPlan;
  readonly occasion: Occasion;
  /** To be called when it has landed. */
  landed(): void;
  /** To be called when it cannot land any more. */
  missed(): void;
}

interface Armed {
  readonly plan: FaultPlan;
  resolve(landed: LandedFault): void;
  reject(error: Error): void;
}

/** Decides which message is hit by which fault. */
export class FaultSchedule {
  readonly #random: () => number;
  readonly #counts = Object.fromEntries(faultKinds.map((kind) => [kind, 0])) as Record<FaultKind, number>;
  #armed: Armed[] = [];
  #storm: FaultStorm | null = null;
  #calms = 0;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  /** How many faults of each kind have landed on something that was being asked. */
  get counts(): Readonly<Record<FaultKind, number>> {
    return { ...this.#counts };
  }

  arm(plan: FaultPlan): Promise<LandedFault> {
    checkFaultPlan(plan);
    const landing = new Promise<LandedFault>((resolve, reject) => this.#armed.push({ plan, resolve, reject }));
    // Whoever does not wait for it shall not be ended by it.
    landing.catch(() => {});
    return landing;
  }

  storm(storm: FaultStorm): void {
    checkFaultStorm(storm);
    this.#storm = storm;
  }

  calm(): void {
    this.#storm = null;
    this.#calms++;
    for (const armed of this.#armed.splice(0)) armed.reject(calledOff());
  }

  /** The fault that lands at this message, if one does. */
  due(occasion: Occasion): DueFault | null {
    const index = this.#armed.findIndex(({ plan }) => matchesTrigger(plan.at, occasion));
    if (index !== -1) return this.#dueArmed(this.#armed.splice(index, 1)[0]!, occasion);
    return this.#storm === null ? null : this.#dueInStorm(this.#storm, occasion);
  }

  #dueArmed(armed: Armed, occasion: Occasion): DueFault {
    const { plan } = armed;
    const calms = this.#calms;
    return {
      plan,
      occasion,
      landed: () => armed.resolve(this.#count(plan, occasion)),
      // The next message that matches is as good.
      missed: () => (calms === this.#calms ? void this.#armed.unshift(armed) : armed.reject(calledOff())),
    };
  }

  #dueInStorm({ share, faults, at, ...delays }: FaultStorm, occasion: Occasion): DueFault | null {
    const trigger = at.find((each) => matchesTrigger(each, occasion));
    if (trigger === undefined || this.#random() >= share) return null;
    const plan = { ...delays, fault: faults[Math.floor(this.#random() * faults.length)]!, at: trigger };
    return { plan, occasion, landed: () => void this.#count(plan, occasion), missed: () => {} };
  }

  #count({ fault, at }: FaultPlan, { connects, sql }: Occasion): LandedFault {
    if (!connects) this.#counts[fault]++;
    return { kind: fault, at, sql };
  }
}

function calledOff(): Error {
  return new Misuse('The fault was called off before it landed.');
}
