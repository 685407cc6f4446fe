import type { BreakerChanged, BreakerState, OperationLayer } from '@holdfast/operation';
import { Cells } from '../cells.js';
import { FigureSource } from '../figure-source.js';
import { FiguresCell } from '../figures-cell.js';
import { numbersOf } from '../numbers-of.js';
import { BreakerCell } from './breaker-cell.js';
import { breakerStates } from './breaker-states.js';
import type { RetryBudgetFigures } from './budget-metrics.js';
import type { BulkheadFigures } from './bulkhead-metrics.js';
import type { PolicyStack } from './policy-stack.js';
import { TransitionCell } from './transition-cell.js';

/** The fields that policies show figures in, as far as they are there. */
interface ShownPolicy {
  readonly name?: unknown;
  readonly label?: unknown;
  readonly layer?: OperationLayer;
  readonly state?: unknown;
  readonly figures?: Readonly<Partial<BulkheadFigures>>;
  readonly budget?: Readonly<Partial<RetryBudgetFigures>> | null;
}

const regular = [
  { from: 'closed', to: 'open' },
  { from: 'open', to: 'half-open' },
  { from: 'half-open', to: 'open' },
  { from: 'half-open', to: 'closed' },
];

/** What the policies of stacks hold at the moment, and what breakers tell of themselves. */
export class PolicyFigures {
  readonly breakers: Cells<'breaker', BreakerCell>;
  readonly transitions: Cells<'breaker' | 'from' | 'to', TransitionCell>;
  readonly budgets: Cells<'resilience', FiguresCell<'resilience', RetryBudgetFigures>>;
  readonly bulkheads: Cells<'bulkhead', FiguresCell<'bulkhead', BulkheadFigures>>;
  readonly #given = new Set<string>();
  readonly #rejecting = new Map<OperationLayer, Set<string>>();

  constructor(stacks: readonly PolicyStack[], maxLabelValues: number) {
    this.breakers = new Cells(['breaker'], maxLabelValues, (labels) => new BreakerCell(labels));
    this.transitions = new Cells(['breaker', 'from', 'to'], maxLabelValues, (labels) => new TransitionCell(labels));
    this.budgets = new Cells(['resilience'], maxLabelValues, (labels) => new FiguresCell(labels));
    this.bulkheads = new Cells(['bulkhead'], maxLabelValues, (labels) => new FiguresCell(labels));
    const seen = new Set<ShownPolicy>();
    for (const { name, policies } of stacks) {
      this.#noteRejecting(policies);
      for (const policy of policies as readonly ShownPolicy[]) {
        if (!seen.has(policy)) this.#show(policy, name ?? '');
        seen.add(policy); // Stacks share policies, and what a policy holds is there once.
      }
    }
  }

  /** Whether a breaker of this name is among those that were given. */
  knows(breaker: string): boolean {
    return this.#given.has(breaker);
  }

  /** The names of those policies of a layer that may reject a call, as far as its stack was given. */
  rejecting(at: OperationLayer): Iterable<string> {
    return this.#rejecting.get(at) ?? [];
  }

  count({ breaker, from, to }: BreakerChanged): void {
    this.#expectTransitions(breaker);
    this.transitions.of({ breaker, from, to }).count += 1;
  }

  #show(policy: ShownPolicy, stack: string): void {
    const label = typeof policy.label === 'string' ? policy.label : stack;
    if ('state' in policy) {
      const state = new FigureSource(`the circuit breaker '${label}'`, () => stateOf(policy));
      this.breakers.of({ breaker: label }).states.push(state);
      this.#given.add(label);
      this.#expectTransitions(label);
    }
    if ('figures' in policy) {
      const figures = new FigureSource(`the bulkhead '${label}'`, () =>
        numbersOf(policy.figures ?? {}, ['running', 'queued', 'limit']),
      );
      this.bulkheads.of({ bulkhead: label }).sources.push(figures);
    }
    if ('budget' in policy) {
      const figures = new FigureSource(`the retry budget of the stack '${stack}'`, () => {
        const { budget } = policy;
        return budget === null ? null : numbersOf(budget ?? {}, ['calls', 'retries', 'remaining']);
      });
      this.budgets.of({ resilience: stack }).sources.push(figures);
    }
  }

  #noteRejecting(policies: readonly ShownPolicy[]): void {
    const layer = policies.find((policy) => policy.layer !== undefined)?.layer;
    if (layer === undefined) return;
    const names = this.#rejecting.get(layer) ?? new Set();
    this.#rejecting.set(layer, names);
    for (const policy of policies) {
      if (('state' in policy || 'figures' in policy) && typeof policy.name === 'string') names.add(policy.name);
    }
  }

  /** The first change of each kind shall be seen as an increase. */
  #expectTransitions(breaker: string): void {
    for (const change of regular) this.transitions.of({ breaker, ...change });
  }
}

function stateOf(policy: ShownPolicy): BreakerState {
  const state = breakerStates.find((one) => one === policy.state);
  if (state === undefined) throw new TypeError('it is in no known state');
  return state;
}
